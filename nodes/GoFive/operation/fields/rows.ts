import type { INodeProperties } from 'n8n-workflow';
import { rejectInput, toGoFiveError } from '../../api/errors';
import { isObject } from '../../shared/json';
import type { Field, Fields, FieldValues, GetParameter, ReadContext } from '../field';
import { buildBody, readNestedFields, toProperties } from './fieldRecord';
import { readJson } from './json';
import { options, toOptions } from './options';
import {
	BLANK_FIELD_DESCRIPTION,
	emptyExpressionError,
	hintIfExpressionEmpty,
	invalidValueError,
	truncateValue,
} from './readValue';

/**
 * Name of the fixedCollection option that holds the rows. Must not change, because saved workflows contain it.
 */
export const ROW_KEY = 'row';

/** Name of the parameter that selects how the rows of a field are entered. */
export const getInputModeParameterName = (name: string): string => `${name}Input`;

/** Name of the parameter that holds the rows of a field as JSON. */
export const getJsonParameterName = (name: string): string => `${name}Json`;

/** Whether the user enters the rows of a field as JSON. */
export const isJsonMode = (getParameter: GetParameter, name: string): boolean =>
	getParameter(getInputModeParameterName(name)) === 'json';

/** Builds n8n's fixedCollection of rows. */
export function buildRowsProperty(
	rowDisplayName: string,
	values: INodeProperties[],
	{ displayName, name, ...property }: Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>,
): INodeProperties {
	return {
		// n8n's lint rules require the names first.
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${rowDisplayName}`,
		default: {},
		options: [{ displayName: rowDisplayName, name: ROW_KEY, values }],
		...property,
	};
}

/**
 * Adds a selector to a fixedCollection, with which users enter rows in fields or as JSON.
 * @returns The selector, the fixedCollection and the JSON field.
 */
export function withJsonMode(
	rowsProperty: INodeProperties,
	jsonProperty: Pick<INodeProperties, 'displayName' | 'description'>,
): INodeProperties[] {
	const { name, displayName } = rowsProperty;
	const selectorName = getInputModeParameterName(name);
	const showIn = (mode: string) => ({ show: { [selectorName]: [mode] } });
	const selector = options(
		`Specify ${displayName}`,
		`How to specify the ${displayName.toLowerCase()}`,
		toOptions({ 'Using Fields Below': 'fields', 'Using JSON': 'json' }),
		{ default: 'fields' },
	);
	return [
		...selector.properties(selectorName).map((property) => ({ ...property, noDataExpression: true })),
		{ ...rowsProperty, displayOptions: showIn('fields') },
		{ ...jsonProperty, name: getJsonParameterName(name), type: 'json', default: '', displayOptions: showIn('json') },
	];
}

/**
 * Returns the rows in the value of a fixedCollection. Returns an empty list for any other value.
 * `flat` also accepts a row that is not in a list, which a workflow created outside the editor may contain.
 */
export function getRows(value: unknown): unknown[] {
	return isObject(value) ? ([value[ROW_KEY] ?? []].flat() as unknown[]) : [];
}

interface RowsSettings {
	/** Display name of one row, which the button that adds it contains. */
	rowDisplayName: string;
	/** Whether at least one row is required. */
	required?: boolean;
	/** See `Field.bodyKey`. */
	bodyKey?: string;
	/**
	 * Whether the rows are inside another field. They have no JSON mode: n8n stores no default for the selector of the
	 * mode there, and would drop the rows.
	 */
	isNested?: boolean;
}

/**
 * Checks a row of JSON.
 * @throws GoFiveError for a row that is no object or has an unknown key
 */
function assertJsonRow(row: unknown, displayName: string, keys: string[]): void {
	const keyList = keys.join(', ');
	if (!isObject(row)) throw invalidValueError(row, displayName, `Enter a list of rows with the fields ${keyList}.`);
	const unknownKey = Object.keys(row).find((key) => !keys.includes(key));
	if (unknownKey !== undefined)
		rejectInput(`'${displayName}' cannot contain '${truncateValue(unknownKey)}'`, `Use only the fields ${keyList}.`);
}

/** Creates the function that reads the rows of a field, from the form or from JSON. */
function createRowsReader<F extends Fields>(displayName: string, fields: F, settings: RowsSettings) {
	const { rowDisplayName, required, isNested } = settings;
	const keys = Object.keys(fields);
	const rowLabel = isNested ? rowDisplayName : 'Row';
	const readRow = (row: unknown, path: string, isJson: boolean, context: ReadContext): FieldValues<F> => {
		if (isJson) assertJsonRow(row, displayName, keys);
		return readNestedFields(fields, (key) => (isObject(row) ? row[key] : undefined), path, context);
	};
	const readRows = (rowList: unknown[], path: string, isJson: boolean, context: ReadContext) =>
		rowList.map((row, index) => {
			try {
				return readRow(row, `${path}.${index}`, isJson, context);
			} catch (error) {
				const rowError = toGoFiveError(error);
				throw rowError.with({ message: `${rowLabel} ${index + 1}: ${rowError.message}` });
			}
		});
	return (getParameter: GetParameter, name: string, context: ReadContext): Array<FieldValues<F>> => {
		if (!isNested && isJsonMode(getParameter, name)) {
			const jsonName = getJsonParameterName(name);
			const description = `Enter a list of rows with the fields ${keys.join(', ')}.`;
			const json = readJson(getParameter(jsonName), displayName, description);
			if (!json && required && context.isExpression(jsonName)) throw emptyExpressionError(displayName);
			if (!json) hintIfExpressionEmpty(context, jsonName, displayName);
			return readRows([json?.value ?? []].flat(), jsonName, true, context);
		}
		const value = getParameter(name);
		// Rows inside a JSON row are a plain list.
		if (isNested && Array.isArray(value)) return readRows(value, name, true, context);
		return readRows(getRows(value), `${name}.${ROW_KEY}`, false, context);
	};
}

/**
 * Creates rows of inputs, such as the products of a quotation: n8n's fixedCollection, or the same rows as JSON.
 * n8n fills the missing inputs of a row with their defaults, so optional inputs start empty and empty ones are omitted.
 * @param fields - Inputs of a row.
 * @example
 * ```ts
 * quotationDetails: rows('Products', 'What is offered, one line for each product', {
 * 	productCode: text('Product Code', 'Code of the product', { required: true }),
 * 	qty: number('Quantity', 'How many', { required: true }),
 * }, { rowDisplayName: 'Product', required: true }),
 * ```
 */
export function rows<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	settings: RowsSettings,
): Field<Array<FieldValues<F>>> {
	const { rowDisplayName, required, isNested, bodyKey } = settings;
	const keyList = Object.keys(fields).join(', ');
	const readRows = createRowsReader(displayName, fields, settings);
	// If the fixedCollection itself is an expression, n8n hands an empty object to the node.
	const emptyErrorDescription = isNested
		? BLANK_FIELD_DESCRIPTION
		: `Add a row. If all rows come from one expression, select 'Using JSON' in 'Specify ${displayName}', and enter a list of rows with the fields ${keyList}.`;
	return {
		displayName,
		bodyKey,
		nestedFields: fields,
		properties(name) {
			const baseProperty = { displayName, name, required, description };
			const property = buildRowsProperty(rowDisplayName, toProperties(fields), baseProperty);
			if (isNested) return [property];
			return withJsonMode(property, {
				displayName: `${displayName} (JSON)`,
				description: `A list of rows with the fields ${keyList}`,
			});
		},
		read(getParameter, name, context) {
			const rowValues = readRows(getParameter, name, context);
			if (required && rowValues.length === 0) throw invalidValueError(undefined, displayName, emptyErrorDescription);
			// A row that was added but not filled in is ignored.
			return rowValues.filter((row) => Object.values(row as object).some((value) => value !== undefined));
		},
		toBody: (rowValues, name) =>
			rowValues.length > 0
				? { [bodyKey ?? name]: rowValues.map((row) => buildBody(fields, row as Record<string, unknown>)) }
				: {},
	};
}
