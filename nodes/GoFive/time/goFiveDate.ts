import { toInstant } from './zone';
import { MINUTE_MS } from '../shared/units';

/** First and last year that are read as years of the Buddhist Era, the calendar of Thailand. */
export const MIN_BUDDHIST_YEAR = 2400;
export const MAX_BUDDHIST_YEAR = 2700;

/** Number of years that the Buddhist Era is ahead of the Common Era. */
const BUDDHIST_ERA_OFFSET_YEARS = 543;

export const isBuddhistYear = (year: number): boolean => year >= MIN_BUDDHIST_YEAR && year <= MAX_BUDDHIST_YEAR;

/** Converts a year of the Buddhist Era to the Common Era. */
export const toCommonEra = (buddhistYear: number): number => buddhistYear - BUDDHIST_ERA_OFFSET_YEARS;

const DATE_START = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const OFFSET_WITHOUT_COLON = /([+-]\d{2})(\d{2})$/;
const OFFSET_END = /(?:Z|[+-]\d{2}:\d{2})$/i;
/** Earliest date that is converted. An older one is .NET's empty date (year 1), for which Intl has no modern offset. */
export const EARLIEST_DATE_MS = Date.UTC(1900, 0, 1);

/** Formats an offset from UTC in ms as ISO 8601 does, for example +07:00. */
export function formatOffset(offsetMs: number): string {
	const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
	const digits = (value: number) => String(value).padStart(2, '0');
	return `${offsetMs < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

/** Returns a date with T before its time and a colon in its offset. Undefined if it does not begin with a date. */
function normalizeDate(value: string): string | undefined {
	const text = value.trim();
	return DATE_START.test(text) ? text.replace(' ', 'T').replace(OFFSET_WITHOUT_COLON, '$1:$2') : undefined;
}

/** Adds the offset of the zone to a date and time without one. Undefined if such a date is before 1900 or not valid. */
function addOffset(text: string, zone: string): string | undefined {
	if (OFFSET_END.test(text)) return text;
	const wallTime = Date.parse(`${text}Z`);
	return wallTime >= EARLIEST_DATE_MS ? text + formatOffset(wallTime - toInstant(wallTime, zone)) : undefined;
}

/**
 * Converts a date in a response of GoFive to ISO 8601, with a colon in the offset.
 * A date and time without an offset gets the offset of the zone, unless it is before 1900. Any other text is unchanged.
 *
 * @example `2025-01-29T15:38:43+0700` becomes `2025-01-29T15:38:43+07:00`.
 * @see https://developer.gofive.co.th/api-13677613
 */
export function toIsoDate(value: string, zone: string): string {
	const text = normalizeDate(value);
	return text?.includes('T') ? (addOffset(text, zone) ?? value) : value;
}

/** Parses a date in a response of GoFive to an instant. Returns undefined if the value is not a date. */
export function parseGoFiveDate(value: unknown, zone: string): number | undefined {
	const text = typeof value === 'string' ? normalizeDate(value) : undefined;
	if (text === undefined) return undefined;
	const hasTime = text.includes('T');
	const time = hasTime ? Date.parse(addOffset(text, zone) ?? `${text}Z`) : Date.parse(text);
	if (Number.isNaN(time)) return undefined;
	return hasTime || time < EARLIEST_DATE_MS ? time : toInstant(time, zone);
}

/**
 * Parses a date in a response to compare it with others. A year of the Buddhist Era is read as one of the Common Era.
 * Undefined if the value is not a date. A date that is sent back is parsed by `parseGoFiveDate`, which changes no year.
 */
export function parseDateOfAnyEra(value: unknown, zone: string): number | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	const year = Number(text.slice(0, 4));
	return parseGoFiveDate(isBuddhistYear(year) ? `${toCommonEra(year)}${text.slice(4)}` : text, zone);
}
