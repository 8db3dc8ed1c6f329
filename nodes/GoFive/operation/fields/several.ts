import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About, type Given } from './one';
import { FILL_IN, readId, readText } from './read';

const COMMAS_OR_LINES = /[\n\r,]+/;
const LINES = /[\n\r]+/;

/** The parts of what was given, a text or a list from an expression, without those that are blank. @param between what divides a text */
export const partsOf = (given: unknown, between = COMMAS_OR_LINES): unknown[] =>
	(typeof given === 'string' ? given.split(between) : [given].flat()).filter((part) => !isBlank(part));

/**
 * Several values, each once: a text with commas or line breaks between them, or a list from an expression.
 * @param read reads one of them; @param ifNone what to do about a required field that holds none; @param between what divides a text
 */
export function several<T, const A extends About<T[]>>(
	displayName: string,
	about: A,
	read: (given: unknown) => T,
	ifNone = FILL_IN,
	between = COMMAS_OR_LINES,
): Field<Given<A, T[]>> {
	const parse = (given: unknown): T[] => {
		const values = [...new Set(partsOf(given, between).map(read))];
		if (values.length === 0 && about.required) throw notAccepted('', displayName, ifNone);
		return values;
	};
	return one(displayName, about, { type: 'string' }, parse, ifNone);
}

/** Several texts; see `several`. */
export function texts<const A extends About<string[]>>(displayName: string, about: A): Field<Given<A, string[]>> {
	return several(displayName, about, (given) => readText(given, displayName));
}

/** Several texts, each on a line of its own, since a comma may belong to them (Example Co., Ltd.). */
export function textLines<const A extends About<string[]>>(displayName: string, about: A): Field<Given<A, string[]>> {
	const shown = { typeOptions: { rows: 2 }, ...about };
	return several<string, A>(displayName, shown, (given) => readText(given, displayName), FILL_IN, LINES);
}

/** Several ids; see `several`. @param how tells where to find the right ones */
export function ids<const A extends About<number[]>>(
	displayName: string,
	about: A,
	how: string,
): Field<Given<A, number[]>> {
	return several(displayName, about, (given) => readId(given, displayName, how), how);
}
