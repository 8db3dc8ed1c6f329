import { getStartOfDay, getStartOfUnit } from './calendar';
import { parseDateOfAnyEra } from './goFiveDate';
import { toInstant, toWallTime, formatWallTime } from './zone';
import { DAY_MS, SECOND_MS } from '../shared/units';

/** Date range in the zone of the GoFive account. A missing start or end leaves that side open. */
export interface DateRange {
	/** First second as a wall time: YYYY-MM-DDTHH:mm:ss. */
	from?: string;
	/** Last second, inclusive, in the same format. */
	to?: string;
	/** Returns true if a date in a response is within the range, or unreadable, so that no record is lost. */
	includes(eventDate: unknown): boolean;
	/** Whether an instant in ms since 1970 is within the range. */
	contains(instantMs: number): boolean;
	/** Set for a range that a user selects by name: its name, and the day on which it was created, as a wall time. */
	preset?: { name: DateRangePreset; today: number };
}

/**
 * Creates a date range from two instants.
 *
 * @param from - First instant, rounded down to its second.
 * @param to - Last instant. The range includes its entire second.
 */
export function createDateRange(from: number | undefined, to: number | undefined, zone: string): DateRange {
	const startMs = Math.floor((from ?? -Infinity) / SECOND_MS) * SECOND_MS;
	const endMs = Math.floor((to ?? Infinity) / SECOND_MS) * SECOND_MS + SECOND_MS;
	const contains = (instantMs: number): boolean => instantMs >= startMs && instantMs < endMs;
	return {
		from: from === undefined ? undefined : formatWallTime(toWallTime(startMs, zone)),
		to: to === undefined ? undefined : formatWallTime(toWallTime(endMs - SECOND_MS, zone)),
		includes: (eventDate) => {
			// Parsing the dates of 100,000 records takes noticeable time.
			if (from === undefined && to === undefined) return true;
			const instantMs = parseDateOfAnyEra(eventDate, zone);
			return instantMs === undefined || contains(instantMs);
		},
		contains,
	};
}

/** Creates the range between two wall times. The second one is exclusive. */
export const createPeriod = (start: number, end: number, zone: string): DateRange =>
	createDateRange(toInstant(start, zone), toInstant(end, zone) - SECOND_MS, zone);

/** Returns the last second of the day that begins at an instant. */
export function getEndOfDay(startOfDay: number, zone: string): number {
	const dayNumber = Math.floor(toWallTime(startOfDay, zone) / DAY_MS);
	return toInstant((dayNumber + 1) * DAY_MS, zone) - SECOND_MS;
}

/** Creates the range of whole days from a number of days before the instant `now` to a number of days after it. */
export function createDaysRange(before: number, after: number, now: number, zone: string): DateRange {
	const today = getStartOfDay(toWallTime(now, zone));
	return createPeriod(today - before * DAY_MS, today + (after + 1) * DAY_MS, zone);
}

/** Returns the start of the first day and the end of the last day of each date range that a user selects by name. */
function getPresetRanges(today: number) {
	const date = new Date(today);
	const monday = getStartOfUnit(today, 'week');
	const startOfMonth = (shift: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1);
	const firstMonthOfQuarter = new Date(getStartOfUnit(today, 'quarter')).getUTCMonth();
	const startOfQuarter = (shift: number) => Date.UTC(date.getUTCFullYear(), firstMonthOfQuarter + shift * 3, 1);
	const startOfYear = (shift: number) => Date.UTC(date.getUTCFullYear() + shift, 0, 1);

	// Start and end as wall times, the end exclusive.
	return {
		today: [today, today + DAY_MS],
		yesterday: [today - DAY_MS, today],
		tomorrow: [today + DAY_MS, today + 2 * DAY_MS],
		thisWeek: [monday, monday + 7 * DAY_MS],
		lastWeek: [monday - 7 * DAY_MS, monday],
		nextWeek: [monday + 7 * DAY_MS, monday + 14 * DAY_MS],
		last7Days: [today - 6 * DAY_MS, today + DAY_MS],
		next7Days: [today, today + 7 * DAY_MS],
		last30Days: [today - 29 * DAY_MS, today + DAY_MS],
		next30Days: [today, today + 30 * DAY_MS],
		thisMonth: [startOfMonth(0), startOfMonth(1)],
		lastMonth: [startOfMonth(-1), startOfMonth(0)],
		nextMonth: [startOfMonth(1), startOfMonth(2)],
		thisQuarter: [startOfQuarter(0), startOfQuarter(1)],
		lastQuarter: [startOfQuarter(-1), startOfQuarter(0)],
		thisYear: [startOfYear(0), startOfYear(1)],
		lastYear: [startOfYear(-1), startOfYear(0)],
	} satisfies Record<string, [number, number]>;
}

/** Date range that a user selects by name. All consist of entire days. */
export type DateRangePreset = keyof ReturnType<typeof getPresetRanges>;

/** Creates the range of a preset, relative to the instant `now`. Weeks start on Monday. */
export function createPresetRange(preset: DateRangePreset, now: number, zone: string): DateRange {
	const today = getStartOfDay(toWallTime(now, zone));
	const [start, end] = getPresetRanges(today)[preset];
	return { ...createPeriod(start, end, zone), preset: { name: preset, today } };
}
