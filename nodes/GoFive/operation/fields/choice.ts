import type { INodeProperties } from 'n8n-workflow';
import { NOTHING_SENT } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About, type Given } from './one';

/** The option that was given, by its value or its name. */
export function memberOf<O extends { name: string; value: unknown }>(
	options: readonly O[],
	given: unknown,
): O | undefined {
	const plain = (one: unknown) => (typeof one === 'object' ? undefined : String(one).trim().toLowerCase());
	return options.find(({ name, value }) => [name, value].some((known) => plain(known) === plain(given)));
}

/**
 * One of a few values; an expression may give the value or its name.
 * @param options in the order in which they are shown
 */
export function choice<const V extends string | number | boolean, const A extends About<V>>(
	displayName: string,
	options: ReadonlyArray<{ name: string; value: V; description?: string }>,
	about: A,
): Field<Given<A, V>> {
	// An empty value that is none of the list would be shown in red.
	const isOptional = !about.required && about.default === undefined;
	const shown = [...(isOptional ? [{ name: 'None', value: '' }] : []), ...options];
	const parse = (given: unknown): V => {
		const found = memberOf(shown, given);
		if (found) return (found.value === '' ? undefined : found.value) as V;
		const known = options.map(({ name, value }) => (typeof value === 'string' ? value : `${String(value)} (${name})`));
		throw notAccepted(given, displayName, `Give one of: ${known.join(', ')}. ${NOTHING_SENT}`);
	};
	return one(displayName, about, { type: 'options', options: shown as INodeProperties['options'] }, parse);
}

/** Yes, no, or nothing: a flag that may be left out. */
export function yesOrNo<const A extends About<boolean>>(
	displayName: string,
	about: A,
	[yes, no]: readonly [yes: string, no: string] = ['Yes', 'No'],
): Field<Given<A, boolean>> {
	const options = [
		{ name: no, value: false },
		{ name: yes, value: true },
	];
	return choice(displayName, options, about);
}
