import { EventEmitter, once } from 'node:events';

/** Keeps answers back until they are released, so that what is under way at once does not depend on how fast a machine is. */
export class ResponseGate {
	private readonly pendingReleases: Array<() => void> = [];
	private readonly changes = new EventEmitter();
	private isEnded = false;

	/** How many requests wait for their answer. */
	get waitingCount(): number {
		return this.pendingReleases.length;
	}

	/**
	 * Resolves when at least so many requests wait.
	 * @param run what sends them
	 * @throws Error when the run, or the hold, ends before
	 */
	async waitForRequests(count: number, run?: Promise<unknown>): Promise<void> {
		let over = false;
		const end = () => {
			over = true;
			this.changes.emit('news');
		};
		void run?.then(end, end);
		while (this.waitingCount < count) {
			if (over || this.isEnded)
				throw new Error(
					`${over ? 'The run' : 'The hold'} has ended, and ${this.waitingCount} of ${count} requests wait for their answer`,
				);
			await once(this.changes, 'news');
		}
	}

	/** Answers so many requests, those first that came first. */
	release(count: number): void {
		for (const releaseResponse of this.pendingReleases.splice(0, count)) releaseResponse();
	}

	/** Answers all that wait, and keeps nothing back any more. */
	end(): void {
		this.isEnded = true;
		this.release(this.waitingCount);
		this.changes.emit('news');
	}

	/** Called by the sandbox for each request; resolves when it may be answered. */
	async waitForRelease(): Promise<void> {
		if (this.isEnded) return;
		await new Promise<void>((resolve) => {
			this.pendingReleases.push(resolve);
			this.changes.emit('news');
		});
	}
}
