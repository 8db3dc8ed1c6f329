/** How many go side by side once there is a token. */
const INITIAL_LIMIT = 16;
/** Up to here each answer lets so many go (BBR's startup has 2.89), before it is known what that brings, since so many do no harm. */
const STARTUP_GROWTH_FACTOR = 2;
const STARTUP_MAX_LIMIT = 64;
/** From there on a width is tried that is wider by this. */
const PROBE_GROWTH_FACTOR = 1.5;
/** So many answers at a width, or three quarters of what it has, tell what it brings; with fewer one bad moment would spoil two samples. */
const SAMPLE_RESPONSES = 46;
/** A wider one is kept when it brings this part of the speed that it could bring, in one of its first samples. */
const MIN_GAIN_SHARE = 1 / 4;
const MAX_SAMPLES_PER_PROBE = 2;
/** What holds then, as a multiple of what fills the way to GoFive; more would only queue there. */
const BANDWIDTH_DELAY_FACTOR = 1.5;
/** For how many rounds a width stays before a wider one is tried again: at first, and at most. */
const FIRST_HOLD_ROUNDS = 16;
const HOLD_ROUNDS = 32;
/** Where this part of a round breaks down the width is halved. */
const MAX_FAILURE_SHARE = 1 / 4;
/** It is never halved below what a browser opens to one host. */
const MIN_LIMIT = 6;

/** A width that is tried, and what it brings: known by requests that were sent when more were under way than at the one before. */
export class LimitProbe {
	private responses = 0;
	private inFlight = 0;
	private durationMs = 0;
	/** How many samples there are, and the most answers per millisecond of one of them. */
	samples = 0;
	bestThroughput = 0;

	constructor(readonly limit: number) {}

	/** @param inFlight how many were under way when it was sent, itself included @param durationMs from sending to the answer */
	addResponse(inFlight: number, durationMs: number): void {
		this.responses += 1;
		this.inFlight += inFlight;
		this.durationMs += durationMs;
		if (this.responses < Math.min((this.limit * 3) / 4, SAMPLE_RESPONSES)) return;
		// Little's law: what is under way, by how long each takes.
		this.bestThroughput = Math.max(this.bestThroughput, this.inFlight / this.durationMs);
		this.samples += 1;
		this.responses = this.inFlight = this.durationMs = 0;
	}

	/** Whether it brings enough more than the narrower one. */
	isImprovementOn(previous: LimitProbe | undefined): boolean {
		if (!previous) return true;
		return this.bestThroughput >= previous.bestThroughput * (1 + (this.limit / previous.limit - 1) * MIN_GAIN_SHARE);
	}
}

/**
 * Finds out how many requests to have under way, as TCP BBR does (Cardwell and others, "BBR: Congestion-Based Congestion
 * Control", ACM Queue 14/5, 2016). In its startup the width grows for as long as that brings more answers per second.
 * Where it does not, GoFive only lets requests queue: then the queue is drained, to what the most answers per second and
 * the shortest time of an answer make together. The time of an answer alone would mislead, since n8n's own work for many
 * requests at once makes it longer as well.
 */
export class AdaptiveLimit {
	/** The widths that were tried, from the last one that held on; the last of them is in use. */
	private probes = [new LimitProbe(1)];
	private isStarted = false;
	/** How many could be under way when the present round began; during startup the width is reached within it. */
	private roundLimit = 1;
	private holdRounds = 0;
	private nextHoldRounds = FIRST_HOLD_ROUNDS;
	/** Milliseconds of the quickest answer so far. */
	private shortestResponseMs = Infinity;
	/** Requests of the present round that have ended, and those among them that broke down. */
	private roundResponses = 0;
	private roundFailures = 0;

	/** @param maxLimit how wide it may become */
	constructor(private readonly maxLimit: number) {}

	/** The width that is tried, or that holds. */
	get currentProbe(): LimitProbe {
		return this.probes.at(-1) as LimitProbe;
	}

	/** A request tells of the width when more than these are under way; of the first one only when it is full. */
	get previousLimit(): number {
		return this.probes.at(-2)?.limit ?? this.currentProbe.limit - 1;
	}

