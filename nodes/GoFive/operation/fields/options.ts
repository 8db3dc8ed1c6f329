import type { INodeProperties } from 'n8n-workflow';
import { readListValue } from './listSource';
import type { OptionList } from '../entity';
import type { Field, ListSource, ReadContext } from '../field';
import { invalidValueError, readBoolean, readText } from './readValue';
import { singleValueField, type FieldFactory, type FieldSettings, type RequiredOrOptional } from './singleValueField';

/**
 * Converts labels and GoFive's codes to options.
 * @param labels - Codes by label. The labels are the keys, because JavaScript moves keys that are numbers to the front.
 */
export function toOptions<const V extends string | number | boolean>(labels: Record<string, V>): OptionList<V> {
	return Object.entries(labels).map(([name, value]) => ({ name, value }));
}

/** Finds an option by its value or its name, ignoring case and surrounding blanks. */
export function findOption<O extends { name: string; value: unknown }>(
	optionList: readonly O[],
	input: unknown,
): O | undefined {
	const normalize = (value: unknown) => (typeof value === 'object' ? undefined : String(value).trim().toLowerCase());
	return optionList.find(({ name, value }) => [name, value].map(normalize).includes(normalize(input)));
}

/** Lists the values of options for a message. Codes have their names. An expression may return either. */
export const listOptions = (optionList: OptionList): string =>
	optionList.map(({ name, value }) => (typeof value === 'string' ? value : `${String(value)} (${name})`)).join(', ');

/** Setting of a list to select one option from. */
export interface EmptyOption {
	/** Name of the empty option of a list that is not required. Defaults to None. */
	emptyOptionName?: string;
}

/** Creates a list to select one option from. An expression may return the option's value or its name. */
export function options<const V extends string | number | boolean, const A extends FieldSettings<V> & EmptyOption>(
	displayName: string,
	description: string | undefined,
	optionList: OptionList<V>,
	settings?: A,
): Field<RequiredOrOptional<A, V>> {
	// n8n marks a value that is not in the list as wrong, so an empty default needs an option of its own.
	const isOptional = !settings?.required && settings?.default === undefined;
	const choices = [...(isOptional ? [{ name: settings?.emptyOptionName ?? 'None', value: '' }] : []), ...optionList];
	const parse = (input: unknown): V => {
		const match = findOption(choices, input);
		if (match) return (match.value === '' ? undefined : match.value) as V;
		throw invalidValueError(input, displayName, `Use one of these values: ${listOptions(optionList)}.`);
	};
	const property = { type: 'options' as const, options: choices as INodeProperties['options'] };
	return singleValueField(displayName, description, settings, property, parse);
}

/**
 * Creates a list of the values that GoFive's documentation shows, to select one option from. An expression may return any
 * other text.
 */
export function knownOptions<const A extends FieldSettings<string>>(
	displayName: string,
	description: string,
	optionList: OptionList<string>,
	settings?: A,
): Field<RequiredOrOptional<A, string>> {
	const text = `${description}. To send a value that is not in the list, use an expression.`;
	const property = { type: 'options' as const, options: [...optionList] };
	const parse = (input: unknown): string => findOption(optionList, input)?.value ?? readText(input, displayName);
	return singleValueField(displayName, text, settings, property, parse);
}

/**
 * Builds the sentence with which the description of a loaded list ends. n8n fixes it.
 * @param values - What an expression returns, for example "IDs".
 */
export const describeLoadedInput = (values: string): string =>
	`Choose from the list, or specify ${values} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`;

/**
 * Creates a required list to select one option from, which n8n loads.
 * @param thing - Name of an option, for example "Event Type".
 */
export function loadedOptions<T, const S extends FieldSettings<never>>(
	thing: string,
	description: string,
	source: ListSource<T>,
	settings: S,
): Field<RequiredOrOptional<S, T>> {
	const displayName = `${thing} Name or ID`;
	const property = { type: 'options' as const, typeOptions: { loadOptionsMethod: source.method } };
	const parse = (value: unknown, context: ReadContext) => readListValue(source, value, displayName, context);
	const text = `${description}. ${describeLoadedInput('an ID')}.`;
	const field = singleValueField(displayName, text, settings, property, parse);
	return { ...field, list: source };
}

/** Creates a switch. It always has a value, so outside collections it fits only flags with a safe default. */
export function boolean(displayName: string, description: string, settings?: FieldSettings<boolean>): Field<boolean> {
	const parse = (input: unknown) => readBoolean(input, displayName);
	return singleValueField(displayName, description, { default: false, ...settings }, { type: 'boolean' }, parse);
}

/** Creates a list with Yes, No and, unless it is required, None. An untouched one sends no value, unlike a switch. */
export const optionalBoolean: FieldFactory<boolean, EmptyOption> = (displayName, description, settings) =>
	options(displayName, description, toOptions({ No: false, Yes: true }), settings);
