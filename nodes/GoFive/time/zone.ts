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

/** The wall time that a clock in `zone` shows at an instant (both in milliseconds). */
export function wallAt(instant: number, zone: string): number {
	const digits: Record<string, number> = {};
	for (const { type, value } of formatOf(zone).formatToParts(instant)) digits[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = digits;
	const milliseconds = ((instant % 1000) + 1000) % 1000;
	return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

/** The instant at which a clock in `zone` shows the wall time; in a gap of summer time, the one after it. */
export function instantAt(wall: number, zone: string): number {
	const guess = wall - (wallAt(wall, zone) - wall);
	return wall - (wallAt(guess, zone) - guess);
}

/** Wall time as GoFive writes it in requests: YYYY-MM-DDTHH:mm:ss. */
export function wallText(wall: number): string {
	return new Date(wall).toISOString().slice(0, 19);
}
