/** Returns the trimmed text of a string or a finite number, and an empty text for any other value. */
export function toText(value: unknown): string {
	return typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';
}

/** Returns true for undefined, null and a string without visible characters. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Returns a text with its first letter in upper case. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** End of a shortened text. */
export const ELLIPSIS = '…';

/** Shortens a string and marks the cut with an ellipsis. Counts code points, so no surrogate pair is split. */
export function truncate(text: string, maxCharacters: number): string {
	// A code point has at most two units, so the rest of a long text does not matter.
	const characters = [...text.slice(0, 2 * (maxCharacters + 1))];
	return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}${ELLIPSIS}` : text;
}

/** Compares two names for sorting. Loading Intl.Collator would add milliseconds to every start of n8n. */
export function compareByName(a: { name: string }, b: { name: string }): number {
	return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}

/** Maximum number of names in a message, so that it stays readable. */
export const MAX_LISTED_NAMES = 10;

/** Length of a name in a message. The names of Venio's fields are much shorter. */
const MAX_NAME_CHARACTERS = 80;

/** Joins texts. Texts beyond the maximum are counted. */
export function joinTexts(texts: string[], max: number, separator: string): string {
	const suffix = texts.length > max ? ` and ${texts.length - max} more` : '';
	return texts.slice(0, max).join(separator) + suffix;
}

/** Joins names, each of which is shortened. Names beyond the maximum are counted. */
export function joinNames(names: string[], max = MAX_LISTED_NAMES): string {
	const shownNames = names.map((name) => truncate(name, MAX_NAME_CHARACTERS));
	return joinTexts(shownNames, max, ', ');
}
