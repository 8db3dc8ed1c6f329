import { clock } from '../../time/clock';
import { plain } from './envelope';

/** The shortest and the longest that one wait lasts, in milliseconds. */
export const SHORTEST_WAIT = 500;
export const LONGEST_WAIT = 2 * 60_000;

/** Retry-After, in seconds or as a date, as milliseconds from now; undefined when GoFive told no such time. */
export function retryAfter(headers: Record<string, unknown>): number | undefined {
	const text = plain(headers['retry-after']);
	if (text === '') return undefined;
	const milliseconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.now();
	// "At once", or a date that is past to a clock ahead of GoFive's, would send without end: then it counts as not told.
	return milliseconds > 0 ? Math.min(Math.max(milliseconds, SHORTEST_WAIT), LONGEST_WAIT) : undefined;
}
