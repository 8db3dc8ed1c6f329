import { dateRange, type DateRange } from '../time/dateRange';
import { instantAt, wallAt } from '../time/zone';

/** Days before and after today whose events are watched. */
export interface Span {
	lookBack: number;
	lookAhead: number;
}

const DAY = 86_400_000;

/** Days on both sides of the window in which an event that was seen is still remembered. */
export const MARGIN = 2;

/** The whole days of a span around the instant `now` (milliseconds), in `zone`. */
export function windowOf({ lookBack, lookAhead }: Span, now: number, zone: string): DateRange {
	const today = Math.floor(wallAt(now, zone) / DAY) * DAY;
	return dateRange(
		instantAt(today - lookBack * DAY, zone),
		instantAt(today + (lookAhead + 1) * DAY, zone) - 1000,
		zone,
	);
}

/** The span with the margin on both sides. */
export function withMargin({ lookBack, lookAhead }: Span): Span {
	return { lookBack: lookBack + MARGIN, lookAhead: lookAhead + MARGIN };
}