	/** How many may be under way now. */
	get currentLimit(): number {
		return this.roundFailures > 0
			? this.roundLimit
			: Math.min(this.currentProbe.limit, this.roundLimit + this.roundResponses * (STARTUP_GROWTH_FACTOR - 1));
	}

	/** From now on many go; until then one does, since it may be fetching the token. */
	start(): void {
		if (!this.isStarted) this.holdAt(INITIAL_LIMIT, 0);
		this.isStarted = true;
	}

	/** GoFive asked for less, or bears less. */
	halve(): void {
		const { limit } = this.currentProbe;
		this.holdAt(Math.min(limit, Math.max(MIN_LIMIT, Math.floor(limit / 2))));
	}

	/** A request was answered. @param currentProbe the width that it measures; see there for the rest */
	recordResponse(currentProbe: LimitProbe | undefined, inFlight: number, durationMs: number): void {
		const { probes } = this;
		this.shortestResponseMs = Math.min(this.shortestResponseMs, Math.max(1, durationMs));
		currentProbe?.addResponse(inFlight, durationMs);
		if (currentProbe !== this.currentProbe || this.holdRounds > 0 || currentProbe.samples === 0) return;
		if (currentProbe.isImprovementOn(probes.at(-2))) {
			if (this.roundFailures === 0 && currentProbe.limit >= STARTUP_MAX_LIMIT)
				this.roundLimit = this.raise(PROBE_GROWTH_FACTOR);
		} else if (currentProbe.samples >= MAX_SAMPLES_PER_PROBE) {
			const [best = currentProbe] = probes.filter((each, index) => each.isImprovementOn(probes[index - 1])).slice(-1);
			const maxLimit = Math.max(...probes.map(({ bestThroughput }) => bestThroughput));
			this.holdAt(
				Math.min(best.limit, Math.ceil(maxLimit * this.shortestResponseMs * BANDWIDTH_DELAY_FACTOR)),
				this.nextHoldRounds,
			);
			this.nextHoldRounds = HOLD_ROUNDS;
		}
	}

	/** A request has ended. @param isFailure whether with nothing or a breakdown instead of an answer */
	recordEnd(isFailure: boolean): void {
		if (!this.isStarted) return this.start();
		if (this.roundResponses === 0 && this.holdRounds === 0 && this.currentProbe.limit < STARTUP_MAX_LIMIT)
			this.raise(STARTUP_GROWTH_FACTOR, STARTUP_MAX_LIMIT);
		this.roundResponses += 1;
		if (isFailure) this.roundFailures += 1;
		if (this.roundResponses >= this.roundLimit) this.endRound();
	}

	private endRound(): void {
		const { roundFailures, roundResponses, roundLimit } = this;
		if (roundFailures > 0 && roundLimit < this.currentProbe.limit) this.probes.pop();
		Object.assign(this, { roundResponses: 0, roundFailures: 0, roundLimit: this.currentProbe.limit });
		if (roundFailures >= roundResponses * MAX_FAILURE_SHARE) return this.halve();
		this.holdRounds = Math.max(0, this.holdRounds - 1);
		// What it brought long ago is no measure for a wider one; as many rounds as that will have are.
		if (this.holdRounds === MAX_SAMPLES_PER_PROBE) this.probes = [new LimitProbe(this.currentProbe.limit)];
	}

	private raise(factor: number, maxLimit = this.maxLimit): number {
		const { limit } = this.currentProbe;
		if (limit < this.maxLimit)
			this.probes.push(new LimitProbe(Math.min(this.maxLimit, maxLimit, Math.floor(limit * factor))));
		return this.currentProbe.limit;
	}

	private holdAt(limit: number, holdRounds = HOLD_ROUNDS): void {
		this.probes = [new LimitProbe(Math.min(limit, this.maxLimit))];
		Object.assign(this, { holdRounds, roundResponses: 0, roundFailures: 0, roundLimit: this.currentProbe.limit });
	}
}
