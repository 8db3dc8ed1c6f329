/**
 * Form fields: how n8n shows an input, how its value is read, and its place in the request body.
 * Imported by `operation/`, the trigger and the node files. `resources/` imports it through `operation/index.ts`.
 * Start with `Field` in `../types.ts`, then `singleValueField.ts` and `collection.ts`. This file handles sets of fields.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Field, FieldValues, GetParameter, ReadContext } from '../types';

type FieldRecord = Record<string, Field>;

/** Builds n8n's properties of the fields, in their order. */
export const toProperties = (fields: FieldRecord): INodeProperties[] =>
	Object.entries(fields).flatMap(([name, field]) => field.properties(name));

/**
 * Reads the values of the fields.
 * @throws GoFiveError for the first value that is not valid.
 */
export function readFields<F extends FieldRecord>(
	fields: F,
	getParameter: GetParameter,
	context: ReadContext,
): FieldValues<F> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, field.read(getParameter, name, context)]),
	) as FieldValues<F>;
}

/**
 * Reads the values of the fields of a collection or of a row.
 * @param path - Path of the collection or row in the node's parameters, for the check whether an input is an expression.
 * @throws GoFiveError for the first value that is not valid.
 */
export function readNestedFields<F extends FieldRecord>(
	fields: F,
	getNestedValue: GetParameter,
	path: string,
	context: ReadContext,
): FieldValues<F> {
	return readFields(fields, getNestedValue, {
		...context,
		isExpression: (name) => context.isExpression(`${path}.${name}`),
	});
}

/** Builds the request body from field values. Undefined values are omitted, null is sent as null. */
export function buildBody(fields: FieldRecord, values: Record<string, unknown>): IDataObject {
	const parts = Object.entries(values).map(([name, value]): IDataObject => {
		const { bodyKey, toBody } = fields[name] ?? { bodyKey: null };
		if (value === undefined) return {};
		if (value === null && bodyKey !== null) return { [bodyKey ?? name]: null };
		if (toBody) return toBody(value, name);
		return bodyKey === null ? {} : { [bodyKey ?? name]: value as IDataObject };
	});
	return Object.assign({}, ...parts) as IDataObject;
}
