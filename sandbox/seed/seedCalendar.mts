import { DateTime } from 'luxon';

/** Function that returns the data of a day. The time is in ms since 1970. */
export type SeedBuilder<Data> = (nowMs: number) => Data;

/**
 * Builds data that depends on the current day in Thailand, once per day, because tests reset the sandbox often.
 * @param build - Receives the first millisecond of the day
 */
export function buildOncePerDay<Data>(build: (today: DateTime) => Data): SeedBuilder<Data> {
	let built: { dayMs: number; data: Data } | undefined;
	return (nowMs) => {
		const today = DateTime.fromMillis(nowMs, { zone: 'Asia/Bangkok' }).startOf('day');
		const dayMs = today.toMillis();
		if (built?.dayMs !== dayMs) built = { dayMs, data: build(today) };
		return built.data;
	};
}

const isWeekend = ({ weekday }: DateTime): boolean => weekday > 5;

/** Returns the day, or the Friday before a Saturday or a Sunday. */
export const toWorkday = (day: DateTime): DateTime => (isWeekend(day) ? day.minus({ days: day.weekday - 5 }) : day);

/** Lists the days from Monday to Friday in a month, as `YYYY-MM-DD`. */
export function listWorkdays(month: DateTime): string[] {
	const firstDay = month.startOf('month');
	const days = Array.from({ length: month.daysInMonth ?? 0 }, (_, index) => firstDay.plus({ days: index }));
	return days.filter((day) => !isWeekend(day)).map((day) => day.toFormat('yyyy-MM-dd'));
}

/** Formats a date with the offset of Thailand, as GoFive does in most lists. */
export const formatThaiTime = (date: DateTime): string => date.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");

/** Returns an element of a list, which starts again after its end. */
export function pickByIndex<Element>(elements: readonly Element[], index: number): Element {
	const element = elements[index % elements.length];
	if (element === undefined) throw new Error('The list is empty');
	return element;
}
