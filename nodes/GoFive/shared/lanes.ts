/**
 * Maps items in parallel, at most `lanes` at a time. After a failure, no other item starts.
 * @returns The results in the order of the items.
 * @throws the first failure, once all started items have ended
 */
export async function mapInLanes<T, R>(items: readonly T[], lanes: number, map: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const failures: unknown[] = [];
	// All lanes take their next item from this iterator.
	const entries = items.entries();
	const runLane = async () => {
		for (const [index, item] of entries) {
			try {
				results[index] = await map(item);
			} catch (failure) {
				failures.push(failure);
			}
			if (failures.length > 0) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, runLane));
	if (failures.length > 0) throw failures[0];
	return results;
}
