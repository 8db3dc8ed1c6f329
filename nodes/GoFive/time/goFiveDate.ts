import { instantAt } from './zone';

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const OFFSET_WITHOUT_COLON = /([+-]\d{2})(\d{2})$/;
const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/i;

function offsetText(milliseconds: number): string {
	const minutes = Math.round(Math.abs(milliseconds) / 60_000);
	const digits = (value: number) => String(value).padStart(2, '0');
	return `${milliseconds < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}

/**
 * A date as GoFive answers it (2025-01-29T15:38:43+0700, page api-13677613) in ISO 8601, with a colon in the offset.
 * A date without offset gets the one of `zone`; what is no date comes back unchanged.
 */
export function isoDate(value: string, zone: string): string {
	if (!DATE.test(value.trim())) return value;
	const text = value.trim().replace(' ', 'T').replace(OFFSET_WITHOUT_COLON, '$1:$2');
	if (!text.includes('T')) return value;
	if (OFFSET.test(text)) return text;
	const wall = Date.parse(`${text}Z`);
	return Number.isNaN(wall) ? value : text + offsetText(wall - instantAt(wall, zone));
}

/** The instant of a date as GoFive answers it, in milliseconds; undefined for what is no date. */
export function goFiveInstant(value: unknown, zone: string): number | undefined {
	if (typeof value !== 'string' || !DATE.test(value.trim())) return undefined;
	const text = isoDate(value, zone);
	const instant = Date.parse(text);
	if (Number.isNaN(instant)) return undefined;
	return text.includes('T') ? instant : instantAt(instant, zone);
}
