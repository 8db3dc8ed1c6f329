import type { INodeProperties } from 'n8n-workflow';
import { NOTHING_SENT } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Choices, Field } from '../types';
import { one, type About, type Given, type MakeOne } from './one';

/** GoFive's codes, by what a person calls them: words, since names that are numbers would come first. */
export function codes<const V extends string | number | boolean>(names: Readonly<Record<string, V>>): Choices<V> {
	return Object.entries(names).map(([name, value]) => ({ name, value }));
}

/** The option that was given, by its value or its name. */
export function memberOf<O extends { name: string; value: unknown }>(
	options: readonly O[],
	given: unknown,
): O | undefined {
	const plain = (one: unknown) => (typeof one === 'object' ? undefined : String(one).trim().toLowerCase());
	return options.find(({ name, value }) => [name, value].some((known) => plain(known) === plain(given)));
}

/** One of a few values; an expression may give the value or its name. */
export function choice<const V extends string | number | boolean, const A extends About<V>>(
	displayName: string,
	description: string | undefined,
	options: Choices<V>,
	about?: A,
): Field<Given<A, V>> {
	// An empty value that is none of the list would be shown in red.
	const isOptional = !about?.required && about?.default === undefined;
	const shown = [...(isOptional ? [{ name: 'None', value: '' }] : []), ...options];
	const parse = (given: unknown): V => {
		const found = memberOf(shown, given);
		if (found) return (found.value === '' ? undefined : found.value) as V;
		const known = options.map(({ name, value }) => (typeof value === 'string' ? value : `${String(value)} (${name})`));
		throw notAccepted(given, displayName, `Give one of: ${known.join(', ')}. ${NOTHING_SENT}`);
	};
	return one(displayName, description, about, { type: 'options', options: shown as INodeProperties['options'] }, parse);
}

/** Yes, no, or nothing: a flag that may be left out. */
export const yesOrNo: MakeOne<boolean> = (displayName, description, about) =>
	choice(displayName, description, codes({ No: false, Yes: true }), about);
