import { toInstant } from './zone';
import { MINUTE_MS } from '../shared/units';

const DATE_START = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const OFFSET_WITHOUT_COLON = /([+-]\d{2})(\d{2})$/;
const OFFSET_END = /(?:Z|[+-]\d{2}:\d{2})$/i;
/** What is older is no real date but .NET's empty one, of the year 1, for which Intl knows no offset in our calendar. */
const EARLIEST_DATE_MS = Date.UTC(1900, 0, 1);

/** What a clock is ahead of UTC, in milliseconds, as ISO 8601 writes it: +07:00. */
export function formatOffset(milliseconds: number): string {
	const minutes = Math.round(Math.abs(milliseconds) / MINUTE_MS);
	const digits = (value: number) => String(value).padStart(2, '0');
	return `${milliseconds < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

const normalizeDate = (value: string): string => value.trim().replace(' ', 'T').replace(OFFSET_WITHOUT_COLON, '$1:$2');

/** What a date without offset would be in UTC, in milliseconds; NaN for what is no date. */
const parseWallTime = (text: string): number => Date.parse(text.includes('T') ? `${text}Z` : text);

/**
 * A date as GoFive answers it (2025-01-29T15:38:43+0700, page api-13677613) in ISO 8601, with a colon in the offset.
 * A date without offset gets the one of `zone`; what is no date, or before 1900, comes back unchanged.
 */
export function toIsoDate(value: string, zone: string): string {
	if (!DATE_START.test(value.trim())) return value;
	const text = normalizeDate(value);
	if (!text.includes('T')) return value;
	if (OFFSET_END.test(text)) return text;
	const wall = parseWallTime(text);
	return wall >= EARLIEST_DATE_MS ? text + formatOffset(wall - toInstant(wall, zone)) : value;
}

/** The instant of a date as GoFive answers it, in milliseconds; undefined for what is no date. */
export function parseGoFiveDate(value: unknown, zone: string): number | undefined {
	if (typeof value !== 'string' || !DATE_START.test(value.trim())) return undefined;
	const text = normalizeDate(toIsoDate(value, zone));
	// Without an offset there is only a date alone left, or one that is older than FIRST.
	const time = OFFSET_END.test(text) ? Date.parse(text) : parseWallTime(text);
	if (Number.isNaN(time)) return undefined;
	return text.includes('T') || time < EARLIEST_DATE_MS ? time : toInstant(time, zone);
}
