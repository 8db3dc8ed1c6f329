/** Limit with which a run starts once there is a token. Two rounds of startup take it to {@link STARTUP_MAX_LIMIT}. */
const INITIAL_LIMIT = 16;
/** Number of requests that each response allows during startup. BBR uses 2.89. Doubling is enough from 16 to 64. */
const STARTUP_GROWTH_FACTOR = 2;
/** Limit up to which startup grows without a sample, since so many requests put no strain on a server. */
const STARTUP_MAX_LIMIT = 64;
/** Factor by which a probe beyond startup raises the limit. Smaller than in startup, since it may only fill a queue. */
const PROBE_GROWTH_FACTOR = 1.5;
/**
 * Number of responses per throughput sample. A probe of a limit below 62 needs only three quarters of its limit.
 * With smaller samples, one slow moment of the server would spoil two of them.
 */
const SAMPLE_RESPONSES = 46;
/**
 * Share of the possible gain in throughput that a probe must reach. A limit 1.5 times as high could gain 50 %, so it
 * must gain an eighth. A full gain is not expected, since n8n's own work per request takes longer at a higher limit.
 */
const MIN_GAIN_SHARE = 1 / 4;
/** Number of samples in which a probe may show its gain. Two, so that one slow moment does not decide. */
const MAX_SAMPLES_PER_PROBE = 2;
/**
 * Factor on the bandwidth-delay product, the number of requests that keep the server busy without a queue.
 * The half above it absorbs variation in response times. More would only wait in GoFive's queue.
 */
const BANDWIDTH_DELAY_FACTOR = 1.5;
/**
 * Number of rounds for which a limit is held before a higher one is probed again: the first time, and every later time.
 * Probing again keeps a short disturbance from slowing down a long run. Doing so rarely keeps GoFive's queue short.
 */
const FIRST_HOLD_ROUNDS = 16;
const HOLD_ROUNDS = 32;
/** Share of failed requests in a round from which the limit is halved. Below it, failures are taken as unrelated. */
const MAX_FAILURE_SHARE = 1 / 4;
/** Limit below which it is never halved: the number of connections that a browser opens to one host over HTTP/1.1. */
const MIN_LIMIT = 6;

/** Probe of a limit. It measures requests that were sent while more were in flight than the previous limit allows. */
export class LimitProbe {
	// Sums over the responses of the current sample.
	private responses = 0;
	private inFlight = 0;
	private durationMs = 0;
	/** Number of complete samples. */
	samples = 0;
	/** Highest throughput of a sample, in responses per ms. */
	bestThroughput = 0;

	constructor(readonly limit: number) {}

	/**
	 * Adds a response to the current sample.
	 *
	 * @param inFlight - Number of requests in flight when the request was sent, including itself.
	 * @param durationMs - Time from the request to the response.
	 */
	addResponse(inFlight: number, durationMs: number): void {
		this.responses += 1;
		this.inFlight += inFlight;
		this.durationMs += durationMs;
		if (this.responses < Math.min((this.limit * 3) / 4, SAMPLE_RESPONSES)) return;
		// Little's law: throughput = requests in flight / response time.
		this.bestThroughput = Math.max(this.bestThroughput, this.inFlight / this.durationMs);
		this.samples += 1;
		this.responses = this.inFlight = this.durationMs = 0;
	}

	/** Returns true if the higher limit has raised the throughput enough. */
	isImprovementOn(previous: LimitProbe | undefined): boolean {
		if (!previous) return true;
		return this.bestThroughput >= previous.bestThroughput * (1 + (this.limit / previous.limit - 1) * MIN_GAIN_SHARE);
	}
}

/**
 * Limit of requests in flight that adapts to the server, in the way of TCP BBR.
 *
 * - Startup: each response allows two more requests, up to 64.
 * - Probe: beyond 64, a limit half as high again is tried for as long as the throughput rises.
 * - Drain: if the throughput does not rise, requests only wait in GoFive's queue. The limit falls to one and a half
 *   times the bandwidth-delay product, which is the highest throughput multiplied by the shortest response time.
 * - Hold: the limit stays for a number of rounds, then the next probe starts. In a round, as many requests end as may be
 *   in flight.
 * - Backoff: a pause by the rate limit, or a quarter of failed requests in a round, halves the limit.
 *
 * The response time alone does not show a queue, since n8n's own work for many requests lengthens it too.
 *
 * @see https://queue.acm.org/detail.cfm?id=3022184 (Cardwell and others, "BBR: Congestion-Based Congestion Control")
 */
export class AdaptiveLimit {
	/** Probes since the limit was last held, in ascending order. The last one is in use. */
	private probes = [new LimitProbe(1)];
	private isStarted = false;
	/** Limit at the start of the current round. During startup the limit grows from here within the round. */
	private roundLimit = 1;
	/** Number of requests of the current round that have ended, and how many of them have failed. */
	private roundResponses = 0;
	private roundFailures = 0;
	/** Number of rounds until the next probe. */
	private holdRounds = 0;
	/** Number of rounds for which the next limit will be held. */
	private nextHoldRounds = FIRST_HOLD_ROUNDS;
	/** Shortest time in ms from a request to its response. */
	shortestResponseMs = Infinity;

