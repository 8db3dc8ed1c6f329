import { DateTime } from 'luxon';

/** Returns the present in the time zone of the examples and of GoFive. */
export const getBangkokNow = (): DateTime => DateTime.now().setZone('Asia/Bangkok');

/** Returns the beginning of last month. */
export const getLastMonth = (): DateTime => getBangkokNow().minus({ months: 1 }).startOf('month');

/** Formats the days of a week as the titles of reports do, for example 23 to 29 Nov 2026. */
export function formatWeek(monday: DateTime): string {
	const sunday = monday.endOf('week');
	const yearOfMonday = sunday.hasSame(monday, 'year') ? '' : ' yyyy';
	const format = sunday.hasSame(monday, 'month') ? 'd' : `d LLL${yearOfMonday}`;
	return `${monday.toFormat(format)} to ${sunday.toFormat('d LLL yyyy')}`;
}
