/**
 * Maps items in parallel, at most `lanes` at a time. After a failure, no other item starts.
 * @throws the first failure, once all started items have ended.
 */
export async function mapInLanes<T, R>(items: readonly T[], lanes: number, map: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const failures: unknown[] = [];
	const entries = items.entries();
	const runLane = async () => {
		for (const [index, item] of entries) {
			const result = map(item).then((value) => void (results[index] = value));
			await result.catch((failure: unknown) => void failures.push(failure));
			if (failures.length > 0) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, runLane));
	if (failures.length > 0) throw failures[0];
	return results;
}
