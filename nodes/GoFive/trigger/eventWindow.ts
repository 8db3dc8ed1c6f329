import { createDateRange, type DateRange } from '../time/range';
import { toInstant, toWallTime } from '../time/zone';
import { DAY_MS, SECOND_MS } from '../shared/units';

/** Days before and after today whose events are watched. */
export interface WindowDays {
	lookBack: number;
	lookAhead: number;
}

/** Days on both sides of the window in which an event that was seen is still remembered. */
export const MARGIN_DAYS = 2;

/** The whole days of a span around the instant `now` (milliseconds), in `zone`. */
export function getEventWindow({ lookBack, lookAhead }: WindowDays, now: number, zone: string): DateRange {
	const today = Math.floor(toWallTime(now, zone) / DAY_MS) * DAY_MS;
	return createDateRange(
		toInstant(today - lookBack * DAY_MS, zone),
		toInstant(today + (lookAhead + 1) * DAY_MS, zone) - SECOND_MS,
		zone,
	);
}

/** The span with the margin on both sides. */
export function addMargin({ lookBack, lookAhead }: WindowDays): WindowDays {
	return { lookBack: lookBack + MARGIN_DAYS, lookAhead: lookAhead + MARGIN_DAYS };
}
