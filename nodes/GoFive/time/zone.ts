/**
 * Wall time of GoFive's time zone, dates that users enter or GoFive returns, date ranges, the Buddhist Era and the clock.
 * How a request contains a date is decided by its field, see operation/fields/date.ts. A date range is formatted in range.ts,
 * and the operation names its keys, see resources/customerEvent/readEvents.ts.
 * Every layer above may import these files. They import only shared/, and clock.ts also n8n's `sleep`.
 * Start here: zone.ts converts between instants and wall time, and the other files build on it.
 */

import { MINUTE_MS, SECOND_MS } from '../shared/units';

// An instant is a number of ms since 1970 (UTC). A wall time is the number of ms that the digits of a local date and
// time would have in UTC, so that calendar arithmetic needs no zone.

/** Offset at the end of a formatted date, for example GMT+07:00. UTC has none, and some have seconds before 1970. */
const OFFSET = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** Number of cached formats. A zone has many spellings, since the case does not matter. A format takes about 35 kB. */
const MAX_CACHED_FORMATS = 100;

const formatCache = new Map<string, Intl.DateTimeFormat>();

function getFormat(zone: string): Intl.DateTimeFormat {
	const cachedFormat = formatCache.get(zone);
	if (cachedFormat) return cachedFormat;
	const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	if (formatCache.size >= MAX_CACHED_FORMATS) formatCache.clear();
	formatCache.set(zone, format);
	return format;
}

/** Returns true if this system supports the time zone, for example Asia/Bangkok. */
export function isTimeZone(zone: string): boolean {
	try {
		return getFormat(zone) !== undefined;
	} catch {
		return false;
	}
}

/** Length of a cache entry in ms. Zones change their offset on a quarter of an hour. Before 1970 some did not. */
const QUARTER_HOUR_MS = 15 * MINUTE_MS;
/** Number of cached offsets, enough for about seven weeks of dates. Bounds the memory of a long run. */
const MAX_CACHED_OFFSETS = 5000;
const offsetCache = new Map<string, number>();

/**
 * Returns the offset of a zone from UTC at an instant, in ms.
 * Offsets are cached, since formatting a date takes longer than the rest of the work for an item.
 */
function getOffsetMs(instantMs: number, zone: string): number {
	if (instantMs < 0) return computeOffsetMs(instantMs, zone);
	const key = `${zone} ${Math.floor(instantMs / QUARTER_HOUR_MS)}`;
	const offset = offsetCache.get(key) ?? computeOffsetMs(instantMs, zone);
	if (offsetCache.size >= MAX_CACHED_OFFSETS) offsetCache.clear();
	offsetCache.set(key, offset);
	return offset;
}

function computeOffsetMs(instantMs: number, zone: string): number {
	const [, sign, ...parts] = OFFSET.exec(getFormat(zone).format(instantMs)) ?? [];
	const [hours = 0, minutes = 0, seconds = 0] = parts.map((digits = '0') => Number(digits));
	return (sign === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS;
}

/** Converts an instant to the wall time of a zone. */
export const toWallTime = (instantMs: number, zone: string): number => instantMs + getOffsetMs(instantMs, zone);

/**
 * Converts a wall time of a zone to an instant. A time that daylight saving skips becomes the one after the gap. A time
 * that occurs twice when daylight saving ends is the second one in zones east of UTC, and the first one west of it.
 */
export function toInstant(wallTime: number, zone: string): number {
	const offset = getOffsetMs(wallTime - getOffsetMs(wallTime, zone), zone);
	// The two offsets differ only in a gap. The smaller one is valid before the gap and yields the time after it.
	return wallTime - Math.min(offset, getOffsetMs(wallTime - offset, zone));
}

/** Formats a wall time as GoFive's requests require it: YYYY-MM-DDTHH:mm:ss. */
export const formatWallTime = (wallTime: number): string => new Date(wallTime).toISOString().slice(0, 19);
