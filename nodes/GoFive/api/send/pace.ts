import { clock, waitUntil } from '../../time/clock';
import { isLimited, type Outcome, type Unsigned } from '../answer/outcome';
import { Width, type Step } from './width';

/** How a request ended, as far as the pace is concerned. */
export type Ended = 'answered' | 'brokeDown' | 'turnedAway';

/** What the end of a request says about the pace. */
export function endOf(outcome: Outcome | Unsigned): Ended {
	// What was left behind may still be asking for the token that the first request goes alone for.
	if (outcome.kind === 'givenUp' || outcome.kind === 'unsigned' || isLimited(outcome)) return 'turnedAway';
	return outcome.kind === 'answer' && outcome.status < 500 ? 'answered' : 'brokeDown';
}

/** What one request takes up while it is under way. */
export interface Slot {
	/** When it was sent. */
	at: number;
	/** How many were under way then, itself included. */
	under: number;
	/** The width that it measures; unset where too few were. */
	step?: Step;
}

/** How many more each success beyond the quota lets go side by side; a faster growth only brings more refusals. */
const PROBE_GROWTH = 0.125;

/**
 * Lets the requests of one run through, as many side by side as `Width` finds out, half as many after each pause that GoFive
 * asked for. What GoFive let pass before a pause, it is taken to let pass after it as well; whether it lets more pass is
 * found out from one request on, so that few are refused.
 */
export class Pace {
	private readonly width: Width;
	private under = 0;
	/** Successes since the last pause, and how many they were before it. */
	private passed = 0;
	private quota = Infinity;
	/** How many may be under way once the quota has passed. */
	private beyond = 1;
	private pausedAt = 0;
	private pausedUntil = 0;
	private waking = false;
	private readonly first: Array<(slot: Slot) => void> = [];
	private readonly queue: Array<(slot: Slot) => void> = [];

	/** Milliseconds during which the run stood still. */
	pausedFor = 0;
	/** How many requests of the run were not turned away. */
	through = 0;

	/** @param most how many may ever be under way */
	constructor(
		most: number,
		private readonly signal?: AbortSignal,
	) {
		this.width = new Width(most);
	}

	/** Milliseconds for which the run will still stand still. */
	get pauseLeft(): number {
		return Math.max(0, this.pausedUntil - clock.now());
	}

	/** Tells that there is a token. Without it one request goes alone, so that only one fetches it. */
	start(): void {
		this.width.start();
		this.admit();
	}

	/** Resolves when the request may go; each slot is given back with `leave`. @param ahead whether it goes before those that wait */
	async enter(ahead: boolean): Promise<Slot> {
		return await new Promise((resolve) => {
			(ahead ? this.first : this.queue).push(resolve);
			this.admit();
		});
	}

	/** @param ended `answered` by GoFive, `brokeDown` when nothing or a breakdown came, `turnedAway` by the rate limit or for want of a token */
	leave({ at, under, step }: Slot, ended: Ended): void {
		const now = clock.now();
		this.under -= 1;
		if (ended !== 'turnedAway') this.through += 1;
		// What was sent before a pause says nothing about what GoFive bears after it.
		if (ended !== 'turnedAway' && now >= this.pausedUntil) {
			this.passed += 1;
			if (this.passed > this.quota) this.beyond += PROBE_GROWTH;
			if (ended === 'answered') this.width.measure(step, under, now - at);
			this.width.count(ended === 'brokeDown');
		}
		this.admit();
	}

	/**
	 * All requests wait for so many milliseconds from the first refusal on. Others that come meanwhile were sent before it, so
	 * they count from there as well, and halve nothing.
	 */
	pause(milliseconds: number): void {
		const now = clock.now();
		if (now >= this.pausedUntil) {
			this.width.halve();
			this.quota = Math.max(1, this.passed);
			this.passed = 0;
			this.beyond = 1;
			this.pausedAt = now;
		}
		const until = this.pausedAt + milliseconds;
		if (until <= this.pausedUntil) return;
		this.pausedFor += until - Math.max(now, this.pausedUntil);
		this.pausedUntil = until;
	}

	private get allowed(): number {
		const more = this.passed < this.quota ? this.quota - this.passed : Math.floor(this.beyond);
		return Math.min(this.width.allowed, more);
	}

	private admit(): void {
		if (!this.signal?.aborted && clock.now() < this.pausedUntil) {
			void this.wake();
			return;
		}
		while (this.first.length + this.queue.length > 0 && (this.under < this.allowed || this.signal?.aborted)) {
			this.under += 1;
			const { under, width } = this;
			const step = under > width.fewer ? width.step : undefined;
			(this.first.shift() ?? this.queue.shift())?.({ at: clock.now(), under, step });
		}
	}

	private async wake(): Promise<void> {
		if (this.waking) return;
		this.waking = true;
		for (let until = 0; until !== this.pausedUntil && !this.signal?.aborted; ) {
			until = this.pausedUntil;
			await waitUntil(until, this.signal);
		}
		this.pausedUntil = 0;
		this.waking = false;
		this.admit();
	}
}
