import { clock, waitUntil } from '../time/clock';

/** How a request ended, as far as the pace is concerned. */
export type Ended = 'heard' | 'silent' | 'refused';

const SECOND_WIDTH = 8;
/** How many more each success beyond the quota lets go side by side; a faster growth only brings more refusals. */
const PROBE_GROWTH = 0.5;

/**
 * Lets the requests of one run through: one alone at first (it fetches the token), then side by side; more with every
 * success up to `most`, half as many after each pause that GoFive asked for. What GoFive let pass before a pause, it is
 * taken to let pass after it as well; whether it lets more pass is found out from one request on, so that few are refused.
 */
export class Pace {
	private width = 1;
	private under = 0;
	/** Successes since the last pause, and how many they were before it. */
	private passed = 0;
	private quota = Infinity;
	/** How many may be under way once the quota has passed. */
	private beyond = 1;
	private pausedUntil = 0;
	private waking = false;
	private readonly first: Array<() => void> = [];
	private readonly queue: Array<() => void> = [];

	/** Milliseconds during which the run stood still. */
	pausedFor = 0;
	/** How many requests of the run were not refused. */
	through = 0;

	constructor(
		private readonly most: number,
		private readonly signal?: AbortSignal,
	) {}

	/** Milliseconds for which the run will still stand still. */
	get pauseLeft(): number {
		return Math.max(0, this.pausedUntil - clock.now());
	}

	/** Resolves when the request may go; every `enter` is followed by one `leave`. @param ahead whether it goes before those that wait */
	async enter(ahead: boolean): Promise<void> {
		await new Promise<void>((resolve) => {
			(ahead ? this.first : this.queue).push(resolve);
			this.admit();
		});
	}

	/** @param ended `heard` when GoFive answered, `silent` when nothing or a breakdown came, `refused` when it asked for less or gave no token */
	leave(ended: Ended): void {
		this.under -= 1;
		if (ended !== 'refused') this.through += 1;
		// What was sent before a pause says nothing about what GoFive bears after it.
		if (ended !== 'refused' && clock.now() >= this.pausedUntil) {
			this.passed += 1;
			if (this.passed > this.quota) this.beyond += PROBE_GROWTH;
			this.width = Math.min(this.most, Math.max(SECOND_WIDTH, this.width + (ended === 'heard' ? 1 : 0)));
		}
		this.admit();
	}

	/** All requests wait until then (milliseconds since 1970). A pause that is only lengthened halves nothing. */
	pause(until: number): void {
		const now = clock.now();
		if (now >= this.pausedUntil) {
			this.width = Math.max(1, Math.floor(this.width / 2));
			this.quota = Math.max(1, this.passed);
			this.passed = 0;
			this.beyond = 1;
		}
		if (until <= this.pausedUntil) return;
		this.pausedFor += until - Math.max(now, this.pausedUntil);
		this.pausedUntil = until;
	}

	private get allowed(): number {
		const more = this.passed < this.quota ? this.quota - this.passed : Math.floor(this.beyond);
		return Math.min(this.width, more);
	}

	private admit(): void {
		if (!this.signal?.aborted && clock.now() < this.pausedUntil) {
			void this.wake();
			return;
		}
		while (this.first.length + this.queue.length > 0 && (this.under < this.allowed || this.signal?.aborted)) {
			this.under += 1;
			(this.first.shift() ?? this.queue.shift())?.();
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
