import type { INodeProperties } from 'n8n-workflow';
import type { Field } from '../field';

/**
 * Creates a notice: a sentence in the form, without a value. As in n8n, the sentence is its display name.
 * @param displayOptions - Values of other fields under which n8n shows it.
 */
export function notice(displayName: string, displayOptions?: INodeProperties['displayOptions']): Field<undefined> {
	const property = { displayName, type: 'notice' as const, default: '', ...(displayOptions && { displayOptions }) };
	return {
		displayName,
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [{ ...property, name }],
		read: () => undefined,
	};
}

/** Creates a field that shows a sentence below its value. */
export const withHint = <T>(field: Field<T>, hint: string): Field<T> => ({
	...field,
	properties: (name) => field.properties(name).map((property) => ({ ...property, hint })),
});

/** Creates a field that has another description in the form of one operation. */
export const withDescription = <T>(field: Field<T>, description: string): Field<T> => ({
	...field,
	properties: (name) => field.properties(name).map((property) => ({ ...property, description })),
});
