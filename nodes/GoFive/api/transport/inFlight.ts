/** Shares what is under way among all who ask for the same. */
export class InFlightRequests<T> {
	private readonly pending = new Map<string, Promise<T>>();

	/** @param start is called when nothing with this key is under way */
	async dedupe(key: string, start: () => Promise<T>): Promise<T> {
		const running = this.pending.get(key);
		if (running) return await running;
		const promise = start();
		this.pending.set(key, promise);
		// A report may have gigabytes of answers; each is kept only until those who wait have it.
		return await promise.finally(() => this.pending.delete(key));
	}
}