	/** @param maxLimit - Highest limit, from the node's option 'Max Parallel Requests'. */
	constructor(private readonly maxLimit: number) {}

	/** Probe of the limit in use. */
	get currentProbe(): LimitProbe {
		return this.probes.at(-1) as LimitProbe;
	}

	/** Number of requests in flight above which a request counts for the current probe. */
	get previousLimit(): number {
		return this.probes.at(-2)?.limit ?? this.currentProbe.limit - 1;
	}

	/** Number of requests that may be in flight now. */
	get currentLimit(): number {
		if (this.roundFailures > 0) return this.roundLimit;
		return Math.min(this.currentProbe.limit, this.roundLimit + this.roundResponses * (STARTUP_GROWTH_FACTOR - 1));
	}

	/** Starts sending in parallel. Until then one request is sent alone, since it may have to fetch the token. */
	start(): void {
		if (!this.isStarted) this.hold(INITIAL_LIMIT, 0);
		this.isStarted = true;
	}

	/** Halves the limit after a pause by the rate limit or after too many failures. */
	halve(): void {
		const { limit } = this.currentProbe;
		this.hold(Math.min(limit, Math.max(MIN_LIMIT, Math.floor(limit / 2))), HOLD_ROUNDS);
	}

	/**
	 * Records a response, and raises or drains the limit if its probe is complete.
	 *
	 * @param probe - Probe that the request counts for, if any.
	 * @param inFlight - Number of requests in flight when the request was sent, including itself.
	 * @param durationMs - Time from the request to the response.
	 */
	recordResponse(probe: LimitProbe | undefined, inFlight: number, durationMs: number): void {
		this.shortestResponseMs = Math.min(this.shortestResponseMs, Math.max(1, durationMs));
		probe?.addResponse(inFlight, durationMs);
		if (probe !== this.currentProbe || this.holdRounds > 0 || probe.samples === 0) return;
		if (probe.isImprovementOn(this.probes.at(-2))) {
			if (this.roundFailures > 0 || probe.limit < STARTUP_MAX_LIMIT) return;
			this.raise(PROBE_GROWTH_FACTOR);
			this.roundLimit = this.currentProbe.limit;
		} else if (probe.samples >= MAX_SAMPLES_PER_PROBE) {
			this.drain(probe);
		}
	}

	/**
	 * Records the end of a request, and ends the round after as many of them as were allowed at its start.
	 *
	 * @param isFailure - True for a server error and a lost connection.
	 */
	recordEnd(isFailure: boolean): void {
		if (!this.isStarted) return this.start();
		const isStartup = this.holdRounds === 0 && this.currentProbe.limit < STARTUP_MAX_LIMIT;
		if (isStartup && this.roundResponses === 0) this.raise(STARTUP_GROWTH_FACTOR, STARTUP_MAX_LIMIT);
		this.roundResponses += 1;
		if (isFailure) this.roundFailures += 1;
		if (this.roundResponses >= this.roundLimit) this.endRound();
	}

	private endRound(): void {
		const { roundFailures, roundResponses, roundLimit } = this;
		// A limit that startup has raised in a round with failures is taken back.
		if (roundFailures > 0 && roundLimit < this.currentProbe.limit) this.probes.pop();
		this.startRound();
		if (roundFailures >= roundResponses * MAX_FAILURE_SHARE) return this.halve();
		this.holdRounds = Math.max(0, this.holdRounds - 1);
		// Old samples are no measure for the next probe. The limit is measured again in the last rounds before it.
		if (this.holdRounds === MAX_SAMPLES_PER_PROBE) this.probes = [new LimitProbe(this.currentProbe.limit)];
	}

	private startRound(): void {
		this.roundResponses = 0;
		this.roundFailures = 0;
		this.roundLimit = this.currentProbe.limit;
	}

	private raise(factor: number, maxLimit = this.maxLimit): void {
		const { limit } = this.currentProbe;
		if (limit >= this.maxLimit) return;
		this.probes.push(new LimitProbe(Math.min(this.maxLimit, maxLimit, Math.floor(limit * factor))));
	}

	/** Lowers the limit to the best probe, or to what the bandwidth-delay product allows. */
	private drain(probe: LimitProbe): void {
		const { probes } = this;
		const [best = probe] = probes.filter((each, index) => each.isImprovementOn(probes[index - 1])).slice(-1);
		const maxThroughput = Math.max(...probes.map(({ bestThroughput }) => bestThroughput));
		const busyLimit = Math.ceil(maxThroughput * this.shortestResponseMs * BANDWIDTH_DELAY_FACTOR);
		this.hold(Math.min(best.limit, busyLimit), this.nextHoldRounds);
		this.nextHoldRounds = HOLD_ROUNDS;
	}

	private hold(limit: number, holdRounds: number): void {
		this.probes = [new LimitProbe(Math.min(limit, this.maxLimit))];
		this.holdRounds = holdRounds;
		this.startRound();
	}
}
