import type { SandboxRateLimit } from './sandboxTypes.mts';

/** Token bucket of the rate limit. It is full at the start, and refills steadily. */
export class TokenBucket {
	private tokens: number;
	private refilledAtMs = Date.now();

	constructor(private readonly limit: SandboxRateLimit) {
		this.tokens = limit.requests;
	}

	/** Takes a token for a request. Returns false if the bucket is empty. */
	takeToken(): boolean {
		this.refill();
		if (this.tokens < 1) return false;
		this.tokens -= 1;
		return true;
	}

	/** Time in seconds until a request is accepted again, if `takeToken` returned false. */
	get secondsToNextToken(): number {
		return ((1 - this.tokens) * this.limit.perSeconds) / this.limit.requests;
	}

	private refill(): void {
		const { requests, perSeconds } = this.limit;
		const nowMs = Date.now();
		const newTokens = ((nowMs - this.refilledAtMs) * requests) / (perSeconds * 1000);
		this.tokens = Math.min(requests, this.tokens + newTokens);
		this.refilledAtMs = nowMs;
	}
}
