import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About, type Given, type MakeOne } from './one';
import { FILL_IN, readId, readText } from './read';

const COMMAS_OR_LINES = /[\n\r,]+/;
const LINES = /[\n\r]+/;

/** The parts of what was given, a text or a list from an expression, without those that are blank. @param between what divides a text */
export const partsOf = (given: unknown, between = COMMAS_OR_LINES): unknown[] =>
	(typeof given === 'string' ? given.split(between) : [given].flat()).filter((part) => !isBlank(part));

interface AboutSeveral {
	/** What to do about a required field that holds none. */
	ifNone?: string;
	/** What divides a text. */
	between?: RegExp;
	/** How high the field is. */
	rows?: number;
}

/**
 * Several values, each once: a text with commas or line breaks between them, or a list from an expression.
 * @param read reads one of them
 */
export function several<T, const A extends About<T[]>>(
	displayName: string,
	description: string | undefined,
	about: A | undefined,
	read: (given: unknown) => T,
	{ ifNone = FILL_IN, between, rows }: AboutSeveral = {},
): Field<Given<A, T[]>> {
	const parse = (given: unknown): T[] => {
		const values = [...new Set(partsOf(given, between).map(read))];
		if (values.length === 0 && about?.required) throw notAccepted('', displayName, ifNone);
		return values;
	};
	const property = { type: 'string' as const, ...(rows && { typeOptions: { rows } }) };
	return one(displayName, description, about, property, parse, ifNone);
}

/** Several texts; see `several`. */
export const texts: MakeOne<string[]> = (displayName, description, about) =>
	several(displayName, description, about, (given) => readText(given, displayName));

/** Several texts, each on a line of its own, since a comma may belong to them (Example Co., Ltd.). */
export const textLines: MakeOne<string[]> = (displayName, description, about) =>
	several(displayName, description, about, (given) => readText(given, displayName), { between: LINES, rows: 2 });

const IDS = 'Give IDs, whole numbers with commas between them.';

/** Several ids; see `several`. */
export const ids: MakeOne<number[]> = (displayName, description, about) =>
	several(displayName, description, about, (given) => readId(given, displayName, IDS), { ifNone: IDS });
