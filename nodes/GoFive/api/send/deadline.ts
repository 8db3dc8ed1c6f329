import { clock } from '../../time/clock';

const STEP = 1000;

/** Why nobody waits for a piece of work any more. */
export type Why = 'late' | 'stopped';

interface Waiting {
	left: number;
	/** Why it is given up when no time is left. */
	why: Why;
	giveUp(why: Why): void;
}

/**
 * Gives up what takes too long, or is not wanted any more. n8n's own limit sees inactivity only, and nothing can end a
 * token call from outside, so the request is left behind; one watch serves all, and it ends with the last request.
 */
export class Deadlines {
	private readonly open = new Set<Waiting>();
	private watching = false;

	/** @param signal of a cancelled execution: nothing is waited for once it is set */
	constructor(private readonly signal?: AbortSignal) {
		signal?.addEventListener('abort', () => {
			for (const { giveUp } of this.open) giveUp('stopped');
		});
	}

	/** @param milliseconds how long to wait for `work`; @param otherwise what stands for it when it is given up */
	async race<T>(work: Promise<T>, milliseconds: number, otherwise: (why: Why) => T): Promise<T> {
		let giveUp: Waiting['giveUp'] = () => undefined;
		const end = new Promise<T>((resolve) => (giveUp = (why) => resolve(otherwise(why))));
		const entry: Waiting = { left: milliseconds, why: 'late', giveUp };
		this.open.add(entry);
		if (this.signal?.aborted) giveUp('stopped');
		void this.watch(Math.min(STEP, milliseconds));
		try {
			return await Promise.race([work, end]);
		} finally {
			this.open.delete(entry);
		}
	}

	/** Lets what is waited for now take so many milliseconds more at most, since it is hardly wanted any more. */
	shorten(milliseconds: number): void {
		for (const entry of this.open) {
			if (entry.left > milliseconds)
				Object.assign(entry, { left: milliseconds, why: 'stopped' } satisfies Partial<Waiting>);
		}
	}

	private async watch(step: number): Promise<void> {
		if (this.watching) return;
		this.watching = true;
		while (this.open.size > 0) {
			await clock.watch(step);
			for (const entry of this.open) {
				// Counted, since the clock of the machine may be set while a request is under way.
				entry.left -= step;
				if (entry.left <= 0) entry.giveUp(entry.why);
			}
		}
		this.watching = false;
	}
}
