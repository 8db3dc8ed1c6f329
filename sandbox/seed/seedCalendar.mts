import { DateTime } from 'luxon';

/** First millisecond of the current day in Thailand. */
export const getThaiToday = (nowMs: number): DateTime =>
	DateTime.fromMillis(nowMs, { zone: 'Asia/Bangkok' }).startOf('day');

const isWeekend = ({ weekday }: DateTime): boolean => weekday > 5;

/** Returns the day, or the Friday before a Saturday or a Sunday. */
export const toWorkday = (day: DateTime): DateTime => (isWeekend(day) ? day.minus({ days: day.weekday - 5 }) : day);

/** Lists the days from Monday to Friday in a month. */
export function listWorkdays(month: DateTime): DateTime[] {
	const firstDay = month.startOf('month');
	const days = Array.from({ length: month.daysInMonth ?? 0 }, (_, index) => firstDay.plus({ days: index }));
	return days.filter((day) => !isWeekend(day));
}

/** Formats a date with the offset of Thailand, as GoFive does in most lists. */
export const formatThaiTime = (date: DateTime): string => date.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");

/** Returns an element of a list, which starts again after its end. */
export function pickByIndex<Element>(elements: readonly Element[], index: number): Element {
	const element = elements[index % elements.length];
	if (element === undefined) throw new Error('The list is empty');
	return element;
}
