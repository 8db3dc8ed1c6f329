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

/** Number of attempts apart from those that the rate limit rejects. With backoff, they span 4 to 8 seconds. */
const MAX_ATTEMPTS = 5;
/** Total time in ms that a request waits for the rate limit. If nothing gets through meanwhile, the run ends. */
const MAX_RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;

/** Computes an exponential backoff. Up to half of it is random, so that processes do not retry at the same time. */
function computeBackoffMs(attempt: number): number {
	const maxDelayMs = Math.min(MIN_RETRY_DELAY_MS * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS);
	return maxDelayMs * (0.5 + clock.random() / 2);
}

/**
 * Computes the time in ms until a request is sent again.
 *
 * @param maxRateLimitWaitMs - Time in ms that the request may wait for the rate limit in total.
 * @returns Undefined if the outcome is final.
 */
export function planRetry(
	outcome: Outcome,
	requestKind: RequestKind,
	{ attempts, rateLimitedAttempts, rateLimitWaitMs }: RequestHistory,
	maxRateLimitWaitMs = MAX_RATE_LIMIT_WAIT_MS,
): number | undefined {
	if (!isRetryable(outcome, requestKind)) return undefined;
	const wasRateLimited = isRateLimited(outcome);
	const attempt = wasRateLimited ? Math.max(rateLimitedAttempts, 1) : attempts - rateLimitedAttempts;
	const retryAfterMs = outcome.kind === 'response' ? parseRetryAfterMs(outcome.headers) : undefined;
	const delayMs = retryAfterMs ?? computeBackoffMs(attempt);
	const isLast = wasRateLimited ? rateLimitWaitMs + delayMs > maxRateLimitWaitMs : attempt >= MAX_ATTEMPTS;
	return isLast ? undefined : delayMs;
}
