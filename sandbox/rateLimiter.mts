import type { SandboxRateLimit } from './sandboxTypes.mts';

/** Counts requests against a rate limit. */
export class RateLimiter {
	private windowStartMs = -Infinity;
	private usedInWindow = 0;
	private bucketTokens: number;
	private bucketFilledAtMs = 0;

	constructor(private readonly limit: SandboxRateLimit) {
		this.bucketTokens = limit.requests;
	}

	/** Counts a request at a time in ms. Returns 0 if it is accepted, else the seconds until one is. */
	take(nowMs: number): number {
		const waitMs = this.limit.kind === 'bucket' ? this.waitForBucketMs(nowMs) : this.waitForWindowMs(nowMs);
		return waitMs === 0 ? 0 : (this.limit.retryAfterSeconds ?? Math.max(1, Math.ceil(waitMs / 1000)));
	}

	private waitForWindowMs(nowMs: number): number {
		const windowMs = this.limit.perSeconds * 1000;
		if (nowMs - this.windowStartMs >= windowMs) {
			this.windowStartMs = nowMs;
			this.usedInWindow = 0;
		}
		this.usedInWindow++;
		return this.usedInWindow <= this.limit.requests ? 0 : this.windowStartMs + windowMs - nowMs;
	}

	private waitForBucketMs(nowMs: number): number {
		const tokensPerMs = this.limit.requests / (this.limit.perSeconds * 1000);
		this.bucketTokens = Math.min(
			this.limit.requests,
			this.bucketTokens + (nowMs - this.bucketFilledAtMs) * tokensPerMs,
		);
		this.bucketFilledAtMs = nowMs;
		if (this.bucketTokens < 1) return (1 - this.bucketTokens) / tokensPerMs;
		this.bucketTokens--;
		return 0;
	}
}
