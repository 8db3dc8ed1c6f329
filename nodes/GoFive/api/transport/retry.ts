import { clock } from '../../time/clock';
import { isRateLimited, type Outcome } from '../response/outcome';
import { isRetryable, type RequestKind } from '../response/retryable';
import { MAX_RETRY_DELAY_MS, parseRetryAfterMs, MIN_RETRY_DELAY_MS } from '../response/retryAfter';
import { MINUTE_MS } from '../../shared/units';

/** What has happened to a request so far. */
export interface RequestHistory {
	/** How often it was sent. */
	attempts: number;
	/** How often of these the rate limit refused it. */
	rateLimitedAttempts: number;
	/** Milliseconds that it waited for that reason. */
	rateLimitWaitMs: number;
	/** How many requests of the run had got through when it was refused first. */
	completedBeforeRateLimit?: number;
}

/** How long to wait before the next attempt, and whether all requests of the run wait with it. */
export interface RetryDelay {
	delayMs: number;
	pausesAll: boolean;
}

const MAX_ATTEMPTS = 5;
const MAX_RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;

/** Counts a refusal by the rate limit. @param completedBefore how many requests of the run have got through so far */
export function countRateLimit(history: RequestHistory, completedBefore: number): void {
	history.rateLimitedAttempts += 1;
	history.completedBeforeRateLimit ??= completedBefore;
}

function computeBackoffMs(attempt: number): number {
	const maxDelayMs = Math.min(MIN_RETRY_DELAY_MS * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS);
	return maxDelayMs * (0.5 + clock.random() / 2);
}

/**
 * Whether and when to send a request again.
 * @param maxRateLimitWaitMs for how many milliseconds it may wait while the rate limit refuses it
 * @returns undefined when the outcome stands
 */
export function planRetry(
	outcome: Outcome,
	kind: RequestKind,
	{ attempts, rateLimitedAttempts, rateLimitWaitMs }: RequestHistory,
	maxRateLimitWaitMs = MAX_RATE_LIMIT_WAIT_MS,
): RetryDelay | undefined {
	if (!isRetryable(outcome, kind)) return undefined;
	const pausesAll = isRateLimited(outcome);
	const attempt = pausesAll ? Math.max(rateLimitedAttempts, 1) : attempts - rateLimitedAttempts;
	const retryAfterMs = outcome.kind === 'response' ? parseRetryAfterMs(outcome.headers) : undefined;
	const delayMs = retryAfterMs ?? computeBackoffMs(attempt);
	if (pausesAll ? rateLimitWaitMs + delayMs > maxRateLimitWaitMs : attempt >= MAX_ATTEMPTS) return undefined;
	return { delayMs, pausesAll };
}
