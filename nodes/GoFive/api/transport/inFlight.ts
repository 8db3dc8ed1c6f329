/** Requests in flight. Callers with the same key share one request. */
export class InFlightRequests<T> {
	private readonly pending = new Map<string, Promise<T>>();

	/**
	 * Returns the result of the request in flight with this key.
	 *
	 * @param start - Starts the request if none is in flight.
	 */
	async dedupe(key: string, start: () => Promise<T>): Promise<T> {
		const running = this.pending.get(key);
		if (running) return await running;
		const promise = start();
		this.pending.set(key, promise);
		// All responses of a run may take gigabytes, so each is released once its callers have it.
		return await promise.finally(() => this.pending.delete(key));
	}
}
