import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { getEndOfDay } from '../../time/range';
import { formatOffset } from '../../time/goFiveDate';
import { parseDate, type ParsedDate } from '../../time/parseDate';
import { toWallTime, formatWallTime } from '../../time/zone';
import { invalidValueError } from '../invalidValue';
import type { Field, ReadContext } from '../types';
import { singleValueField, type FieldSettings, type RequiredOrOptional } from './singleValueField';
import { isBlank } from '../../shared/text';

/** What is told where a date cannot be read. */
const ACCEPTED_DATES = `Pick a day, or give a date such as 2025-01-31 (years from 1900 on, or of the Buddhist Era), a time such as 2025-01-31T10:00:00 (time of your GoFive account), 2025-01-31T03:00:00Z or 2025-01-31T10:00:00+07:00, or a value such as {{ $now.minus(7, "days") }}. ${NOTHING_SENT}`;

/**
 * A date that a person gave, in whatever form; undefined when it is blank. Tells of what it may not mean.
 * @param isEnd whether it ends a range
 * @throws GoFiveError when it is no date
 */
export function readDate(
	value: unknown,
	displayName: string,
	context: ReadContext,
	isEnd = false,
): ParsedDate | undefined {
	if (isBlank(value)) return undefined;
	const parsed = parseDate(value, context.timeZone);
	if (!parsed) throw invalidValueError(value, displayName, ACCEPTED_DATES);
	const { buddhistYear, boundary, instant } = parsed;
	if (buddhistYear) {
		const text = `'${displayName}': the year ${buddhistYear.input} is in the Buddhist Era; ${buddhistYear.converted} was sent to GoFive.`;
		context.addHint(`${displayName} Buddhist Era`, text);
	}
	if (boundary) {
		const wallTime = formatWallTime(toWallTime(instant, context.timeZone)).replace('T', ' ');
		const [boundaryName, digits] =
			boundary.side === 'start' ? ['midnight', '00:00:00'] : ['the end of a day', '23:59:59'];
		if (!wallTime.endsWith(digits)) {
			const text = `'${displayName}' is ${boundaryName} in ${boundary.zone}, which is ${wallTime} in ${context.timeZone}, the time zone of GoFive. For a whole day in GoFive's time zone, pick the day or give it as 2025-01-31.`;
			context.addHint(`${displayName} day elsewhere`, text);
		} else if (isEnd && boundary.side === 'start') {
			const text = `'${displayName}' is the first moment of ${wallTime.slice(0, 10)} in ${context.timeZone}, so the rest of that day is left out. To include the day, pick it or use an expression that ends in .endOf("day").`;
			context.addHint(`${displayName} midnight`, text);
		}
	}
	return parsed;
}

/** The offset of a zone as GoFive writes it: +0700. */
function formatGoFiveOffset(instant: number, zone: string): string {
	return formatOffset(toWallTime(instant, zone) - instant).replace(':', '');
}

/** The forms in which GoFive's pages write dates in requests (all in the account's zone), from an instant in milliseconds. */
const DATE_FORMATS = {
	/** 2025-01-31T10:00:00 */
	wallTime: (instant: number, zone: string) => formatWallTime(toWallTime(instant, zone)),
	/** 2025-01-31T10:00:00+0700 */
	offset: (instant: number, zone: string) => DATE_FORMATS.wallTime(instant, zone) + formatGoFiveOffset(instant, zone),
	/** 2025-01-31T10:00:00.000+0700 */
	milliseconds: (instant: number, zone: string) =>
		new Date(toWallTime(instant, zone)).toISOString().slice(0, 23) + formatGoFiveOffset(instant, zone),
	/** 2025-01-31 10:00:00 */
	blank: (instant: number, zone: string) => DATE_FORMATS.wallTime(instant, zone).replace('T', ' '),
	/** 2025-01-31 */
	day: (instant: number, zone: string) => DATE_FORMATS.wallTime(instant, zone).slice(0, 10),
	/** 2025-01-31T03:00:00.000Z */
	utc: (instant: number) => new Date(instant).toISOString(),
};

interface DateFieldSettings extends FieldSettings<never> {
	description?: string;
	/** How the page of the operation writes it. */
	as: keyof typeof DATE_FORMATS;
	/** Whether it ends a range: a day that is picked without a time is included whole. */
	isEnd?: boolean;
}

const DAY_DESCRIPTION = 'A day in the time zone of your GoFive account, such as 2025-01-31';
const TIME_DESCRIPTION =
	'Date and time in the time zone of your GoFive account (Asia/Bangkok unless you change it in the options), such as 2025-01-31T10:00:00. A day picked without a time means midnight.';

const END_DESCRIPTION =
	'Last day, or last date and time, in the time zone of your GoFive account. A day picked without a time is included whole.';

/** A date, or a date and time; the value is as GoFive writes it. */
export function date<const A extends DateFieldSettings>(
	displayName: string,
	{ as, isEnd, description, ...settings }: A,
): Field<RequiredOrOptional<A, string>> {
	const isDay = as === 'day';
	const shownDescription = description ?? (isDay ? DAY_DESCRIPTION : isEnd ? END_DESCRIPTION : TIME_DESCRIPTION);
	const property = { type: 'dateTime' as const, ...(isDay && { typeOptions: { dateOnly: true } }) };
	const parse = (value: unknown, context: ReadContext): string => {
		const { instant, isWholeDay } = readDate(value, displayName, context, isEnd) as ParsedDate;
		const effective = isEnd && isWholeDay ? getEndOfDay(instant, context.timeZone) : instant;
		return DATE_FORMATS[as](effective, context.timeZone);
	};
	return {
		...singleValueField(displayName, shownDescription, settings, property, parse, ACCEPTED_DATES),
		isDate: true,
	} as unknown as Field<RequiredOrOptional<A, string>>;
}
