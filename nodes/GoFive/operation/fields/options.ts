import type { INodeProperties } from 'n8n-workflow';
import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { OptionList, Field } from '../types';
import { singleValueField, type FieldSettings, type RequiredOrOptional, type FieldFactory } from './singleValueField';

/** GoFive's codes, by what a person calls them: words, since names that are numbers would come first. */
export function toOptions<const V extends string | number | boolean>(
	labels: Readonly<Record<string, V>>,
): OptionList<V> {
	return Object.entries(labels).map(([name, value]) => ({ name, value }));
}

/** The option that was given, by its value or its name. */
export function findOption<O extends { name: string; value: unknown }>(
	candidates: readonly O[],
	input: unknown,
): O | undefined {
	const normalize = (one: unknown) => (typeof one === 'object' ? undefined : String(one).trim().toLowerCase());
	return candidates.find(({ name, value }) =>
		[name, value].some((accepted) => normalize(accepted) === normalize(input)),
	);
}

/** One of a few values; an expression may give the value or its name. */
export function options<const V extends string | number | boolean, const A extends FieldSettings<V>>(
	displayName: string,
	description: string | undefined,
	optionList: OptionList<V>,
	settings?: A,
): Field<RequiredOrOptional<A, V>> {
	// An empty value that is none of the list would be shown in red.
	const isOptional = !settings?.required && settings?.default === undefined;
	const choices = [...(isOptional ? [{ name: 'None', value: '' }] : []), ...optionList];
	const parse = (input: unknown): V => {
		const match = findOption(choices, input);
		if (match) return (match.value === '' ? undefined : match.value) as V;
		const accepted = optionList.map(({ name, value }) =>
			typeof value === 'string' ? value : `${String(value)} (${name})`,
		);
		throw invalidValueError(input, displayName, `Give one of: ${accepted.join(', ')}. ${NOTHING_SENT}`);
	};
	return singleValueField(
		displayName,
		description,
		settings,
		{ type: 'options', options: choices as INodeProperties['options'] },
		parse,
	);
}

/** Yes, no, or nothing: a flag that may be left out. */
export const optionalBoolean: FieldFactory<boolean> = (displayName, description, settings) =>
	options(displayName, description, toOptions({ No: false, Yes: true }), settings);
