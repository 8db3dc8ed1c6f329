import { toInstant } from './zone';
import { MINUTE_MS } from '../shared/units';

const DATE_START = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const OFFSET_WITHOUT_COLON = /([+-]\d{2})(\d{2})$/;
const OFFSET_END = /(?:Z|[+-]\d{2}:\d{2})$/i;
/** Earliest date that is converted. An older one is .NET's empty date (year 1), for which Intl has no modern offset. */
const EARLIEST_DATE_MS = Date.UTC(1900, 0, 1);

/** Formats an offset from UTC in ms as ISO 8601 does, for example +07:00. */
export function formatOffset(offsetMs: number): string {
	const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
	const digits = (value: number) => String(value).padStart(2, '0');
	return `${offsetMs < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

const normalizeDate = (value: string): string => value.trim().replace(' ', 'T').replace(OFFSET_WITHOUT_COLON, '$1:$2');

/** Parses a date without an offset to a wall time in ms. Returns NaN if the text is not a date. */
const parseWallTime = (text: string): number => Date.parse(text.includes('T') ? `${text}Z` : text);

/**
 * Converts a date in a response of GoFive to ISO 8601, with a colon in the offset.
 * A date and time without an offset gets the offset of the zone. A date before 1900 and any other text stay unchanged.
 *
 * @example `2025-01-29T15:38:43+0700` becomes `2025-01-29T15:38:43+07:00`.
 * @see https://developer.gofive.co.th/api-13677613
 */
export function toIsoDate(value: string, zone: string): string {
	if (!DATE_START.test(value.trim())) return value;
	const text = normalizeDate(value);
	if (!text.includes('T')) return value;
	if (OFFSET_END.test(text)) return text;
	const wallTime = parseWallTime(text);
	return wallTime >= EARLIEST_DATE_MS ? text + formatOffset(wallTime - toInstant(wallTime, zone)) : value;
}

/** Parses a date in a response of GoFive to an instant. Returns undefined if the value is not a date. */
export function parseGoFiveDate(value: unknown, zone: string): number | undefined {
	if (typeof value !== 'string' || !DATE_START.test(value.trim())) return undefined;
	const text = normalizeDate(toIsoDate(value, zone));
	// toIsoDate has added an offset to every date and time since EARLIEST_DATE_MS.
	const time = OFFSET_END.test(text) ? Date.parse(text) : parseWallTime(text);
	if (Number.isNaN(time)) return undefined;
	return text.includes('T') || time < EARLIEST_DATE_MS ? time : toInstant(time, zone);
}
