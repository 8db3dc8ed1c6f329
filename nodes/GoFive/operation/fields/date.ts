import { isBlank, toText } from '../../shared/text';
import { formatOffset } from '../../time/goFiveDate';
import { isAmbiguousDate, parseDate, type ParsedDate } from '../../time/parseDate';
import { getEndOfDay } from '../../time/range';
import { formatWallTime, toWallTime } from '../../time/zone';
import { invalidValueError } from './readValue';
import type { Field, ReadContext } from '../field';
import { singleValueField, type FieldSettings, type RequiredOrOptional } from './singleValueField';

/** Error description for a required date that is blank. */
const BLANK_DATE_DESCRIPTION = 'Select a date, or check the column that the expression reads.';

/** Error description for an invalid date. */
const INVALID_DATE_DESCRIPTION = 'Enter the date as 2025-01-31 or 2568-01-31, or with a time as 2025-01-31T10:00:00.';

/** Error description for a date like 01/02/2025. Such a date often comes from a sheet. */
const AMBIGUOUS_DATE_DESCRIPTION =
	'The order of day and month differs between countries. Enter the date as 2025-01-31, and format a column of a sheet in the same way.';

/** What a date of a spreadsheet is, for a hint. */
const SHEET_DATE_FORMS = {
	serialNumber: 'the serial number of a date in a sheet',
	thaiDate: 'a date with a Thai year',
};

/** Adds a hint if the date was converted, or if it may have another meaning in GoFive's time zone. */
function addDateHints(
	{ buddhistYear, boundary, sheetDate, instantMs }: ParsedDate,
	displayName: string,
	{ timeZone, addHint }: ReadContext,
	isRangeEnd: boolean,
): void {
	if (sheetDate) {
		const text = `'${displayName}' contains ${SHEET_DATE_FORMS[sheetDate.form]}, which was read as ${sheetDate.text}.`;
		addHint(`${displayName} ${sheetDate.form}`, text);
	} else if (buddhistYear) {
		const text = `'${displayName}' contains the year ${buddhistYear.input} of the Buddhist Era (B.E.), which was read as ${buddhistYear.converted}.`;
		addHint(`${displayName} Buddhist Era`, text);
	}
	if (!boundary) return;
	const wallTime = formatWallTime(toWallTime(instantMs, timeZone)).replace('T', ' ');
	const [boundaryName, boundaryTime] =
		boundary.side === 'start' ? ['midnight', '00:00:00'] : ['the end of a day', '23:59:59'];
	if (!wallTime.endsWith(boundaryTime)) {
		const text = `'${displayName}' is ${boundaryName} in ${boundary.zone}. In the time zone of your GoFive account (${timeZone}), this is ${wallTime}. To specify a day in this time zone, select it or enter it as 2025-01-31.`;
		addHint(`${displayName} boundary in another time zone`, text);
	} else if (isRangeEnd && boundary.side === 'start') {
		const text = `'${displayName}' is the start of ${wallTime.slice(0, 10)} in ${timeZone}, not the end of that day. To specify the end of that day, select the day, or use an expression that ends in .endOf("day"), for example {{ $today.endOf("day") }}.`;
		addHint(`${displayName} ends at midnight`, text);
	}
}

/**
 * Parses a date from n8n or a spreadsheet. Adds a hint if the date is ambiguous.
 * @param isRangeEnd - Whether the date ends a range. A day without a time then means the end of that day.
 * @returns Time in ms since 1970, or undefined for a blank value.
 * @throws GoFiveError if the input is not a date.
 */
export function readDate(
	value: unknown,
	displayName: string,
	context: ReadContext,
	isRangeEnd = false,
): number | undefined {
	if (isBlank(value)) return undefined;
	const parsedDate = parseDate(value, context.timeZone);
	if (!parsedDate) {
		const description = isAmbiguousDate(toText(value)) ? AMBIGUOUS_DATE_DESCRIPTION : INVALID_DATE_DESCRIPTION;
		throw invalidValueError(value, displayName, description);
	}
	addDateHints(parsedDate, displayName, context, isRangeEnd);
	const { instantMs, isWholeDay } = parsedDate;
	return isRangeEnd && isWholeDay ? getEndOfDay(instantMs, context.timeZone) : instantMs;
}

/** Offset of a time zone as GoFive writes it, for example +0700. */
function formatGoFiveOffset(instantMs: number, zone: string): string {
	return formatOffset(toWallTime(instantMs, zone) - instantMs).replace(':', '');
}

/**
 * Date formats in the request examples of GoFive's documentation.
 * Each function formats an instant, in ms since 1970, for the time zone of the account.
 */
export const DATE_FORMATS = {
	/** 2025-01-31T10:00:00 */
	wallTime: (instantMs: number, zone: string) => formatWallTime(toWallTime(instantMs, zone)),
	/** 2025-01-31T10:00:00+0700 */
	withOffset: (instantMs: number, zone: string) =>
		DATE_FORMATS.wallTime(instantMs, zone) + formatGoFiveOffset(instantMs, zone),
	/** 2025-01-31T10:00:00.000+0700 */
	withMillisecondsAndOffset: (instantMs: number, zone: string) =>
		new Date(toWallTime(instantMs, zone)).toISOString().slice(0, 23) + formatGoFiveOffset(instantMs, zone),
	/** 2025-01-31 10:00:00 */
	spaceSeparated: (instantMs: number, zone: string) => DATE_FORMATS.wallTime(instantMs, zone).replace('T', ' '),
	/** 2025-01-31 */
	dateOnly: (instantMs: number, zone: string) => DATE_FORMATS.wallTime(instantMs, zone).slice(0, 10),
};

interface DateFieldSettings extends FieldSettings<never> {
	description?: string;
	/** Date format that GoFive's documentation shows for this operation. */
	format: keyof typeof DATE_FORMATS;
	/** Whether the date ends a range. A day without a time then means the end of that day. */
	isRangeEnd?: boolean;
}

const DAY_DESCRIPTION = 'Day in the time zone of your GoFive account (Thailand by default), for example 2025-01-31';
const DATE_TIME_DESCRIPTION =
	'Date and time in the time zone of your GoFive account (Thailand by default), for example 2025-01-31 10:00:00. In an expression, a day without a time means midnight.';

/** Creates a field for a date, with or without a time. The value is a string in the format that GoFive expects. */
export function date<const A extends DateFieldSettings>(
	displayName: string,
	settings: A,
): Field<RequiredOrOptional<A, string>> {
	const { format, isRangeEnd, description }: DateFieldSettings = settings;
	const isDay = format === 'dateOnly';
	const defaultDescription = isDay ? DAY_DESCRIPTION : DATE_TIME_DESCRIPTION;
	const property = { type: 'dateTime' as const, ...(isDay && { typeOptions: { dateOnly: true } }) };
	const parse = (value: unknown, context: ReadContext): string => {
		// Not blank: singleValueField calls parse only for filled inputs.
		const instantMs = readDate(value, displayName, context, isRangeEnd) as number;
		return DATE_FORMATS[format](instantMs, context.timeZone);
	};
	const text = description ?? defaultDescription;
	const field = singleValueField(displayName, text, settings, property, parse, BLANK_DATE_DESCRIPTION);
	return { ...field, isDate: true };
}
