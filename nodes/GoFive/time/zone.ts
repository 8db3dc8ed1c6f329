/**
 * Wall time of a time zone. A wall time is kept as the milliseconds that its digits would have in UTC,
 * so that calendar arithmetic needs no zone.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
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
		formats.set(zone, format);
	}
	return format;
}

/** Whether the name is a time zone that this system knows, such as Asia/Bangkok. */
export function isTimeZone(zone: string): boolean {
	try {
		return formatOf(zone) !== undefined;
	} catch {
		return false;
	}
}

const QUARTER = 900_000;
const MOST_KNOWN = 5000;
const known = new Map<string, number>();

/** What a clock in `zone` is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
	// Since 1970 zones change on a quarter of an hour, and to ask for the digits costs more than all else of an item.
	if (instant < 0) return askOffset(instant, zone);
	const key = `${zone} ${Math.floor(instant / QUARTER)}`;
	const offset = known.get(key) ?? askOffset(instant, zone);
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(key, offset);
	return offset;
}

function askOffset(instant: number, zone: string): number {
	const second = Math.floor(instant / 1000) * 1000;
	const digits: Record<string, number> = {};
	for (const { type, value } of formatOf(zone).formatToParts(second)) digits[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = digits;
	return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + seconds) * 1000 - second;
}

/** The wall time that a clock in `zone` shows at an instant (both in milliseconds). */
export const wallAt = (instant: number, zone: string): number => instant + offsetAt(instant, zone);

/** The instant at which a clock in `zone` shows the wall time; in a gap of summer time, the one after it. */
export function instantAt(wall: number, zone: string): number {
	const offset = offsetAt(wall - offsetAt(wall, zone), zone);
	// Both are equal but in a gap, where the smaller one holds before it and leads to the time after it.
	return wall - Math.min(offset, offsetAt(wall - offset, zone));
}

/** Wall time as GoFive writes it in requests: YYYY-MM-DDTHH:mm:ss. */
export const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 19);
