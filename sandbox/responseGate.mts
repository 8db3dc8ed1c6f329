import { EventEmitter, once } from 'node:events';

/** Holds responses until they are released, so that the number of requests in flight is independent of the machine. */
export class ResponseGate {
	private readonly pendingReleases: Array<() => void> = [];
	private readonly changes = new EventEmitter();
	private isEnded = false;

	/** Number of requests that wait for their response. */
	get waitingCount(): number {
		return this.pendingReleases.length;
	}

	/**
	 * Resolves when at least `count` requests wait.
	 * @param run - Execution that sends the requests
	 * @throws Error if the execution or the gate ends before
	 */
	async waitForRequests(count: number, run?: Promise<unknown>): Promise<void> {
		let isRunEnded = false;
		const end = () => {
			isRunEnded = true;
			this.changes.emit('news');
		};
		void run?.then(end, end);
		while (this.waitingCount < count) {
			if (isRunEnded || this.isEnded)
				throw new Error(
					`${isRunEnded ? 'The execution' : 'The gate'} has ended, and ${this.waitingCount} of ${count} requests wait for a response`,
				);
			await once(this.changes, 'news');
		}
	}

	/** Releases the responses of the first `count` requests. */
	release(count: number): void {
		for (const releaseResponse of this.pendingReleases.splice(0, count)) releaseResponse();
	}

	/** Releases all responses and holds no further ones. */
	end(): void {
		this.isEnded = true;
		this.release(this.waitingCount);
		this.changes.emit('news');
	}

	/** Resolves when the response to a request may be sent. The sandbox calls it for each request. */
	async waitForRelease(): Promise<void> {
		if (this.isEnded) return;
		await new Promise<void>((resolve) => {
			this.pendingReleases.push(resolve);
			this.changes.emit('news');
		});
	}
}
