import type { Field } from '../field';
import { options, toOptions, type EmptyOption } from './options';
import { readBoolean } from './readValue';
import { singleValueField, type FieldFactory, type FieldSettings } from './singleValueField';

/** Creates a switch. It always has a value, so outside collections it fits only flags with a safe default. */
export function boolean(displayName: string, description: string, settings?: FieldSettings<boolean>): Field<boolean> {
	const parse = (input: unknown) => readBoolean(input, displayName);
	return singleValueField(displayName, description, { default: false, ...settings }, { type: 'boolean' }, parse);
}

/** Creates a list with Yes, No and, unless it is required, None. An untouched one sends no value, unlike a switch. */
export const optionalBoolean: FieldFactory<boolean, EmptyOption> = (displayName, description, settings) =>
	options(displayName, description, toOptions({ No: false, Yes: true }), settings);
