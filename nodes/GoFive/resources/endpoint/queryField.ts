import type { QueryValue } from '../../api/request';
import {
	buildRowsProperty,
	emptyExpressionError,
	getJsonParameterName,
	getRows,
	invalidValueError,
	isBlank,
	isJsonMode,
	readJson,
	readText,
	ROW_KEY,
	truncateValue,
	withJsonMode,
	type Field,
	type ReadContext,
} from '../../operation';

type QueryPair = readonly [string, QueryValue];

const QUERY_DISPLAY_NAME = 'Query Parameters';
const QUERY_JSON_FORMAT =
	'JSON object, for example {"customerCode": "C000055"}. To send a parameter several times, enter an array of values.';

function readQueryValue(value: unknown, displayName: string): string | boolean {
	return typeof value === 'boolean' ? value : readText(value, displayName, true);
}

function readQueryRow(row: unknown, index: number, rowsPath: string, { isExpression }: ReadContext): QueryPair[] {
	const { name, value } = (row ?? {}) as Record<string, unknown>;
	const location = `row ${index + 1} of ${QUERY_DISPLAY_NAME}`;
	if (isBlank(value) && isExpression(`${rowsPath}.${index}.value`)) throw emptyExpressionError(`Value in ${location}`);
	if (isBlank(name) && isBlank(value)) return [];
	return [[readText(name, `Name in ${location}`), readQueryValue(value, `Value in ${location}`)]];
}

function readQueryJson(input: unknown, isExpression: boolean): QueryPair[] {
	const object = readJson(input, QUERY_DISPLAY_NAME, `Enter a ${QUERY_JSON_FORMAT}`)?.value;
	// Without its query, a request may return or change more than intended.
	if (object === undefined && isExpression) throw emptyExpressionError(QUERY_DISPLAY_NAME);
	if (Array.isArray(object)) throw invalidValueError(input, QUERY_DISPLAY_NAME, `Enter a ${QUERY_JSON_FORMAT}`);
	return Object.entries(object ?? {}).flatMap(([key, values]) =>
		[values]
			.flat()
			.filter((value) => value !== null)
			.map((value): QueryPair => [key, readQueryValue(value, `${truncateValue(key)} in ${QUERY_DISPLAY_NAME}`)]),
	);
}

/** Creates the field for the query parameters. The value is a list of pairs, because a name may occur several times. */
export function query(): Field<QueryPair[]> {
	return {
		displayName: QUERY_DISPLAY_NAME,
		bodyKey: null,
		properties(name) {
			const rowInputs = [
				{ displayName: 'Name', name: 'name', type: 'string' as const, default: '' },
				{ displayName: 'Value', name: 'value', type: 'string' as const, default: '' },
			];
			return withJsonMode(buildRowsProperty('Parameter', rowInputs, { displayName: QUERY_DISPLAY_NAME, name }), {
				displayName: QUERY_DISPLAY_NAME,
				description: `Query parameters as a ${QUERY_JSON_FORMAT}`,
			});
		},
		read: (getParameter, name, context) =>
			isJsonMode(getParameter, name)
				? readQueryJson(getParameter(getJsonParameterName(name)), context.isExpression(getJsonParameterName(name)))
				: getRows(getParameter(name)).flatMap((row, index) => readQueryRow(row, index, `${name}.${ROW_KEY}`, context)),
	};
}
