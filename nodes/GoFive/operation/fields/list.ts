import type { INodeProperties } from 'n8n-workflow';
import { isBlank } from '../../shared/text';
import { describeListExtent, readListValue } from './listSource';
import type { OptionList } from '../entity';
import type { Field, ListSource, ReadContext } from '../field';
import { describeLoadedInput, findOption, listOptions } from './options';
import { BLANK_FIELD_DESCRIPTION, hintIfExpressionEmpty, invalidValueError, readId, readText } from './readValue';
import { singleValueField, type FieldFactory, type FieldSettings, type RequiredOrOptional } from './singleValueField';

const COMMAS_OR_LINE_BREAKS = /[\n\r,]+/;

/**
 * Splits an input into its values, without blank ones.
 * @param value - Text, or a list from an expression.
 * @param separator - Separator of the values in a string.
 */
export const splitValues = (value: unknown, separator = COMMAS_OR_LINE_BREAKS): unknown[] =>
	(typeof value === 'string' ? value.split(separator) : [value].flat()).filter((part) => !isBlank(part));

interface ListSettings {
	/** n8n's type of the input and its type options. Defaults to a text. */
	property?: Pick<INodeProperties, 'type'> & Partial<INodeProperties>;
	/** Description of the message about a required field without a value. */
	emptyErrorDescription?: string;
	/** Separator of the values in a string. Defaults to commas and line breaks. */
	separator?: RegExp;
	/** Consequence of an expression without a value, for its hint. Defaults to not sending it. */
	emptyConsequence?: string;
}

/**
 * Creates a field that takes several values, without duplicates. An expression may return a list.
 * @param parseValue - Converts one value. Throws GoFiveError for an invalid one.
 */
export function listField<T, const A extends FieldSettings<T[]>>(
	displayName: string,
	description: string | undefined,
	settings: A | undefined,
	parseValue: (value: unknown, context: ReadContext) => T,
	listSettings: ListSettings = {},
): Field<RequiredOrOptional<A, T[]>> {
	const { emptyErrorDescription = BLANK_FIELD_DESCRIPTION, separator, emptyConsequence } = listSettings;
	const { property = { type: 'string' } } = listSettings;
	const parse = (value: unknown, context: ReadContext): T[] => [
		...new Set(splitValues(value, separator).map((part) => parseValue(part, context))),
	];
	return {
		...singleValueField(displayName, description, settings, property, parse),
		isEmpty: (input) => splitValues(input, separator).length === 0,
		read(getParameter, name, context) {
			const values = parse(getParameter(name), context);
			if (values.length > 0) return values as RequiredOrOptional<A, T[]>;
			if (settings?.required) throw invalidValueError('', displayName, emptyErrorDescription);
			hintIfExpressionEmpty(context, name, displayName, emptyConsequence);
			return settings?.default as RequiredOrOptional<A, T[]>;
		},
	};
}

/** Creates a field for several texts, separated by commas or line breaks. */
export const commaSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	listField(displayName, description, settings, (value) => readText(value, displayName));

const ONE_PER_LINE: ListSettings = {
	separator: /[\n\r]+/,
	property: { type: 'string', typeOptions: { editorRows: 2 } },
};

/** Creates a field for several texts, one per line. For names, which may contain a comma ("Example Co., Ltd."). */
export const lineSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	listField(displayName, description, settings, (value) => readText(value, displayName), ONE_PER_LINE);

/** Creates a field for several IDs, separated by commas or line breaks. */
export const idList: FieldFactory<number[]> = (displayName, description, settings) => {
	const parse = (input: unknown) => readId(input, displayName, 'Enter comma-separated IDs (whole numbers).');
	return listField(displayName, description, settings, parse);
};

/**
 * Creates a list to select several options from. An expression may return a list or comma-separated text, with the values
 * or the names of options. The value is empty if none is selected.
 * @param emptyConsequence - See `ListSettings.emptyConsequence`.
 */
export function multiOptions<const V extends string | number>(
	displayName: string,
	description: string,
	optionList: OptionList<V>,
	emptyConsequence?: string,
): Field<V[]> {
	const parse = (input: unknown): V => {
		const option = findOption(optionList, input);
		if (option) return option.value;
		throw invalidValueError(input, displayName, `Use one or more of these values: ${listOptions(optionList)}.`);
	};
	const property = { type: 'multiOptions' as const, options: [...optionList] };
	return listField(displayName, description, { default: [] as V[] }, parse, { property, emptyConsequence });
}

/**
 * Creates a list to select several options from, which n8n loads. An expression may return a list, one value or
 * comma-separated text.
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
	const property = {
		type: 'multiOptions' as const,
		typeOptions: { loadOptionsMethod: source.method },
		default: [],
	};
	// Called for the form only, because the operation of the source may not be defined before.
	const describeExtent = () =>
		allEntries ? `Leave empty to include ${allEntries}` : describeListExtent(source, 'in an expression');
	const emptyConsequence = allEntries && `${allEntries} were included`;
	const parse = (value: unknown, context: ReadContext) => readListValue(source, value, displayName, context);
	const text = `${description}. ${describeLoadedInput('IDs')}.`;
	const field = listField<T, A>(displayName, text, settings, parse, { property, emptyConsequence });
	return {
		...field,
		list: source,
		properties: (name) => field.properties(name).map((input) => ({ ...input, hint: describeExtent() })),
	};
}
