import { clock } from '../../time/clock';
import { toText } from '../../shared/text';
import { MINUTE_MS, SECOND_MS } from '../../shared/units';

/** The shortest and the longest that one wait lasts, in milliseconds. */
export const MIN_RETRY_DELAY_MS = 500;
export const MAX_RETRY_DELAY_MS = 2 * MINUTE_MS;

/** Retry-After, in seconds or as a date, as milliseconds from now; undefined when GoFive told no such time. */
export function parseRetryAfterMs(headers: Record<string, unknown>): number | undefined {
	const text = toText(headers['retry-after']);
	if (text === '') return undefined;
	const milliseconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - clock.now();
	// "At once", or a date that is past to a clock ahead of GoFive's, would send without end: then it counts as not told.
	return milliseconds > 0 ? Math.min(Math.max(milliseconds, MIN_RETRY_DELAY_MS), MAX_RETRY_DELAY_MS) : undefined;
}
