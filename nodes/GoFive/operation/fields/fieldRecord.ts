/**
 * The fields of the node: how n8n shows a field, how the node reads its value, and where the request body contains it.
 * Imported by `operation/` and the trigger. `resources/` imports it through `operation/index.ts`.
 * Start with `Field` in `../field.ts`, then `singleValueField.ts` and `collection.ts`. This file handles several fields by name.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Field, FieldValues, GetParameter, ReadContext } from '../field';

/** Fields by parameter name. */
type FieldRecord = Record<string, Field>;

/** Builds n8n's properties in the order of the fields. */
export const toProperties = (fields: FieldRecord): INodeProperties[] =>
	Object.entries(fields).flatMap(([name, field]) => field.properties(name));

/** Lists the parameters that a field reads: its own, and the parameters under whose values n8n shows them. */
export const listParameters = (name: string, field: Field): string[] =>
	field.properties(name).flatMap(({ name: parameter, displayOptions: { show, hide } = {} }) => {
		return [parameter, ...Object.keys(show ?? {}), ...Object.keys(hide ?? {})];
	});

/**
 * Adds values of other parameters under which n8n shows a property.
 * n8n's updateDisplayOptions does the same but takes ten times as long, at each start of n8n.
 */
export function addShowConditions(property: INodeProperties, show: Record<string, string[]>): INodeProperties {
	const { displayOptions } = property;
	return { ...property, displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...show } } };
}

/** Finds the field that sends a key of the body. The fields of a collection without a key of its own are sent next to the others. */
export function findField(fields: FieldRecord, bodyKey: string): Field | undefined {
	for (const [name, field] of Object.entries(fields)) {
		if ((field.bodyKey === undefined ? name : field.bodyKey) === bodyKey) return field;
		const nestedField = field.bodyKey === null && findField(field.nestedFields ?? {}, bodyKey);
		if (nestedField) return nestedField;
	}
	return undefined;
}

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
 * @param getNestedValue - Returns the value of a nested field by the field's name.
 * @param path - Dotted path of the collection or row in the node's parameters. Used to check whether a nested parameter
 * is an expression.
 * @throws GoFiveError for the first value that is not valid.
 */
export function readNestedFields<F extends FieldRecord>(
	fields: F,
	getNestedValue: GetParameter,
	path: string,
	context: ReadContext,
): FieldValues<F> {
	const isExpression = (name: string) => context.isExpression(`${path}.${name}`);
	return readFields(fields, getNestedValue, { ...context, isExpression });
}

/**
 * Builds the request body from field values. A null value is sent, an undefined value is omitted.
 * A field with `bodyKey: null` is sent only through its `toBody`.
 */
export function buildBody(fields: FieldRecord, values: Record<string, unknown>): IDataObject {
	const body: IDataObject = {};
	for (const [name, value] of Object.entries(values)) {
		const field = fields[name];
		// The node options have no field and are not sent.
		if (!field || value === undefined) continue;
		if (field.toBody && value !== null) Object.assign(body, field.toBody(value, name));
		else if (field.bodyKey !== null) body[field.bodyKey ?? name] = value as IDataObject;
	}
	return body;
}
