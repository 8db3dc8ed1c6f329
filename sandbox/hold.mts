import { EventEmitter, once } from 'node:events';

/** Keeps answers back until they are released, so that what is under way at once does not depend on how fast a machine is. */
export class Hold {
	private readonly kept: Array<() => void> = [];
	private readonly news = new EventEmitter();
	private ended = false;

	/** How many requests wait for their answer. */
	get waiting(): number {
		return this.kept.length;
	}

	/**
	 * Resolves when at least so many requests wait.
	 * @param run what sends them
	 * @throws Error when the run, or the hold, ends before
	 */
	async until(count: number, run?: Promise<unknown>): Promise<void> {
		let over = false;
		const end = () => {
			over = true;
			this.news.emit('news');
		};
		void run?.then(end, end);
		while (this.waiting < count) {
			if (over || this.ended) throw new Error(`${over ? 'The run' : 'The hold'} has ended, and ${this.waiting} of ${count} requests wait for their answer`);
			await once(this.news, 'news');
		}
	}

	/** Answers so many requests, those first that came first. */
	release(count: number): void {
		for (const answer of this.kept.splice(0, count)) answer();
	}

	/** Answers all that wait, and keeps nothing back any more. */
	end(): void {
		this.ended = true;
		this.release(this.waiting);
		this.news.emit('news');
	}

	/** Called by the sandbox for each request; resolves when it may be answered. */
	async keep(): Promise<void> {
		if (this.ended) return;
		await new Promise<void>((resolve) => {
			this.kept.push(resolve);
			this.news.emit('news');
		});
	}
}
