import { clock, waitUntil } from '../time/clock';
import { INITIAL_CONCURRENCY } from './concurrency';
import type { ServerLoad } from './failure';
import { MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS } from './httpStatus';

/** Limit below which failures do not halve it: the number of connections that a browser opens to one host over HTTP/1.1. */
const MIN_LIMIT_AFTER_FAILURES = 6;
/** Share of failed requests in a round from which the limit is halved. Below it, failures are taken as unrelated. */
const MAX_FAILURE_SHARE = 1 / 4;

/** Computes an exponential backoff in ms. Up to half of it is random, so that processes do not retry at the same time. */
export function computeBackoffMs(attempt: number): number {
	const maxDelayMs = Math.min(MIN_RETRY_DELAY_MS * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS);
	return maxDelayMs * (0.5 + clock.random() / 2);
}

/**
 * Limits the requests of one run that are in flight, and pauses the run for the rate limit.
 *
 * A round ends when as many requests have ended as the limit was at its start. It is clean if none of them failed. A
 * request whose load is ignored ({@link ServerLoad}) does not count.
 *
 * - Start: one request, which may have to fetch the token, then 16. Each clean round doubles the limit, up to the maximum.
 * - Rejection by the rate limit: all requests wait, and the limit is halved.
 * - A quarter of failed requests in a round: the limit is halved, but not below 6.
 * - After the limit was halved, each clean round adds one. If the next round then has a failure, or a rejection without
 *   Retry-After, the limit was right before and does not grow any more. With Retry-After it goes on growing: the quota of
 *   a minute, for example, is used up at any limit, and a low limit might not use all of it.
 */
export class ConcurrencyLimiter {
	private limit = 1;
	private isStarted = false;
	private growth: 'double' | 'addOne' | 'none' = 'double';
	/** Whether the limit of the current round is one higher than that of the last one. */
	private hasAddedOne = false;
	/** Instant in ms since 1970 at which the limit was last halved. Older requests do not show what a lower limit changes. */
	private halvedAt = 0;
	/** Requests of the current round: how many end it, have ended, and have failed. */
	private round = { size: 1, ended: 0, failed: 0 };

	private inFlight = 0;
	private readonly queue: Array<() => void> = [];

	/** Start and end of the last pause as instants in ms since 1970. */
	private pausedAt = 0;
	private pausedUntil = 0;
	private isResuming = false;
	/** Number of pauses, and their time in ms, since GoFive last accepted a request that was sent after a pause. */
	private consecutivePauses = 0;
	private pausedMsSinceAccepted = 0;

	/** Total time in ms of all pauses. */
	pausedMs = 0;
	/** Whether no waiting request may go on, since one renews the token for all. */
	isClosed = false;

	/** @param signal - Once it is aborted, all waiting requests may go on, and their caller ends them. */
	constructor(
		private readonly maxLimit: number,
		private readonly signal?: AbortSignal,
	) {}

	/** Remaining time in ms of the current pause. */
	get pauseLeftMs(): number {
		return Math.max(0, this.pausedUntil - clock.now());
	}

	/** Starts sending in parallel, because a token is stored, or a request has ended without a rejection. */
	start(): void {
		if (this.isStarted) return;
		this.isStarted = true;
		this.setLimit(INITIAL_CONCURRENCY);
		this.sendNext();
	}

	/**
	 * Waits until a request may be sent. Call {@link release} when it has ended.
	 *
	 * @returns Instant in ms since 1970 at which it is sent.
	 */
	async acquire(): Promise<number> {
		await new Promise<void>((resolve) => {
			this.queue.push(resolve);
			this.sendNext();
		});
		return clock.now();
	}

	/**
	 * Records the end of a request.
	 *
	 * @param sentAt - Instant that `acquire` returned.
	 */
	release(sentAt: number, load: ServerLoad): void {
		this.inFlight -= 1;
		// A request that failed was not rejected by the rate limit, either.
		// A request that was sent before the last pause does not show what GoFive accepts after it.
		if (load !== 'ignored' && sentAt >= this.pausedUntil) {
			this.consecutivePauses = 0;
			this.pausedMsSinceAccepted = 0;
			if (sentAt >= this.halvedAt) this.recordEnd(load === 'failed');
		}
		this.sendNext();
	}

