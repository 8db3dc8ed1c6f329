import { clock } from '../../time/clock';
import { isRateLimited, type Outcome } from '../response/outcome';
import { isRetryable, type RequestKind } from '../response/retryRules';
import { MAX_RETRY_DELAY_MS, parseRetryAfterMs, MIN_RETRY_DELAY_MS } from '../response/retryAfter';
import { MINUTE_MS } from '../../shared/units';

/** Attempts of one request so far. */
export interface RequestHistory {
	attempts: number;
	/** Number of attempts that the rate limit has rejected. */
	rateLimitedAttempts: number;
	/** Time in ms that the request has waited for the rate limit. */
	rateLimitWaitMs: number;
	/** Number of requests of the run that the rate limit had accepted when it first rejected this one. */
	acceptedBeforeRateLimit?: number;
}

/** Decision to retry a request. */
export interface RetryDelay {
	delayMs: number;
	/** True if all requests of the run wait, since the rate limit applies to all of them. */
	pausesAll: boolean;
}

/** Number of attempts apart from those that the rate limit rejects. With backoff, they span 4 to 8 seconds. */
const MAX_ATTEMPTS = 5;
/** Total time in ms that a request waits for the rate limit. If nothing gets through meanwhile, the run ends. */
const MAX_RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;

/**
 * Counts a rejection by the rate limit.
 *
 * @param acceptedRequests - Number of requests of the run that the rate limit has accepted so far.
 */
export function countRateLimit(history: RequestHistory, acceptedRequests: number): void {
	history.rateLimitedAttempts += 1;
	history.acceptedBeforeRateLimit ??= acceptedRequests;
}

/** Computes an exponential backoff. Up to half of it is random, so that processes do not retry at the same time. */
function computeBackoffMs(attempt: number): number {
	const maxDelayMs = Math.min(MIN_RETRY_DELAY_MS * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS);
	return maxDelayMs * (0.5 + clock.random() / 2);
}

/**
 * Decides whether and when a request is sent again.
 *
 * @param maxRateLimitWaitMs - Time in ms that the request may wait for the rate limit in total.
 * @returns Undefined if the outcome is final.
 */
export function planRetry(
	outcome: Outcome,
	requestKind: RequestKind,
	{ attempts, rateLimitedAttempts, rateLimitWaitMs }: RequestHistory,
	maxRateLimitWaitMs = MAX_RATE_LIMIT_WAIT_MS,
): RetryDelay | undefined {
	if (!isRetryable(outcome, requestKind)) return undefined;
	const pausesAll = isRateLimited(outcome);
	const attempt = pausesAll ? Math.max(rateLimitedAttempts, 1) : attempts - rateLimitedAttempts;
	const retryAfterMs = outcome.kind === 'response' ? parseRetryAfterMs(outcome.headers) : undefined;
	const delayMs = retryAfterMs ?? computeBackoffMs(attempt);
	if (pausesAll ? rateLimitWaitMs + delayMs > maxRateLimitWaitMs : attempt >= MAX_ATTEMPTS) return undefined;
	return { delayMs, pausesAll };
}
