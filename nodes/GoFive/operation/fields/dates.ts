import { NOTHING_SENT } from '../../api/words/failure';
import { endOfDay } from '../../time/dateRange';
import { offsetText } from '../../time/goFiveDate';
import { momentOf, type Moment } from '../../time/moment';
import { wallAt, wallText } from '../../time/zone';
import { isBlank, notAccepted } from '../text';
import type { Field, ReadContext } from '../types';
import { one, type About, type Given } from './one';

/** What is told where a date cannot be read. */
const FORMS = `Pick a day, or give a date such as 2025-01-31 (years from 1900 on, or of the Buddhist Era), a time such as 2025-01-31T10:00:00 (time of your GoFive account), 2025-01-31T03:00:00Z or 2025-01-31T10:00:00+07:00, or a value such as {{ $now.minus(7, "days") }}. ${NOTHING_SENT}`;

/**
 * A date that a person gave, in whatever form; undefined when it is blank. Tells of what it may not mean.
 * @param isEnd whether it ends a range
 * @throws Failure when it is no date
 */
export function readMoment(
	value: unknown,
	displayName: string,
	context: ReadContext,
	isEnd = false,
): Moment | undefined {
	if (isBlank(value)) return undefined;
	const moment = momentOf(value, context.timeZone);
	if (!moment) throw notAccepted(value, displayName, FORMS);
	const { buddhistYear, edge, instant } = moment;
	if (buddhistYear) {
		const text = `'${displayName}': the year ${buddhistYear.given} is in the Buddhist Era; ${buddhistYear.sent} was sent to GoFive.`;
		context.hint(`${displayName} Buddhist Era`, text);
	}
	if (edge) {
		const wall = wallText(wallAt(instant, context.timeZone)).replace('T', ' ');
		const [what, digits] = edge.of === 'start' ? ['midnight', '00:00:00'] : ['the end of a day', '23:59:59'];
		if (!wall.endsWith(digits)) {
			const text = `'${displayName}' is ${what} in ${edge.zone}, which is ${wall} in ${context.timeZone}, the time zone of GoFive. For a whole day in GoFive's time zone, pick the day or give it as 2025-01-31.`;
			context.hint(`${displayName} day elsewhere`, text);
		} else if (isEnd && edge.of === 'start') {
			const text = `'${displayName}' is the first moment of ${wall.slice(0, 10)} in ${context.timeZone}, so the rest of that day is left out. To include the day, pick it or use an expression that ends in .endOf("day").`;
			context.hint(`${displayName} midnight`, text);
		}
	}
	return moment;
}

/** The offset of a zone as GoFive writes it: +0700. */
function offsetOf(instant: number, zone: string): string {
	return offsetText(wallAt(instant, zone) - instant).replace(':', '');
}

/** The forms in which GoFive's pages write dates in requests (all in the account's zone), from an instant in milliseconds. */
const WRITTEN = {
	/** 2025-01-31T10:00:00 */
	wallTime: (instant: number, zone: string) => wallText(wallAt(instant, zone)),
	/** 2025-01-31T10:00:00+0700 */
	offset: (instant: number, zone: string) => WRITTEN.wallTime(instant, zone) + offsetOf(instant, zone),
	/** 2025-01-31T10:00:00.000+0700 */
	milliseconds: (instant: number, zone: string) =>
		new Date(wallAt(instant, zone)).toISOString().slice(0, 23) + offsetOf(instant, zone),
	/** 2025-01-31 10:00:00 */
	blank: (instant: number, zone: string) => WRITTEN.wallTime(instant, zone).replace('T', ' '),
	/** 2025-01-31 */
	day: (instant: number, zone: string) => WRITTEN.wallTime(instant, zone).slice(0, 10),
	/** 2025-01-31T03:00:00.000Z */
	utc: (instant: number) => new Date(instant).toISOString(),
};

interface AboutDate extends About<never> {
	description?: string;
	/** How the page of the operation writes it. */
	as: keyof typeof WRITTEN;
	/** Whether it ends a range: a day that is picked without a time is included whole. */
	isEnd?: boolean;
}

const OF_DAY = 'A day in the time zone of your GoFive account, such as 2025-01-31';
const OF_TIME =
	'Date and time in the time zone of your GoFive account (Asia/Bangkok unless you change it in the options), such as 2025-01-31T10:00:00. A day picked without a time means midnight.';

const OF_END =
	'Last day, or last date and time, in the time zone of your GoFive account. A day picked without a time is included whole.';

/** A date, or a date and time; the value is as GoFive writes it. */
export function date<const A extends AboutDate>(
	displayName: string,
	{ as, isEnd, description, ...about }: A,
): Field<Given<A, string>> {
	const isDay = as === 'day';
	const told = description ?? (isDay ? OF_DAY : isEnd ? OF_END : OF_TIME);
	const property = { type: 'dateTime' as const, ...(isDay && { typeOptions: { dateOnly: true } }) };
	const parse = (given: unknown, context: ReadContext): string => {
		const { instant, wholeDay } = readMoment(given, displayName, context, isEnd) as Moment;
		const meant = isEnd && wholeDay ? endOfDay(instant, context.timeZone) : instant;
		return WRITTEN[as](meant, context.timeZone);
	};
	return { ...one(displayName, told, about, property, parse, FORMS), isDate: true } as unknown as Field<
		Given<A, string>
	>;
}
