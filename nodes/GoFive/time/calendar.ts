import { EARLIEST_DATE_MS, parseDateOfAnyEra } from './goFiveDate';
import { toWallTime } from './zone';
import { DAY_MS } from '../shared/units';

/** Part of the calendar by which records are grouped. */
export type CalendarUnit = 'week' | 'month' | 'quarter';

const MONTHS: Record<CalendarUnit, number> = { week: 0, month: 1, quarter: 3 };

/** Parses a date in a response to count its days. Undefined if the value is not a date, or the empty date of .NET (year 1). */
export function parseCalendarDate(value: unknown, zone: string): number | undefined {
	const instantMs = parseDateOfAnyEra(value, zone);
	return instantMs === undefined || instantMs < EARLIEST_DATE_MS ? undefined : instantMs;
}

/** Returns the start of the day of a wall time. */
export const getStartOfDay = (wallTime: number): number => Math.floor(wallTime / DAY_MS) * DAY_MS;

/** Returns the start of the week of a day. Weeks start on Monday. */
const getStartOfWeek = (day: number): number => day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;

/** Returns the first day of the week, month or quarter that contains a wall time, as a wall time. */
export function getStartOfUnit(wallTime: number, unit: CalendarUnit): number {
	const day = getStartOfDay(wallTime);
	if (unit === 'week') return getStartOfWeek(day);
	const date = new Date(day);
	const month = date.getUTCMonth();
	return Date.UTC(date.getUTCFullYear(), month - (month % MONTHS[unit]), 1);
}

/** Returns the first day of the next week, month or quarter. */
export function getStartOfNextUnit(start: number, unit: CalendarUnit): number {
	if (unit === 'week') return start + 7 * DAY_MS;
	const date = new Date(start);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[unit], 1);
}

/** Formats a week as its Monday (2026-11-30), a month as 2026-12, and a quarter as 2026-Q4. */
export function formatUnit(start: number, unit: CalendarUnit): string {
	const day = new Date(start).toISOString().slice(0, 10);
	if (unit === 'week') return day;
	const month = day.slice(0, 7);
	return unit === 'month' ? month : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** Returns the number of calendar days from an instant to `now`. It is negative for a later day. */
export function countDaysSince(instantMs: number, now: number, zone: string): number {
	const [day, today] = [toWallTime(instantMs, zone), toWallTime(now, zone)].map(getStartOfDay);
	return ((today as number) - (day as number)) / DAY_MS;
}
