import { Failure } from '../api/words/failure';

const MOST_SHOWN = 80;

/** Whether nothing was given: undefined, null, or a text of blanks. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** What a person is told of a value that is not accepted. @param next what to give instead, or to do */
export function notAccepted(value: unknown, displayName: string, next: string): Failure {
	const message = isBlank(value) ? `'${displayName}' is empty` : `'${displayName}' cannot be ${shown(value)}`;
	return new Failure({ message, description: next });
}

/** For sorting by a name. Intl would take milliseconds of every start of n8n. */
export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}

/** A value as a person would recognise it in a message, cut where it is long. */
export const shown = (value: unknown): string => brief(asJson(value));

/** A text, cut where it is long. */
export function brief(text: string): string {
	const characters = [...text];
	return characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN).join('')}…` : text;
}

function isInvalidDate(value: unknown): boolean {
	if (value instanceof Date) return Number.isNaN(value.getTime());
	return typeof value === 'object' && value !== null && 'isValid' in value && value.isValid === false;
}

function asJson(value: unknown): string {
	try {
		// JSON would show both as null.
		if (isInvalidDate(value)) return 'an invalid date';
		if (typeof value === 'number' && !Number.isFinite(value)) return 'a calculation that gave no number';
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}
