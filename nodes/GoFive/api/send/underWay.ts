/** Shares what is under way among all who ask for the same. */
export class UnderWay<T> {
	private readonly pending = new Map<string, Promise<T>>();

	/** @param start is called when nothing with this key is under way */
	async share(key: string, start: () => Promise<T>): Promise<T> {
		const known = this.pending.get(key);
		if (known) return await known;
		const work = start();
		this.pending.set(key, work);
		// A report may have gigabytes of answers; each is kept only until those who wait have it.
		return await work.finally(() => this.pending.delete(key));
	}
}
