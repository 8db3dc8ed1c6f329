import { isBlank } from '../../shared/text';
import { invalidValueError } from '../invalidValue';
import type { Field } from '../types';
import { BLANK_FIELD_DESCRIPTION } from './readValue';
import { singleValueField, type FieldSettings, type RequiredOrOptional } from './singleValueField';

const COMMAS_OR_LINE_BREAKS = /[\n\r,]+/;

/**
 * Splits an input into its values, without blank ones.
 * @param value - Text, or a list from an expression.
 * @param separator - Separator of the values in a string.
 */
export const splitValues = (value: unknown, separator = COMMAS_OR_LINE_BREAKS): unknown[] =>
	(typeof value === 'string' ? value.split(separator) : [value].flat()).filter((part) => !isBlank(part));

interface MultiValueSettings {
	/** Description of the message about a required field without a value. */
	emptyErrorDescription?: string;
	/** Separator of the values in a string. Defaults to commas and line breaks. */
	separator?: RegExp;
	/** Height of the input in lines. */
	editorRows?: number;
}

/**
 * Creates a text field that takes several values, without duplicates. An expression may return a list.
 * @param parseValue - Converts one value. Throws GoFiveError for an invalid one.
 */
export function multiValueField<T, const A extends FieldSettings<T[]>>(
	displayName: string,
	description: string | undefined,
	settings: A | undefined,
	parseValue: (value: unknown) => T,
	{ emptyErrorDescription = BLANK_FIELD_DESCRIPTION, separator, editorRows }: MultiValueSettings = {},
): Field<RequiredOrOptional<A, T[]>> {
	const parse = (value: unknown): T[] => {
		const values = [...new Set(splitValues(value, separator).map(parseValue))];
		if (values.length === 0 && settings?.required) throw invalidValueError('', displayName, emptyErrorDescription);
		return values;
	};
	const property = { type: 'string' as const, ...(editorRows && { typeOptions: { editorRows } }) };
	const field = singleValueField(displayName, description, settings, property, parse, emptyErrorDescription);
	return { ...field, isEmpty: (input) => splitValues(input, separator).length === 0 };
}
