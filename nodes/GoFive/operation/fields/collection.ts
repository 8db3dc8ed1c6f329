import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { Field, Fields, GetParameter, FieldValues, ReadContext } from '../types';
import { hintIfExpressionEmpty, OMITTED_CONSEQUENCE, emptyExpressionError } from './readValue';
import { isObject } from '../../shared/json';
import { isBlank } from '../../shared/text';

/** What of the values GoFive gets, under its own keys; what is undefined is left out. */
export function buildBody(fields: Record<string, Field>, values: Record<string, unknown>): IDataObject {
	const parts = Object.entries(values).map(([name, value]): IDataObject => {
		const { bodyKey, toBody } = fields[name] ?? { bodyKey: null };
		if (value === undefined) return {};
		if (value === null && bodyKey !== null) return { [bodyKey ?? name]: null };
		if (toBody) return toBody(value, name);
		return bodyKey === null ? {} : { [bodyKey ?? name]: value as IDataObject };
	});
	return Object.assign({}, ...parts) as IDataObject;
}

/** Reads fields, by their names. @throws GoFiveError for the first value that is not acceptable */
export function readFields<F extends Record<string, Field>>(
	fields: F,
	get: GetParameter,
	context: ReadContext,
): FieldValues<F> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, field.read(get, name, context)]),
	) as FieldValues<F>;
}

/** Reads fields that stand inside another one. @param path the path of that one, by which expressions are known */
export function readNestedFields<F extends Record<string, Field>>(
	fields: F,
	get: GetParameter,
	path: string,
	context: ReadContext,
): FieldValues<F> {
	return readFields(fields, get, { ...context, isExpression: (name) => context.isExpression(`${path}.${name}`) });
}

/** The properties of fields that stand inside another one. */
export const toProperties = (fields: Record<string, Field>) =>
	Object.entries(fields).flatMap(([name, field]) => field.properties(name));

interface CollectionSettings {
	placeholder?: string;
	/** GoFive's key of the object that holds the values; without it they stand beside the others. */
	bodyKey?: string;
	/** Whether a field that was added and left blank is left out, since there is nothing to clear: in filters, and in what is new. */
	omitsBlank?: boolean;
}

/** What was added; what was added and left blank is null, which clears it at GoFive, or undefined where it is left out. */
export type CollectionValues<F extends Fields> = { [K in keyof F]?: FieldValues<F>[K] | null };

/** n8n's collection: fields that a user may add. Only here a field that is blank is told from one that is not there. */
export function collection<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	{ placeholder = 'Add Field', bodyKey, omitsBlank }: CollectionSettings = {},
): Field<CollectionValues<F>> {
	return {
		bodyKey,
		nestedFields: fields,
		properties: (name) => [
			{
				displayName,
				name,
				type: 'collection',
				placeholder,
				default: {},
				description,
				options: toProperties(fields),
			},
		],
		read(get, name, context) {
			const value = get(name) ?? {};
			if (!isObject(value)) throw invalidValueError(value, displayName, `Add the fields in the form. ${NOTHING_SENT}`);
			const added = Object.entries(fields).filter(([key]) => Object.hasOwn(value, key));
			const isBlankEntry = ([key]: [string, Field]) => isBlank(value[key]);
			const filledValues = readNestedFields(
				Object.fromEntries(added.filter((entry) => !isBlankEntry(entry))),
				(key) => value[key],
				name,
				context,
			);
			const blankValues = added.filter(isBlankEntry).map(([key, field]) => {
				const label = field.properties(key)[0]?.displayName ?? key;
				const isExpressionEmpty = context.isExpression(`${name}.${key}`);
				// A cell that is blank may be meant to clear; a column that is not there is hardly.
				if (isExpressionEmpty && !omitsBlank && typeof value[key] !== 'string') throw emptyExpressionError(label);
				hintIfExpressionEmpty(context, `${name}.${key}`, label, omitsBlank ? OMITTED_CONSEQUENCE : 'it was sent empty');
				return [key, omitsBlank ? undefined : null];
			});
			return { ...Object.fromEntries(blankValues), ...filledValues } as CollectionValues<F>;
		},
		toBody(values) {
			const nestedBody = buildBody(fields, values);
			return bodyKey === undefined ? nestedBody : Object.keys(nestedBody).length > 0 ? { [bodyKey]: nestedBody } : {};
		},
	};
}
