import { invalidValueError } from '../invalidValue';
import type { Field } from '../types';
import { singleValueField, type FieldSettings, type RequiredOrOptional, type FieldFactory } from './singleValueField';
import { FILL_IN_REMEDY, readId, readText } from './readValue';
import { isBlank } from '../../shared/text';

const COMMAS_OR_LINE_BREAKS = /[\n\r,]+/;
const LINE_BREAKS = /[\n\r]+/;

/** The parts of what was given, a text or a list from an expression, without those that are blank. @param separator what divides a text */
export const splitValues = (value: unknown, separator = COMMAS_OR_LINE_BREAKS): unknown[] =>
	(typeof value === 'string' ? value.split(separator) : [value].flat()).filter((part) => !isBlank(part));

interface MultiValueSettings {
	/** What to do about a required field that holds none. */
	emptyRemedy?: string;
	/** What divides a text. */
	separator?: RegExp;
	/** How high the field is. */
	editorRows?: number;
}

/**
 * Several values, each once: a text with commas or line breaks between them, or a list from an expression.
 * @param readValue reads one of them
 */
export function multiValueField<T, const A extends FieldSettings<T[]>>(
	displayName: string,
	description: string | undefined,
	settings: A | undefined,
	readValue: (value: unknown) => T,
	{ emptyRemedy = FILL_IN_REMEDY, separator, editorRows }: MultiValueSettings = {},
): Field<RequiredOrOptional<A, T[]>> {
	const parse = (value: unknown): T[] => {
		const values = [...new Set(splitValues(value, separator).map(readValue))];
		if (values.length === 0 && settings?.required) throw invalidValueError('', displayName, emptyRemedy);
		return values;
	};
	const property = { type: 'string' as const, ...(editorRows && { typeOptions: { editorRows } }) };
	return singleValueField(displayName, description, settings, property, parse, emptyRemedy);
}

/** Several texts; see `several`. */
export const commaSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	multiValueField(displayName, description, settings, (value) => readText(value, displayName));

/** Several texts, each on a line of its own, since a comma may belong to them (Example Co., Ltd.). */
export const lineSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	multiValueField(displayName, description, settings, (value) => readText(value, displayName), {
		separator: LINE_BREAKS,
		editorRows: 2,
	});

const ID_LIST_REMEDY = 'Give IDs, whole numbers with commas between them.';

/** Several ids; see `several`. */
export const idList: FieldFactory<number[]> = (displayName, description, settings) =>
	multiValueField(displayName, description, settings, (value) => readId(value, displayName, ID_LIST_REMEDY), {
		emptyRemedy: ID_LIST_REMEDY,
	});
