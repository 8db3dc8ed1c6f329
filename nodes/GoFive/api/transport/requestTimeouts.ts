import { clock } from '../../time/clock';

const CHECK_INTERVAL_MS = 1000;

/** Why nobody waits for a piece of work any more. */
export type AbortReason = 'timeout' | 'cancelled';

interface PendingRequest {
	remainingMs: number;
	/** Why it is given up when no time is left. */
	reason: AbortReason;
	abort(reason: AbortReason): void;
}

/**
 * Gives up what takes too long, or is not wanted any more. n8n's own limit sees inactivity only, and nothing can end a
 * token call from outside, so the request is left behind; one watch serves all, and it ends with the last request.
 */
export class TimeoutWatch {
	private readonly pending = new Set<PendingRequest>();
	private isChecking = false;

	/** @param signal of a cancelled execution: nothing is waited for once it is set */
	constructor(private readonly signal?: AbortSignal) {
		signal?.addEventListener('abort', () => {
			for (const { abort } of this.pending) abort('cancelled');
		});
	}

	/** @param timeoutMs how long to wait for `work`; @param onAbort what stands for it when it is given up */
	async withTimeout<T>(work: Promise<T>, timeoutMs: number, onAbort: (reason: AbortReason) => T): Promise<T> {
		let abort: PendingRequest['abort'] = () => undefined;
		const aborted = new Promise<T>((resolve) => (abort = (reason) => resolve(onAbort(reason))));
		const entry: PendingRequest = { remainingMs: timeoutMs, reason: 'timeout', abort };
		this.pending.add(entry);
		if (this.signal?.aborted) abort('cancelled');
		void this.checkPeriodically(Math.min(CHECK_INTERVAL_MS, timeoutMs));
		try {
			return await Promise.race([work, aborted]);
		} finally {
			this.pending.delete(entry);
		}
	}

	/** Lets what is waited for now take so many milliseconds more at most, since it is hardly wanted any more. */
	shorten(timeoutMs: number): void {
		for (const entry of this.pending) {
			if (entry.remainingMs > timeoutMs)
				Object.assign(entry, { remainingMs: timeoutMs, reason: 'cancelled' } satisfies Partial<PendingRequest>);
		}
	}

	private async checkPeriodically(intervalMs: number): Promise<void> {
		if (this.isChecking) return;
		this.isChecking = true;
		while (this.pending.size > 0) {
			await clock.sleepBetweenTimeoutChecks(intervalMs);
			for (const entry of this.pending) {
				// Counted, since the clock of the machine may be set while a request is under way.
				entry.remainingMs -= intervalMs;
				if (entry.remainingMs <= 0) entry.abort(entry.reason);
			}
		}
		this.isChecking = false;
	}
}
