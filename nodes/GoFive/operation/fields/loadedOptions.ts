import type { INodeProperties } from 'n8n-workflow';
import type { Field, Lookup } from '../types';
import { singleValueField } from './singleValueField';
import { hintIfExpressionEmpty, readId } from './readValue';
import { splitValues } from './multiValueField';

/** A list that is loaded from GoFive. */
export interface OptionsSource {
	/** n8n's name for it. */
	method: string;
	lookup: Lookup;
	/** Tells where to find the right id. */
	remedy: string;
}

/** One of a list that is loaded from GoFive, by its id. @param thing such as "Event Type" */
export function loadedOptions(thing: string, { method, lookup, remedy }: OptionsSource): Field<number> {
	const displayName = `${thing} Name or ID`;
	const property = { type: 'options' as const, typeOptions: { loadOptionsMethod: method } };
	const description =
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
	const parse = (value: unknown) => readId(value, displayName, remedy);
	return {
		...singleValueField(displayName, description, { required: true }, property, parse, remedy),
		loadOptions: { [method]: lookup },
	};
}

/** Several of such a list, as a list, one id, or a text such as "1,2"; none means all. */
export function loadedMultiOptions(
	thing: string,
	{ method, lookup, remedy }: OptionsSource,
	pluralName: string,
): Field<number[]> {
	const displayName = `${thing} Names or IDs`;
	return {
		loadOptions: { [method]: lookup },
		properties: (name): INodeProperties[] => [
			{
				displayName,
				name,
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: method },
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: `Empty means all ${pluralName}`,
			},
		],
		read(get, name, context) {
			const value = splitValues(get(name));
			if (value.length === 0) hintIfExpressionEmpty(context, name, displayName, `all ${pluralName} were kept`);
			return [...new Set(value.map((id) => readId(id, displayName, remedy)))];
		},
	};
}
