import { createDateRange, type DateRange } from '../time/range';
import { toInstant, toWallTime } from '../time/zone';
import { DAY_MS, SECOND_MS } from '../shared/units';

/** Number of days before and after today whose events the trigger watches. */
export interface WindowDays {
	lookBack: number;
	lookAhead: number;
}

/**
 * Number of days on each side of the window in which events are still read and stored. So an event whose date moves out of
 * the window and back is not new.
 */
export const MARGIN_DAYS = 2;

/**
 * Builds the range of whole days around an instant.
 * @param now - Milliseconds since 1970.
 * @param zone - Time zone of the days.
 */
export function getEventWindow({ lookBack, lookAhead }: WindowDays, now: number, zone: string): DateRange {
	const today = Math.floor(toWallTime(now, zone) / DAY_MS) * DAY_MS;
	return createDateRange(
		toInstant(today - lookBack * DAY_MS, zone),
		toInstant(today + (lookAhead + 1) * DAY_MS, zone) - SECOND_MS,
		zone,
	);
}

/** Adds the margin to both sides of the window. */
export function addMargin({ lookBack, lookAhead }: WindowDays): WindowDays {
	return { lookBack: lookBack + MARGIN_DAYS, lookAhead: lookAhead + MARGIN_DAYS };
}
