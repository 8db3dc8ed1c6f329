import { isBuddhistYear, MAX_BUDDHIST_YEAR, MIN_BUDDHIST_YEAR, toCommonEra } from './goFiveDate';
import { formatWallTime, toInstant, toWallTime } from './zone';
import { isObject } from '../shared/json';
import { toText } from '../shared/text';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../shared/units';

/** Date that a user entered. */
export interface ParsedDate {
	/** Instant in ms since 1970. For a date without a time, the start of its day. */
	instantMs: number;
	/** True if the value has no time and therefore means the entire day. */
	isWholeDay: boolean;
	/** Year of the Buddhist Era in the input, and the year of the Common Era that it was converted to. */
	buddhistYear?: { input: number; converted: number };
	/** Set for a date of a spreadsheet: its form, and the date or the date and time that it was read as. */
	sheetDate?: { form: 'serialNumber' | 'thaiDate'; text: string };
	/** Set if the value is the first or last second of a day in its zone or offset, for example n8n's `$today`. */
	boundary?: { side: 'start' | 'end'; zone: string };
}

const ISO_8601 =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Earliest year that is accepted. An older one is a typo, or .NET's empty date of the year 1. */
const MIN_YEAR = 1900;
/**
 * Serial number of a date in Excel and Google Sheets: the days since 1899-12-30, with the time as a fraction. Numbers from
 * 10,000 (1927) to 79,999 (2119) are read as dates. A smaller number is more likely a year, and a larger one a number of
 * seconds or milliseconds.
 */
const SERIAL_NUMBER = /^[1-7]\d{4}(?:\.\d+)?$/;
/** Day of the serial number 0, as a wall time. */
const SERIAL_NUMBER_START = Date.UTC(1899, 11, 30);

/** Day, month and year in this order, or month, day and year, with or without a time. */
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Recognizes Luxon's DateTime by the part of it that is read. Importing Luxon would add a dependency. */
const isLuxonDateTime = (value: unknown): value is { toISO(): unknown; zoneName?: string | null } =>
	isObject(value) && typeof value.toISO === 'function';

/** Formats a Luxon value. Luxon's Interval has `toISO` too, which throws once n8n has serialized its two dates. */
function luxonToIso(value: { toISO(): unknown }): string {
	try {
		return toText(value.toISO());
	} catch {
		return '';
	}
}

/** Parses Z or an offset from UTC. Returns undefined for more than 14 hours, the largest offset of any zone. */
function parseOffsetMs(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', '') || '0');
	if (hours > 14 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

/**
 * Parses ISO 8601 with or without a time and an offset, a Luxon DateTime, a Date, or a date of a spreadsheet.
 * Years of the Buddhist Era (2400 to 2700) are converted.
 *
 * @param zone - Zone of a date without an offset.
 * @returns The date, or undefined if the value is none of these.
 */
export function parseDate(value: unknown, zone: string): ParsedDate | undefined {
	if (isLuxonDateTime(value)) return parseDateText(luxonToIso(value), zone, value.zoneName ?? undefined);
	// An invalid Date is null in JSON.
	const text = toText(value instanceof Date ? value.toJSON() : value);
	if (SERIAL_NUMBER.test(text)) return parseSheetDate('serialNumber', formatSerialNumber(Number(text)), zone);
	if (YEAR_LAST.test(text) && !isAmbiguousDate(text)) return parseSheetDate('thaiDate', formatThaiDate(text), zone);
	return parseDateText(text, zone);
}

/**
 * Whether a text is a date in an order that differs between countries, for example 01/02/2025. A year of the Buddhist Era
 * is in Thai dates only, whose day is first.
 */
export function isAmbiguousDate(text: string): boolean {
	const year = YEAR_LAST.exec(text)?.[4];
	return year !== undefined && Number(year) < MIN_BUDDHIST_YEAR;
}

/**
 * Parses a date of a spreadsheet.
 * @param isoText - The date in ISO 8601. It may not exist.
 */
function parseSheetDate(form: 'serialNumber' | 'thaiDate', isoText: string, zone: string): ParsedDate | undefined {
	const parsedDate = parseDateText(isoText, zone);
	if (!parsedDate) return undefined;
	const wallTimeText = formatWallTime(toWallTime(parsedDate.instantMs, zone)).replace('T', ' ');
	const text = parsedDate.isWholeDay ? wallTimeText.slice(0, 10) : wallTimeText;
	return { ...parsedDate, sheetDate: { form, text } };
}

/** Formats a serial number as ISO 8601, rounded to the second. */
function formatSerialNumber(serialNumber: number): string {
	const seconds = Math.round((serialNumber * DAY_MS) / SECOND_MS);
	return formatWallTime(SERIAL_NUMBER_START + seconds * SECOND_MS);
}

/** Formats a date with day, month and year in this order as ISO 8601. */
function formatThaiDate(text: string): string {
	const [, day = '', , month = '', year = '', hour = '0', minute = '00', second = '00'] = YEAR_LAST.exec(text) ?? [];
	const [paddedDay, paddedMonth, paddedHour] = [day, month, hour].map((digits) => digits.padStart(2, '0'));
	return `${year}-${paddedMonth}-${paddedDay}T${paddedHour}:${minute}:${second}`;
}

/** Returns the side of a day at which a time is. Undefined for a time within the day. */
function findBoundary(time: string, zone: string): ParsedDate['boundary'] {
	if (time === '00:00:00.000') return { side: 'start', zone };
	return time.startsWith('23:59:59') ? { side: 'end', zone } : undefined;
}

function parseDateText(text: string, zone: string, zoneName?: string): ParsedDate | undefined {
	const match = ISO_8601.exec(text);
	if (!match) return undefined;
	const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offsetText] = match;
	const input = Number(year);
	if (input < MIN_YEAR || input > MAX_BUDDHIST_YEAR) return undefined;
	const buddhistYear = isBuddhistYear(input) ? { input, converted: toCommonEra(input) } : undefined;

	const time = `${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
	const wallTimeText = `${buddhistYear?.converted ?? input}-${month}-${day}T${time}Z`;
	const wallTime = new Date(wallTimeText);
	// Date reads a day that the calendar does not have, for example February 30, as a day of the next month.
	if (wallTime.toJSON() !== wallTimeText) return undefined;
	const isMidnight = time === '00:00:00.000';
	if (offsetText === undefined) {
		// n8n's date picker stores a day as its midnight, without an offset.
		return { instantMs: toInstant(wallTime.getTime(), zone), isWholeDay: isMidnight, buddhistYear };
	}
	const offset = parseOffsetMs(offsetText);
	if (offset === undefined) return undefined;
	const boundary = findBoundary(time, zoneName ?? (/^z$/i.test(offsetText) ? 'UTC' : offsetText));
	return { instantMs: wallTime.getTime() - offset, isWholeDay: false, buddhistYear, boundary };
}
