import { clock, waitUntil } from '../../time/clock';
import { isRateLimited, type Outcome } from '../response/outcome';
import { AdaptiveLimit, type LimitProbe } from './adaptiveLimit';

/**
 * Result of a request as far as concurrency is concerned.
 *
 * - `completed`: GoFive responded with a status below 500.
 * - `failed`: a server error or a lost connection.
 * - `rejected`: the rate limit rejected it, the credential did not sign it, or the node stopped waiting for it.
 */
export type RequestResult = 'completed' | 'failed' | 'rejected';

/** Returns the result of a request. */
export function toRequestResult(outcome: Outcome): RequestResult {
	// An aborted request may still be fetching the token, so it must not start concurrency like a completed one.
	if (outcome.kind === 'aborted' || outcome.kind === 'signingError' || isRateLimited(outcome)) return 'rejected';
	return outcome.kind === 'response' && outcome.status < 500 ? 'completed' : 'failed';
}

/** Permission to send one request. */
export interface Slot {
	/** Instant in ms since 1970 at which the request is sent. */
	sentAt: number;
	/** Number of requests in flight at that instant, including this one. */
	inFlight: number;
	/** Probe that the request counts for. Undefined if too few requests were in flight. */
	probe?: LimitProbe;
}

/** Growth of the limit per response once the quota is used up: one more per 8. Faster growth only causes rejections. */
const ALLOWANCE_PER_RESPONSE = 0.125;

/**
 * Limits the requests of one run that are in flight.
 *
 * The limit is that of {@link AdaptiveLimit}. When the rate limit rejects a request, the entire run pauses.
 * After a pause, GoFive is expected to accept as many requests as between the last two pauses. This number is the quota.
 * Beyond the quota, as many are in flight as the rate of the quota needs, and then slowly more, so that few are rejected.
 */
export class ConcurrencyLimiter {
	private readonly adaptiveLimit: AdaptiveLimit;
	private inFlight = 0;
	/** Number of requests that completed or failed since the last pause. */
	private acceptedSincePause = 0;
	/** Number of requests that completed or failed between the last two pauses. Unlimited before the first pause. */
	private pauseQuota = Infinity;
	/** Limit once the quota is used up. */
	private allowanceBeyondQuota = 1;
	/** Instant in ms since 1970 at which the run started or the last pause ends. */
	private resumedAt = clock.now();
	/** Start and end of the pause as instants in ms since 1970. */
	private pausedAt = 0;
	private pausedUntil = 0;
	private isResuming = false;
	private readonly priorityQueue: Array<(slot: Slot) => void> = [];
	private readonly queue: Array<(slot: Slot) => void> = [];

	/** Total time in ms of all pauses. */
	pausedMs = 0;
	/** Number of requests of the run that completed or failed, and so were not rejected. */
	acceptedRequests = 0;

	/** @param signal - Once it is aborted, all waiting requests get a slot at once, and their caller ends them. */
	constructor(
		maxConcurrency: number,
		private readonly signal?: AbortSignal,
	) {
		this.adaptiveLimit = new AdaptiveLimit(maxConcurrency);
	}

	/** Remaining time in ms of the current pause. */
	get pauseLeftMs(): number {
		return Math.max(0, this.pausedUntil - clock.now());
	}

	/** Starts sending in parallel, because a token is stored. Without one, the first request fetches it alone. */
	enableConcurrency(): void {
		this.adaptiveLimit.start();
		this.dispatch();
	}

	/**
	 * Waits until a request may be sent. Return each slot with `release`.
	 *
	 * @param hasPriority - True to send it before the other waiting requests.
	 */
	async acquire(hasPriority: boolean): Promise<Slot> {
		return await new Promise((resolve) => {
			(hasPriority ? this.priorityQueue : this.queue).push(resolve);
			this.dispatch();
		});
	}

	/** Returns the slot of a request that has ended. */
	release({ sentAt, inFlight, probe }: Slot, result: RequestResult): void {
		const now = clock.now();
		this.inFlight -= 1;
		if (result !== 'rejected') this.acceptedRequests += 1;
		// A request that ends during a pause was sent before it, and does not show what GoFive accepts after it.
		if (result !== 'rejected' && now >= this.pausedUntil) {
			this.acceptedSincePause += 1;
			// For the last requests of a run, another pause would take longer than sending them at the same rate.
			if (this.acceptedSincePause > this.pauseQuota && this.queue.length > this.pauseQuota)
				this.allowanceBeyondQuota += ALLOWANCE_PER_RESPONSE;
			if (result === 'completed') this.adaptiveLimit.recordResponse(probe, inFlight, now - sentAt);
			this.adaptiveLimit.recordEnd(result === 'failed');
		}
		this.dispatch();
	}

	/**
	 * Pauses the run because the rate limit has rejected a request.
	 * Further rejections during the pause belong to requests that were sent before it. They may extend the pause, counted
	 * from its start, and do not halve the limit again.
	 */
	pause(durationMs: number): void {
		const now = clock.now();
		if (now >= this.pausedUntil) {
			this.adaptiveLimit.halve();
			this.pauseQuota = Math.max(1, this.acceptedSincePause);
			const responsesPerPeriod = (now + durationMs - this.resumedAt) / this.adaptiveLimit.shortestResponseMs;
			this.allowanceBeyondQuota = Math.max(1, Math.round(this.pauseQuota / Math.max(1, responsesPerPeriod)));
			this.acceptedSincePause = 0;
			this.pausedAt = now;
			this.resumedAt = now + durationMs;
		}
		const until = this.pausedAt + durationMs;
		if (until <= this.pausedUntil) return;
		this.pausedMs += until - Math.max(now, this.pausedUntil);
		this.pausedUntil = until;
	}

	/** Number of requests that may be in flight now. */
	private get limit(): number {
		const remainingQuota = this.pauseQuota - this.acceptedSincePause;
		const pauseLimit = remainingQuota > 0 ? remainingQuota : Math.floor(this.allowanceBeyondQuota);
		return Math.min(this.adaptiveLimit.currentLimit, pauseLimit);
	}

	/** Gives slots to waiting requests up to the limit. */
	private dispatch(): void {
		if (!this.signal?.aborted && clock.now() < this.pausedUntil) {
			void this.resumeAfterPause();
			return;
		}
		while (this.priorityQueue.length + this.queue.length > 0 && (this.inFlight < this.limit || this.signal?.aborted)) {
			this.inFlight += 1;
			const { inFlight, adaptiveLimit } = this;
			const probe = inFlight > adaptiveLimit.previousLimit ? adaptiveLimit.currentProbe : undefined;
			(this.priorityQueue.shift() ?? this.queue.shift())?.({ sentAt: clock.now(), inFlight, probe });
		}
	}

	private async resumeAfterPause(): Promise<void> {
		if (this.isResuming) return;
		this.isResuming = true;
		for (let until = 0; until !== this.pausedUntil && !this.signal?.aborted; ) {
			until = this.pausedUntil;
			await waitUntil(until, this.signal);
		}
		this.pausedUntil = 0;
		this.isResuming = false;
		this.dispatch();
	}
}
