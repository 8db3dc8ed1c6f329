import { GoFiveError, NOTHING_SENT, rejectInput, toGoFiveError } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { Field, Fields, FieldValues, ReadContext } from '../types';
import { buildBody, toProperties, readNestedFields } from './collection';
import { readJson } from './json';
import { FILL_IN_REMEDY, emptyExpressionError } from './readValue';
import { isObject } from '../../shared/json';

/** How rows are given. */
export const INPUT_MODES = [
	{ name: 'Using Fields Below', value: 'fields' },
	{ name: 'Using JSON', value: 'json' },
];

interface RowsSettings {
	/** One of them, as the button that adds one calls it. */
	rowName: string;
	required?: boolean;
	bodyKey?: string;
	/** Whether they stand inside another field. There they have no JSON: a selector that was never set would drop the rows. */
	isNested?: boolean;
}

/** Repeats what a reader throws, with the line in front. @param rowName what it is called @throws GoFiveError */
function withRowNumber<T>(rowName: string, index: number, parsed: () => T): T {
	try {
		return parsed();
	} catch (error) {
		const rowError = toGoFiveError(error);
		return throwError(rowError.withText({ message: `${rowName} ${index + 1}: ${rowError.message}` }));
	}
}

function throwError(rowError: GoFiveError): never {
	throw rowError;
}

/** A row from JSON. @throws GoFiveError when it is none, or has keys that the form does not have */
function assertRow(row: unknown, fields: Fields, displayName: string): asserts row is Record<string, unknown> {
	const knownKeys = Object.keys(fields);
	if (!isObject(row))
		throw invalidValueError(row, displayName, `Give a list of objects with: ${knownKeys.join(', ')}. ${NOTHING_SENT}`);
	const unknownKey = Object.keys(row).find((key) => !knownKeys.includes(key));
	if (unknownKey === undefined) return;
	rejectInput(`${displayName} have no '${unknownKey}'`, `The keys of a line are: ${knownKeys.join(', ')}.`);
}

/**
 * Lines of a record: n8n's fixed collection, or the same rows as JSON. n8n fills the missing inputs of a row with their
 * defaults, so an optional input starts empty there, and what is empty is left out.
 */
export function rows<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	settings: RowsSettings,
): Field<Array<FieldValues<F>>> {
	const { required, bodyKey, isNested } = settings;
	const messageLabel = isNested ? settings.rowName : 'Line';
	// n8n makes an empty collection of a whole one that is an expression, and shows a node nothing else.
	const emptyRemedy = isNested
		? FILL_IN_REMEDY
		: `Add a line. Choose 'Using JSON' in 'Specify ${displayName}' if all lines come from one expression. ${NOTHING_SENT}`;
	const displayWhen = (name: string, mode: string) =>
		isNested ? {} : { displayOptions: { show: { [`${name}Input`]: [mode] } } };

	const readJsonRows = (value: unknown, name: string, context: ReadContext): Array<FieldValues<F>> => {
		const parsed = readJson(value, displayName, `Give a list of objects with: ${Object.keys(fields).join(', ')}.`);
		if (!parsed && context.isExpression(name)) throw emptyExpressionError(displayName);
		return readRowList([parsed?.value ?? []].flat(), name, context);
	};
	const readRowList = (parsedRows: unknown[], name: string, context: ReadContext): Array<FieldValues<F>> =>
		parsedRows.map((row, index) =>
			withRowNumber(messageLabel, index, () => {
				assertRow(row, fields, displayName);
				return readNestedFields(fields, (key) => row[key], `${name}.${index}`, context);
			}),
		);
	const readFormRows = (value: unknown, name: string, context: ReadContext): Array<FieldValues<F>> => {
		// Rows inside a row that was given as JSON are a plain list.
		if (isNested && Array.isArray(value)) return readRowList(value, name, context);
		const parsedRows = isObject(value) ? ([value.line ?? []].flat() as unknown[]) : [];
		return parsedRows.map((row, index) =>
			withRowNumber(messageLabel, index, () =>
				readNestedFields(fields, (key) => (isObject(row) ? row[key] : undefined), `${name}.line.${index}`, context),
			),
		);
	};

	return {
		nestedFields: fields,
		properties: (name) => [
			...(isNested
				? []
				: [
						{
							displayName: `Specify ${displayName}`,
							name: `${name}Input`,
							type: 'options' as const,
							noDataExpression: true,
							options: INPUT_MODES,
							default: 'fields',
							description: `How to give the ${displayName.toLowerCase()}`,
						},
					]),
			{
				displayName,
				name,
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: `Add ${settings.rowName}`,
				required,
				default: {},
				description,
				options: [{ displayName: settings.rowName, name: 'line', values: toProperties(fields) }],
				...displayWhen(name, 'fields'),
			},
			...(isNested
				? []
				: [
						{
							displayName: `${displayName} (JSON)`,
							name: `${name}Json`,
							type: 'json' as const,
							default: '',
							description: `A list of objects with: ${Object.keys(fields).join(', ')}`,
							...displayWhen(name, 'json'),
						},
					]),
		],
		read(get, name, context) {
			const isJson = !isNested && get(`${name}Input`) === 'json';
			const parsedRows = isJson
				? readJsonRows(get(`${name}Json`), `${name}Json`, context)
				: readFormRows(get(name), name, context);
			if (required && parsedRows.length === 0) throw invalidValueError(undefined, displayName, emptyRemedy);
			// A row that nobody filled in says nothing.
			return parsedRows.filter((row) => Object.values(row as object).some((value) => value !== undefined));
		},
		toBody: (parsedRows, name) =>
			parsedRows.length > 0
				? { [bodyKey ?? name]: parsedRows.map((row) => buildBody(fields, row as Record<string, unknown>)) }
				: {},
	};
}
