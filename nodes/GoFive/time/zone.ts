import { MINUTE_MS } from '../shared/units';

/**
 * Wall time of a time zone. A wall time is kept as the milliseconds that its digits would have in UTC,
 * so that calendar arithmetic needs no zone.
 */

const formatCache = new Map<string, Intl.DateTimeFormat>();

function getFormat(zone: string): Intl.DateTimeFormat {
	let format = formatCache.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			calendar: 'iso8601',
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formatCache.set(zone, format);
	}
	return format;
}

/** Whether the name is a time zone that this system knows, such as Asia/Bangkok. */
export function isTimeZone(zone: string): boolean {
	try {
		return getFormat(zone) !== undefined;
	} catch {
		return false;
	}
}

const QUARTER_HOUR_MS = 15 * MINUTE_MS;
const MAX_CACHED_OFFSETS = 5000;
const offsetCache = new Map<string, number>();

/** What a clock in `zone` is ahead of UTC at an instant, in milliseconds. */
function getOffsetMs(instant: number, zone: string): number {
	// Since 1970 zones change on a quarter of an hour, and to ask for the digits costs more than all else of an item.
	if (instant < 0) return computeOffsetMs(instant, zone);
	const key = `${zone} ${Math.floor(instant / QUARTER_HOUR_MS)}`;
	const offset = offsetCache.get(key) ?? computeOffsetMs(instant, zone);
	if (offsetCache.size >= MAX_CACHED_OFFSETS) offsetCache.clear();
	offsetCache.set(key, offset);
	return offset;
}

function computeOffsetMs(instant: number, zone: string): number {
	const second = Math.floor(instant / 1000) * 1000;
	const digits: Record<string, number> = {};
	for (const { type, value } of getFormat(zone).formatToParts(second)) digits[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = digits;
	return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + seconds) * 1000 - second;
}

/** The wall time that a clock in `zone` shows at an instant (both in milliseconds). */
export const toWallTime = (instant: number, zone: string): number => instant + getOffsetMs(instant, zone);

/** The instant at which a clock in `zone` shows the wall time; in a gap of summer time, the one after it. */
export function toInstant(wallTime: number, zone: string): number {
	const offset = getOffsetMs(wallTime - getOffsetMs(wallTime, zone), zone);
	// Both are equal but in a gap, where the smaller one holds before it and leads to the time after it.
	return wallTime - Math.min(offset, getOffsetMs(wallTime - offset, zone));
}

/** Wall time as GoFive writes it in requests: YYYY-MM-DDTHH:mm:ss. */
export const formatWallTime = (wallTime: number): string => new Date(wallTime).toISOString().slice(0, 19);
