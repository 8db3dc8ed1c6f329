import { clock } from '../time/clock';
import { toText } from '../shared/text';
import { MINUTE_MS, SECOND_MS } from '../shared/units';

/** Shortest Retry-After that is used, and the first backoff. Shorter waits would only add load to a busy server. */
export const MIN_RETRY_DELAY_MS = 500;
/** Longest wait before one retry. A longer Retry-After is shortened, so that a run notices an earlier recovery. */
export const MAX_RETRY_DELAY_MS = 2 * MINUTE_MS;

/**
 * Parses Retry-After, in seconds or as a date, to a time from now in ms. Returns undefined without a usable value.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfterMs(headers: Record<string, unknown>): number | undefined {
	const text = toText(headers['retry-after']);
	if (text === '') return undefined;
	const delayMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - clock.now();
	// Ignore 0 and past dates, which a clock ahead of GoFive's may cause. They would cause a tight retry loop.
	return delayMs > 0 ? Math.min(Math.max(delayMs, MIN_RETRY_DELAY_MS), MAX_RETRY_DELAY_MS) : undefined;
}
