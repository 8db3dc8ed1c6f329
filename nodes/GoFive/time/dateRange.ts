import { goFiveInstant } from './goFiveDate';
import { instantAt, wallAt, wallText } from './zone';

/** The date ranges that a user can pick by name; `custom` means two dates. */
export type Preset =
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

const SECOND = 1000;
const DAY = 86_400_000;

/**
 * @param from first instant, milliseconds; @param to last instant, included with the whole of its second
 */
export function dateRange(from: number | undefined, to: number | undefined, zone: string): DateRange {
	const begin = from === undefined ? undefined : Math.floor(from / SECOND) * SECOND;
	const end = to === undefined ? undefined : Math.floor(to / SECOND) * SECOND + SECOND;
	return {
		from: begin === undefined ? undefined : wallText(wallAt(begin, zone)),
		to: end === undefined ? undefined : wallText(wallAt(end - SECOND, zone)),
		includes: (eventDate) => {
			const instant = goFiveInstant(eventDate, zone);
			if (instant === undefined) return true;
			return (begin === undefined || instant >= begin) && (end === undefined || instant < end);
		},
	};
}

/** The last second of the day that begins at an instant in `zone`. */
export function endOfDay(start: number, zone: string): number {
	const today = Math.floor(wallAt(start, zone) / DAY);
	return instantAt((today + 1) * DAY, zone) - SECOND;
}

/** The whole days of a named range, as seen at the instant `now` in `zone`; weeks begin on Monday. */
export function presetRange(preset: Preset, now: number, zone: string): DateRange {
	const wall = wallAt(now, zone);
	const today = Math.floor(wall / DAY) * DAY;
	const date = new Date(today);
	const monday = today - ((date.getUTCDay() + 6) % 7) * DAY;
	const month = (shift: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1);
	const year = (shift: number) => Date.UTC(date.getUTCFullYear() + shift, 0, 1);

	const spans: Record<Preset, [number, number]> = {
		today: [today, today + DAY],
		yesterday: [today - DAY, today],
		tomorrow: [today + DAY, today + 2 * DAY],
		thisWeek: [monday, monday + 7 * DAY],
		lastWeek: [monday - 7 * DAY, monday],
		nextWeek: [monday + 7 * DAY, monday + 14 * DAY],
		last7Days: [today - 6 * DAY, today + DAY],
		next7Days: [today, today + 7 * DAY],
		last30Days: [today - 29 * DAY, today + DAY],
		next30Days: [today, today + 30 * DAY],
		thisMonth: [month(0), month(1)],
		lastMonth: [month(-1), month(0)],
		nextMonth: [month(1), month(2)],
		thisYear: [year(0), year(1)],
	};
	const [first, next] = spans[preset];
	return dateRange(instantAt(first, zone), instantAt(next, zone) - SECOND, zone);
}