	/**
	 * Pauses the run because the rate limit has rejected a request. A request that was sent before the current pause may
	 * only extend it.
	 *
	 * @param sentAt - Instant at which the request was sent.
	 * @param retryAfterMs - Duration of the pause in ms. Defaults to a backoff.
	 * @param maxPauseMs - Maximum time in ms of all pauses since GoFive accepted a request.
	 * @returns False if the pause would exceed the maximum.
	 */
	pause(sentAt: number, retryAfterMs: number | undefined, maxPauseMs: number): boolean {
		const isNewPause = sentAt >= this.pausedUntil;
		if (isNewPause) this.consecutivePauses += 1;
		const pausedAt = isNewPause ? clock.now() : this.pausedAt;
		const pausedUntil = pausedAt + (retryAfterMs ?? computeBackoffMs(this.consecutivePauses));
		const addedMs = pausedUntil - (isNewPause ? pausedAt : this.pausedUntil);
		if (addedMs <= 0) return true;
		if (this.pausedMsSinceAccepted + addedMs > maxPauseMs) return false;
		if (isNewPause) this.halve(1, retryAfterMs === undefined);
		this.pausedAt = pausedAt;
		this.pausedUntil = pausedUntil;
		this.pausedMs += addedMs;
		this.pausedMsSinceAccepted += addedMs;
		return true;
	}

	private recordEnd(hasFailed: boolean): void {
		if (!this.isStarted) return this.start();
		const { round } = this;
		round.ended += 1;
		if (hasFailed) round.failed += 1;
		if (round.ended < round.size) return;
		if (round.failed === 0) this.grow();
		else if (round.failed >= round.ended * MAX_FAILURE_SHARE) this.halve(MIN_LIMIT_AFTER_FAILURES, true);
		else this.endGrowthByOne();
	}

	private grow(): void {
		if (this.growth === 'double') this.setLimit(this.limit * 2);
		else if (this.growth === 'addOne') this.setLimit(this.limit + 1, true);
		else this.setLimit(this.limit);
	}

	private halve(minLimit: number, endsGrowthByOne: boolean): void {
		// Before the first accepted request there is only one.
		if (!this.isStarted) return;
		this.halvedAt = clock.now();
		if (this.growth === 'double') this.growth = 'addOne';
		else if (endsGrowthByOne && this.hasAddedOne) this.growth = 'none';
		this.setLimit(Math.min(this.limit, Math.max(minLimit, Math.floor(this.limit / 2))));
	}

	/** Takes the last addition back if a few requests have failed since. */
	private endGrowthByOne(): void {
		if (this.hasAddedOne) this.growth = 'none';
		this.setLimit(this.hasAddedOne ? this.limit - 1 : this.limit);
	}

	/** Sets the limit and starts a round. */
	private setLimit(limit: number, hasAddedOne = false): void {
		this.limit = Math.min(limit, this.maxLimit);
		this.hasAddedOne = hasAddedOne;
		this.round = { size: this.limit, ended: 0, failed: 0 };
	}

	/** Lets waiting requests go on, up to the limit. */
	private sendNext(): void {
		const isCancelled = this.signal?.aborted === true;
		if (!isCancelled && clock.now() < this.pausedUntil) {
			void this.resumeAfterPause();
			return;
		}
		const hasRoom = () => !this.isClosed && this.inFlight < this.limit;
		while (this.queue.length > 0 && (isCancelled || hasRoom())) {
			this.inFlight += 1;
			this.queue.shift()?.();
		}
	}

	private async resumeAfterPause(): Promise<void> {
		if (this.isResuming) return;
		this.isResuming = true;
		for (let until = 0; until !== this.pausedUntil && !this.signal?.aborted; ) {
			until = this.pausedUntil;
			await waitUntil(until, this.signal);
		}
		// The clock of the machine may have been set back during the pause.
		this.pausedUntil = Math.min(this.pausedUntil, clock.now());
		this.isResuming = false;
		this.sendNext();
	}
}
