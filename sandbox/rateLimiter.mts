import type { SandboxRateLimit } from './sandboxTypes.mts';

/** Counts requests against a rate limit, as a token bucket that is full at the start and refills steadily. */
export class RateLimiter {
	private tokens: number;
	private filledAtMs = 0;

	constructor(private readonly limit: SandboxRateLimit) {
		this.tokens = limit.requests;
	}

	/** Counts a request at a time in ms. Returns 0 if it is accepted, else the seconds until one is. */
	take(nowMs: number): number {
		const tokensPerMs = this.limit.requests / (this.limit.perSeconds * 1000);
		this.tokens = Math.min(this.limit.requests, this.tokens + (nowMs - this.filledAtMs) * tokensPerMs);
		this.filledAtMs = nowMs;
		if (this.tokens < 1) return Math.ceil((1 - this.tokens) / tokensPerMs / 1000);
		this.tokens--;
		return 0;
	}
}
