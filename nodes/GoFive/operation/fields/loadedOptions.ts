import type { INodePropertyTypeOptions } from 'n8n-workflow';
import type { Field, Lookup } from '../types';
import { splitValues } from './multiValueField';
import { hintIfExpressionEmpty, readId } from './readValue';
import { singleValueField } from './singleValueField';

/** Source of options that are loaded from GoFive. */
export interface OptionsSource {
	/** Name of n8n's loadOptions method. */
	method: string;
	lookup: Lookup;
	/** Description of the message about an invalid ID: where to find the valid ones. */
	errorDescription: string;
}

const toTypeOptions = ({ method }: OptionsSource): INodePropertyTypeOptions => ({ loadOptionsMethod: method });
const toLoadOptions = ({ method, lookup }: OptionsSource): Record<string, Lookup> => ({ [method]: lookup });

/**
 * Creates a required list to select one option from. The options are loaded from GoFive, the value is an ID.
 * @param thing - Name of an option, for example "Event Type".
 */
export function loadedOptions(thing: string, source: OptionsSource): Field<number> {
	const displayName = `${thing} Name or ID`;
	const property = { type: 'options' as const, typeOptions: toTypeOptions(source) };
	// n8n fixes this sentence and the one of loadedMultiOptions.
	const description =
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
	const parse = (value: unknown) => readId(value, displayName, source.errorDescription);
	return {
		...singleValueField(displayName, description, { required: true }, property, parse, source.errorDescription),
		loadOptions: toLoadOptions(source),
	};
}

/**
 * Creates a list to select several options from. An expression may return a list, one ID or comma-separated text.
 * An empty list means all.
 * @param thing - Name of an option, for example "Event Type".
 * @param pluralName - Name of the options in the hint about an empty list, for example "types".
 */
export function loadedMultiOptions(thing: string, source: OptionsSource, pluralName: string): Field<number[]> {
	const displayName = `${thing} Names or IDs`;
	return {
		displayName,
		loadOptions: toLoadOptions(source),
		properties: (name) => [
			{
				displayName,
				name,
				type: 'multiOptions',
				typeOptions: toTypeOptions(source),
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: `Leave empty to include all ${pluralName}`,
			},
		],
		read(getParameter, name, context) {
			const values = splitValues(getParameter(name));
			if (values.length === 0) hintIfExpressionEmpty(context, name, displayName, `all ${pluralName} were included`);
			return [...new Set(values.map((value) => readId(value, displayName, source.errorDescription)))];
		},
	};
}
