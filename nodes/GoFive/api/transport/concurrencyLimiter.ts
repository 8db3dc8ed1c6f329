import { clock, waitUntil } from '../../time/clock';
import { isRateLimited, type Outcome, type SigningError } from '../response/outcome';
import { AdaptiveLimit, type LimitProbe } from './adaptiveLimit';

/** How a request ended, as far as the pace is concerned. */
export type RequestResult = 'completed' | 'failed' | 'rejected';

/** What the end of a request says about the pace. */
export function toRequestResult(outcome: Outcome | SigningError): RequestResult {
	// What was left behind may still be asking for the token that the first request goes alone for.
	if (outcome.kind === 'aborted' || outcome.kind === 'signingError' || isRateLimited(outcome)) return 'rejected';
	return outcome.kind === 'response' && outcome.status < 500 ? 'completed' : 'failed';
}

/** What one request takes up while it is under way. */
export interface Slot {
	/** When it was sent. */
	sentAt: number;
	/** How many were under way then, itself included. */
	inFlight: number;
	/** The width that it measures; unset where too few were. */
	probe?: LimitProbe;
}

/** How many more each success beyond the quota lets go side by side; a faster growth only brings more refusals. */
const PROBE_GROWTH_PER_RESPONSE = 0.125;

/**
 * Lets the requests of one run through, as many side by side as `Width` finds out, half as many after each pause that GoFive
 * asked for. What GoFive let pass before a pause, it is taken to let pass after it as well; whether it lets more pass is
 * found out from one request on, so that few are refused.
 */
export class ConcurrencyLimiter {
	private readonly adaptiveLimit: AdaptiveLimit;
	private inFlight = 0;
	/** Successes since the last pause, and how many they were before it. */
	private passedSincePause = 0;
	private pauseQuota = Infinity;
	/** How many may be under way once the quota has passed. */
	private probeAllowance = 1;
	private pausedAt = 0;
	private pausedUntil = 0;
	private isResuming = false;
	private readonly priorityQueue: Array<(slot: Slot) => void> = [];
	private readonly queue: Array<(slot: Slot) => void> = [];

	/** Milliseconds during which the run stood still. */
	pausedMs = 0;
	/** How many requests of the run were not turned away. */
	completed = 0;

	/** @param maxConcurrency how many may ever be under way */
	constructor(
		maxConcurrency: number,
		private readonly signal?: AbortSignal,
	) {
		this.adaptiveLimit = new AdaptiveLimit(maxConcurrency);
	}

	/** Milliseconds for which the run will still stand still. */
	get pauseLeftMs(): number {
		return Math.max(0, this.pausedUntil - clock.now());
	}

	/** Tells that there is a token. Without it one request goes alone, so that only one fetches it. */
	enableConcurrency(): void {
		this.adaptiveLimit.start();
		this.dispatch();
	}

	/** Resolves when the request may go; each slot is given back with `leave`. @param hasPriority whether it goes before those that wait */
	async acquire(hasPriority: boolean): Promise<Slot> {
		return await new Promise((resolve) => {
			(hasPriority ? this.priorityQueue : this.queue).push(resolve);
			this.dispatch();
		});
	}

	/** @param result `answered` by GoFive, `brokeDown` when nothing or a breakdown came, `turnedAway` by the rate limit or for want of a token */
	release({ sentAt, inFlight, probe }: Slot, result: RequestResult): void {
		const now = clock.now();
		this.inFlight -= 1;
		if (result !== 'rejected') this.completed += 1;
		// What was sent before a pause says nothing about what GoFive bears after it.
		if (result !== 'rejected' && now >= this.pausedUntil) {
			this.passedSincePause += 1;
			if (this.passedSincePause > this.pauseQuota) this.probeAllowance += PROBE_GROWTH_PER_RESPONSE;
			if (result === 'completed') this.adaptiveLimit.recordResponse(probe, inFlight, now - sentAt);
			this.adaptiveLimit.recordEnd(result === 'failed');
		}
		this.dispatch();
	}

	/**
	 * All requests wait for so many milliseconds from the first refusal on. Others that come meanwhile were sent before it, so
	 * they count from there as well, and halve nothing.
	 */
	pause(durationMs: number): void {
		const now = clock.now();
		if (now >= this.pausedUntil) {
			this.adaptiveLimit.halve();
			this.pauseQuota = Math.max(1, this.passedSincePause);
			this.passedSincePause = 0;
			this.probeAllowance = 1;
			this.pausedAt = now;
		}
		const until = this.pausedAt + durationMs;
		if (until <= this.pausedUntil) return;
		this.pausedMs += until - Math.max(now, this.pausedUntil);
		this.pausedUntil = until;
	}

	private get limit(): number {
		const remaining =
			this.passedSincePause < this.pauseQuota
				? this.pauseQuota - this.passedSincePause
				: Math.floor(this.probeAllowance);
		return Math.min(this.adaptiveLimit.currentLimit, remaining);
	}

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
