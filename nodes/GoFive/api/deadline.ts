import { clock } from '../time/clock';

const STEP = 1000;

/**
 * Gives up what takes too long. n8n's own limit sees inactivity only and nothing can end a request from outside,
 * so the request is left behind; one watch serves all, and it ends with the last request.
 */
export class Deadlines {
	private readonly open = new Set<{ until: number; giveUp: () => void }>();
	private watching = false;

	/** @param milliseconds how long to wait for `work` before `late` is the result */
	async race<T>(work: Promise<T>, milliseconds: number, late: T): Promise<T> {
		let entry: { until: number; giveUp: () => void } | undefined;
		const limit = new Promise<T>((resolve) => {
			entry = { until: Date.now() + milliseconds, giveUp: () => resolve(late) };
			this.open.add(entry);
		});
		void this.watch(milliseconds);
		try {
			return await Promise.race([work, limit]);
		} finally {
			if (entry) this.open.delete(entry);
		}
	}

	private async watch(milliseconds: number): Promise<void> {
		if (this.watching) return;
		this.watching = true;
		while (this.open.size > 0) {
			await clock.watch(Math.min(STEP, milliseconds));
			for (const { until, giveUp } of this.open) if (Date.now() >= until) giveUp();
		}
		this.watching = false;
	}
}
