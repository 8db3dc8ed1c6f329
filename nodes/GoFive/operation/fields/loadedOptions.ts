import { describeListExtent } from '../listSource';
import type { Field, ListSource } from '../types';
import { splitValues } from './multiValueField';
import { hintIfExpressionEmpty, OMITTED_CONSEQUENCE } from './readValue';
import { singleValueField, type RequiredOrOptional } from './singleValueField';

/**
 * Builds the sentence with which the description of a loaded list ends. n8n fixes it.
 * @param values - What an expression returns, for example "IDs".
 */
const describeInput = (values: string): string =>
	`Choose from the list, or specify ${values} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`;

/**
 * Creates a required list to select one option from.
 * @param thing - Name of an option, for example "Event Type".
 */
export function loadedOptions<T>(thing: string, source: ListSource<T>): Field<T> {
	const displayName = `${thing} Name or ID`;
	const property = { type: 'options' as const, typeOptions: { loadOptionsMethod: source.method } };
	const parse = (value: unknown) => source.read(value, displayName);
	const field = singleValueField(displayName, describeInput('an ID'), { required: true }, property, parse);
	return { ...field, list: source };
}

/**
 * Creates a list to select several options from. An expression may return a list, one value or comma-separated text.
 * @param thing - Name of an option, for example "Event Type".
 * @param settings - With a default of [], an empty list means all.
 */
export function loadedMultiOptions<T, const A extends { default?: [] }>(
	thing: string,
	description: string,
	source: ListSource<T>,
	settings?: A,
): Field<RequiredOrOptional<A, T[]>> {
	const displayName = `${thing} Names or IDs`;
	const allEntries = settings?.default && `all ${source.pluralName}`;
	return {
		displayName,
		list: source,
		isEmpty: (input) => splitValues(input).length === 0,
		properties: (name) => [
			{
				displayName,
				name,
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: source.method },
				default: [],
				description: `${description}. ${describeInput('IDs')}.`,
				hint: allEntries ? `Leave empty to include ${allEntries}` : describeListExtent(source, 'in an expression'),
			},
		],
		read(getParameter, name, context) {
			const values = splitValues(getParameter(name)).map((value) => source.read(value, displayName));
			if (values.length > 0) return [...new Set(values)];
			const consequence = allEntries ? `${allEntries} were included` : OMITTED_CONSEQUENCE;
			hintIfExpressionEmpty(context, name, displayName, consequence);
			return settings?.default as RequiredOrOptional<A, T[]>;
		},
	};
}
