import { parseGoFiveDate } from './goFiveDate';
import { toInstant, toWallTime, formatWallTime } from './zone';
import { DAY_MS, SECOND_MS } from '../shared/units';

/** The date ranges that a user can pick by name; `custom` means two dates. */
export type DateRangePreset =
	| 'today'
	| 'yesterday'
	| 'tomorrow'
	| 'thisWeek'
	| 'lastWeek'
	| 'nextWeek'
	| 'last7Days'
	| 'next7Days'
	| 'last30Days'
	| 'next30Days'
	| 'thisMonth'
	| 'lastMonth'
	| 'nextMonth'
	| 'thisYear';

/** A span of time in the zone of the GoFive account; a side that was not given is open. */
export interface DateRange {
	/** First second, as GoFive writes it (YYYY-MM-DDTHH:mm:ss). */
	from?: string;
	/** Last second, included. */
	to?: string;
	/** Whether a date as GoFive answers it lies inside; one that cannot be read counts as inside, so that nothing is lost. */
	includes(eventDate: unknown): boolean;
}

/**
 * @param from first instant, milliseconds; @param to last instant, included with the whole of its second
 */
export function createDateRange(from: number | undefined, to: number | undefined, zone: string): DateRange {
	const startMs = from === undefined ? undefined : Math.floor(from / SECOND_MS) * SECOND_MS;
	const endMs = to === undefined ? undefined : Math.floor(to / SECOND_MS) * SECOND_MS + SECOND_MS;
	return {
		from: startMs === undefined ? undefined : formatWallTime(toWallTime(startMs, zone)),
		to: endMs === undefined ? undefined : formatWallTime(toWallTime(endMs - SECOND_MS, zone)),
		includes: (eventDate) => {
			const instant = parseGoFiveDate(eventDate, zone);
			if (instant === undefined) return true;
			return (startMs === undefined || instant >= startMs) && (endMs === undefined || instant < endMs);
		},
	};
}

/** The last second of the day that begins at an instant in `zone`. */
export function getEndOfDay(startOfDay: number, zone: string): number {
	const today = Math.floor(toWallTime(startOfDay, zone) / DAY_MS);
	return toInstant((today + 1) * DAY_MS, zone) - SECOND_MS;
}

/** The whole days of a named range, as seen at the instant `now` in `zone`; weeks begin on Monday. */
export function createPresetRange(preset: DateRangePreset, now: number, zone: string): DateRange {
	const wall = toWallTime(now, zone);
	const today = Math.floor(wall / DAY_MS) * DAY_MS;
	const date = new Date(today);
	const monday = today - ((date.getUTCDay() + 6) % 7) * DAY_MS;
	const month = (shift: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1);
	const year = (shift: number) => Date.UTC(date.getUTCFullYear() + shift, 0, 1);

	const ranges: Record<DateRangePreset, [number, number]> = {
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
		thisMonth: [month(0), month(1)],
		lastMonth: [month(-1), month(0)],
		nextMonth: [month(1), month(2)],
		thisYear: [year(0), year(1)],
	};
	const [first, end] = ranges[preset];
	return createDateRange(toInstant(first, zone), toInstant(end, zone) - SECOND_MS, zone);
}
