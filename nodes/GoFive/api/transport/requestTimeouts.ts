import { clock } from '../../time/clock';
import type { AbortReason, Outcome } from '../response/outcome';

/** Time in ms between two checks. A timeout is accurate to this, and a run has one timer instead of one per request. */
const CHECK_INTERVAL_MS = 1000;

interface PendingRequest {
	remainingMs: number;
	/** Reason that is reported when no time remains. */
	reason: AbortReason;
	abortController: AbortController;
}

/**
 * Limits the total time of requests, and stops waiting for them when the execution is cancelled.
 *
 * n8n's own timeout only limits the time without data, and n8n cannot abort a token request. So the node stops waiting
 * for a request that takes too long. One periodic check serves all requests.
 */
export class TimeoutWatch {
	private readonly pending = new Set<PendingRequest>();
	private isChecking = false;

	/** @param signal - Signal of a cancelled execution. It aborts all pending requests at once. */
	constructor(private readonly signal?: AbortSignal) {}

	/**
	 * Waits for a request for a limited time.
	 *
	 * @param abortController - Aborts the request once it is not waited for any longer.
	 */
	async withTimeout(request: Promise<Outcome>, timeoutMs: number, abortController: AbortController): Promise<Outcome> {
		const entry: PendingRequest = { remainingMs: timeoutMs, reason: 'timeout', abortController };
		const aborted = new Promise<Outcome>((resolve) => {
			abortController.signal.onabort = () => resolve({ kind: 'aborted', reason: entry.reason });
		});
		// The signal outlives this run, so a listener that stays would keep the run in memory.
		if (this.pending.size === 0) this.signal?.addEventListener('abort', this.cancelPending);
		this.pending.add(entry);
		if (this.signal?.aborted) this.cancelPending();
		void this.checkPeriodically(Math.min(CHECK_INTERVAL_MS, timeoutMs));
		try {
			return await Promise.race([request, aborted]);
		} finally {
			this.pending.delete(entry);
			if (this.pending.size === 0) this.signal?.removeEventListener('abort', this.cancelPending);
		}
	}

	private readonly cancelPending = (): void => {
		this.shorten(0);
		for (const { abortController } of this.pending) abortController.abort();
	};

	/** Limits the remaining time of all pending requests, since the run has failed and hardly needs their results. */
	shorten(timeoutMs: number): void {
		for (const entry of this.pending) {
			if (entry.remainingMs <= timeoutMs) continue;
			entry.remainingMs = timeoutMs;
			entry.reason = 'cancelled';
		}
	}

	private async checkPeriodically(intervalMs: number): Promise<void> {
		if (this.isChecking) return;
		this.isChecking = true;
		while (this.pending.size > 0) {
			await clock.sleepBetweenTimeoutChecks(intervalMs);
			for (const entry of this.pending) {
				// The intervals are counted, since the clock of the machine may be set during a request.
				entry.remainingMs -= intervalMs;
				if (entry.remainingMs <= 0) entry.abortController.abort();
			}
		}
		this.isChecking = false;
	}
}
