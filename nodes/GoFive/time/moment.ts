import { instantAt } from './zone';

/** A date as a person gave it, understood. */
export interface Moment {
	/** Milliseconds since 1970; for a whole day its first one. */
	instant: number;
	/** A date without a time: the whole day is meant. */
	wholeDay: boolean;
	/** The year, when one of the Buddhist Era was given. */
	buddhistYear?: { given: number; sent: number };
	/** Of a value that is midnight, or the last second of a day, in its own zone or offset, such as n8n's $today. */
	edge?: { of: 'start' | 'end'; zone: string };
}

interface LuxonLike {
	toISO(): unknown;
	zoneName?: string | null;
}

const FORM =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const FIRST_YEAR = 1900;
const FIRST_BUDDHIST_YEAR = 2400;
const LAST_BUDDHIST_YEAR = 2700;
const BUDDHIST_ERA = 543;
const SECOND = 1000;
const DAY = 86_400_000;

function isLuxon(value: unknown): value is LuxonLike {
	return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}

/** An Interval of Luxon has the method too, but breaks once n8n has made text of its two dates. */
function isoOf(value: LuxonLike): string {
	try {
		const text = value.toISO();
		return typeof text === 'string' ? text : '';
	} catch {
		return '';
	}
}

function offsetOf(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', '') || '0');
	if (hours > 14 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function calendarDay(year: number, month: number, day: number): number | undefined {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return same ? date.getTime() : undefined;
}

/**
 * Understands ISO 8601 (with Z, an offset or none), a date alone, Luxon and Date values; years of the Buddhist Era
 * (2400 to 2700) are converted. A date without offset is read in `zone`.
 * @returns undefined when the value is none of these
 */
export function momentOf(value: unknown, zone: string): Moment | undefined {
	if (isLuxon(value)) return fromText(isoOf(value), zone, value.zoneName ?? undefined);
	if (value instanceof Date)
		return Number.isNaN(value.getTime()) ? undefined : fromText(value.toISOString(), zone, 'UTC');
	return typeof value === 'string' ? fromText(value.trim(), zone) : undefined;
}

function fromText(text: string, zone: string, zoneName?: string): Moment | undefined {
	const match = FORM.exec(text);
	if (!match) return undefined;
	const [, yearText = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', offsetText] =
		match;

	const given = Number(yearText);
	if (given < FIRST_YEAR || given > LAST_BUDDHIST_YEAR) return undefined;
	const buddhistYear = given >= FIRST_BUDDHIST_YEAR ? { given, sent: given - BUDDHIST_ERA } : undefined;
	const start = calendarDay(buddhistYear?.sent ?? given, Number(month), Number(day));
	if (start === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;

	const time =
		((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * SECOND + Number(fraction.padEnd(3, '0').slice(0, 3));
	const wall = start + time;
	if (offsetText === undefined) {
		// The date picker of n8n stores a picked day as its midnight, without an offset.
		return { instant: instantAt(wall, zone), wholeDay: time === 0, buddhistYear };
	}
	const offset = offsetOf(offsetText);
	if (offset === undefined) return undefined;
	const of = time === 0 ? 'start' : time >= DAY - SECOND ? 'end' : undefined;
	const edge: Moment['edge'] = of && { of, zone: zoneName ?? (/^z$/i.test(offsetText) ? 'UTC' : offsetText) };
	return { instant: wall - offset, wholeDay: false, buddhistYear, edge };
}
