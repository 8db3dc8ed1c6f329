import type { RateLimit } from './types.mts';

/** Counts requests against one limit. */
export class RateLimiter {
	private windowStart = -Infinity;
	private used = 0;
	private tokens: number;
	private filledAt = 0;

	constructor(private readonly limit: RateLimit) {
		this.tokens = limit.requests;
	}

	/** Counts one request at `now` (ms). Gives 0 when it may pass, else the whole seconds until one may. */
	take(now: number): number {
		const wait = this.limit.kind === 'bucket' ? this.fromBucket(now) : this.fromWindow(now);
		return wait === 0 ? 0 : (this.limit.retryAfterSeconds ?? Math.max(1, Math.ceil(wait / 1000)));
	}

	private fromWindow(now: number): number {
		const length = this.limit.perSeconds * 1000;
		if (now - this.windowStart >= length) {
			this.windowStart = now;
			this.used = 0;
		}
		this.used++;
		return this.used <= this.limit.requests ? 0 : this.windowStart + length - now;
	}

	private fromBucket(now: number): number {
		const perMs = this.limit.requests / (this.limit.perSeconds * 1000);
		this.tokens = Math.min(this.limit.requests, this.tokens + (now - this.filledAt) * perMs);
		this.filledAt = now;
		if (this.tokens < 1) return (1 - this.tokens) / perMs;
		this.tokens--;
		return 0;
	}
}
