import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { isBlank } from '../../shared/text';
import { formatOffset } from '../../time/goFiveDate';
import { parseDate, type ParsedDate } from '../../time/parseDate';
import { getEndOfDay } from '../../time/range';
import { formatWallTime, toWallTime } from '../../time/zone';
import { invalidValueError } from '../invalidValue';
import type { Field, ReadContext } from '../types';
import { singleValueField, type FieldSettings, type RequiredOrOptional } from './singleValueField';

/** Description of the message about an invalid date. */
const DATE_REMEDY = `Select a day, or enter a date, for example 2025-01-31 (year 1900 or later, or a year of the Buddhist Era), a date and time, for example 2025-01-31T10:00:00 (in the time zone of your GoFive account), 2025-01-31T03:00:00Z or 2025-01-31T10:00:00+07:00, or an expression, for example {{ $now.minus(7, "days") }}. ${NOTHING_SENT}`;

/** Adds hints if a date may have another meaning for GoFive than for the user. */
function hintIfAmbiguous(
	{ buddhistYear, boundary, instant }: ParsedDate,
	displayName: string,
	{ timeZone, addHint }: ReadContext,
	isEnd: boolean,
): void {
	if (buddhistYear) {
		const text = `'${displayName}': the year ${buddhistYear.input} is a year of the Buddhist Era. ${buddhistYear.converted} was sent to GoFive.`;
		addHint(`${displayName} Buddhist Era`, text);
	}
	if (!boundary) return;
	const wallTime = formatWallTime(toWallTime(instant, timeZone)).replace('T', ' ');
	const [boundaryName, digits] =
		boundary.side === 'start' ? ['midnight', '00:00:00'] : ['the end of a day', '23:59:59'];
	if (!wallTime.endsWith(digits)) {
		const text = `'${displayName}' is ${boundaryName} in ${boundary.zone}, which is ${wallTime} in ${timeZone}, the time zone of GoFive. For a whole day in GoFive's time zone, select the day or enter it as 2025-01-31.`;
		addHint(`${displayName} day elsewhere`, text);
	} else if (isEnd && boundary.side === 'start') {
		const text = `'${displayName}' is the start of ${wallTime.slice(0, 10)} in ${timeZone}, so the rest of that day is not included. To include the day, select it or use an expression that ends in .endOf("day").`;
		addHint(`${displayName} midnight`, text);
	}
}

/**
 * Reads a date in any form that n8n or a spreadsheet returns, undefined if it is blank. Adds a hint if it is ambiguous.
 * @param isEnd - Whether the date ends a range.
 * @throws GoFiveError if the input is not a date.
 */
export function readDate(
	value: unknown,
	displayName: string,
	context: ReadContext,
	isEnd = false,
): ParsedDate | undefined {
	if (isBlank(value)) return undefined;
	const date = parseDate(value, context.timeZone);
	if (!date) throw invalidValueError(value, displayName, DATE_REMEDY);
	hintIfAmbiguous(date, displayName, context, isEnd);
	return date;
}

/** Offset of a time zone as GoFive writes it, for example +0700. */
function formatGoFiveOffset(instant: number, zone: string): string {
	return formatOffset(toWallTime(instant, zone) - instant).replace(':', '');
}

/** Date formats in the requests on GoFive's pages. Each takes an instant in ms and the account's time zone. */
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
	/** Format on the operation's page. */
	as: keyof typeof DATE_FORMATS;
	/** Whether the date ends a range. A day without a time then means the end of that day. */
	isEnd?: boolean;
}

const DAY_DESCRIPTION = 'A day in the time zone of your GoFive account, for example 2025-01-31';
const TIME_DESCRIPTION =
	'Date and time in the time zone of your GoFive account, for example 2025-01-31T10:00:00. The time zone defaults to Asia/Bangkok and can be changed in the options. A day without a time means midnight.';
const END_DESCRIPTION =
	'Last day, or last date and time, in the time zone of your GoFive account. A day without a time includes the whole day.';

/** Creates a field for a date, with or without a time. The value is a text in the format that GoFive expects. */
export function date<const A extends DateFieldSettings>(
	displayName: string,
	settings: A,
): Field<RequiredOrOptional<A, string>> {
	const { as, isEnd, description }: DateFieldSettings = settings;
	const isDay = as === 'day';
	const defaultDescription = isDay ? DAY_DESCRIPTION : isEnd ? END_DESCRIPTION : TIME_DESCRIPTION;
	const property = { type: 'dateTime' as const, ...(isDay && { typeOptions: { dateOnly: true } }) };
	const parse = (value: unknown, context: ReadContext): string => {
		const { instant, isWholeDay } = readDate(value, displayName, context, isEnd) as ParsedDate;
		const effective = isEnd && isWholeDay ? getEndOfDay(instant, context.timeZone) : instant;
		return DATE_FORMATS[as](effective, context.timeZone);
	};
	return {
		...singleValueField(displayName, description ?? defaultDescription, settings, property, parse, DATE_REMEDY),
		isDate: true,
	};
}
