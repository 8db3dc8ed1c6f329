import type { DateRange } from './range';

/** Names of the months, because Intl.DateTimeFormat would add milliseconds to every start of n8n. */
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats the day of a wall time, and its time if the period does not begin or end with the day. */
function formatSide(wallTime: string, dayTime: string): string {
	const [year, month, day] = wallTime.slice(0, 10).split('-').map(Number);
	const time = wallTime.slice(11);
	const date = `${day} ${MONTH_NAMES[(month as number) - 1]} ${year}`;
	return time === dayTime ? date : `${date} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}

/** Returns a day without the year or month that the other day of the period has, too. */
function shortenDay(day: string, otherDay: string): string {
	const [dayOfMonth, month, year] = day.split(' ');
	const [, otherMonth, otherYear] = otherDay.split(' ');
	if (year !== otherYear) return day;
	return month === otherMonth ? `${dayOfMonth}` : `${dayOfMonth} ${month}`;
}

/**
 * Formats a period as a title.
 * @example 23 to 29 Nov 2026, 28 Dec 2026 to 3 Jan 2027, 3 Jan 2027, until 3 Jan 2027, all dates
 */
export function formatPeriod({ from, to }: Pick<DateRange, 'from' | 'to'>): string {
	const start = from && formatSide(from, '00:00:00');
	const end = to && formatSide(to, '23:59:59');
	if (!start || !end) return (start && `from ${start}`) ?? (end && `until ${end}`) ?? 'all dates';
	if (start === end) return end;
	const hasTimes = start.includes(':') || end.includes(':');
	return `${hasTimes ? start : shortenDay(start, end)} to ${end}`;
}
