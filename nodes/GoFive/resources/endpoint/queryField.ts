import type { QueryValue } from '../../api/request/request';
import {
	isBlank,
	emptyExpressionError,
	INPUT_MODES,
	invalidValueError,
	readJson,
	readText,
	type Field,
	type ReadContext,
} from '../../operation';

type QueryPair = readonly [string, QueryValue];

const QUERY_DISPLAY_NAME = 'Query Parameters';
const QUERY_JSON_REMEDY = 'Give an object such as {"customerCode": "C000055"}; a list of values repeats the name.';

function getQueryRows(value: unknown): unknown[] {
	if (typeof value !== 'object' || value === null || !('line' in value)) return [];
	return [value.line].flat() as unknown[];
}

function readQueryRow(row: unknown, index: number, { isExpression }: ReadContext): QueryPair[] {
	const { name, value } = (row ?? {}) as Record<string, unknown>;
	const location = `line ${index + 1} of ${QUERY_DISPLAY_NAME}`;
	if (isBlank(value) && isExpression(`query.line.${index}.value`)) throw emptyExpressionError(`Value in ${location}`);
	if (isBlank(name) && isBlank(value)) return [];
	return [[readText(name, `Name in ${location}`), readQueryValue(value, `Value in ${location}`)]];
}

function readQueryValue(value: unknown, displayName: string): string | boolean {
	return typeof value === 'boolean' ? value : readText(value, displayName, true);
}

function readQueryJson(input: unknown, { isExpression }: ReadContext): QueryPair[] {
	const object = readJson(input, QUERY_DISPLAY_NAME, QUERY_JSON_REMEDY)?.value;
	// A query that got lost asks for more than was meant, or changes more.
	if (object === undefined && isExpression('queryJson')) throw emptyExpressionError(QUERY_DISPLAY_NAME);
	if (Array.isArray(object)) throw invalidValueError(input, QUERY_DISPLAY_NAME, QUERY_JSON_REMEDY);
	return Object.entries(object ?? {}).flatMap(([key, values]) =>
		[values]
			.flat()
			.filter((value) => value !== null)
			.map((value): QueryPair => [key, readQueryValue(value, `${key} in ${QUERY_DISPLAY_NAME}`)]),
	);
}

/** The query, in pairs: a name may stand twice. */
export function query(): Field<QueryPair[]> {
	return {
		bodyKey: null,
		properties: (name) => [
			{
				displayName: 'Specify Query',
				name: `${name}Input`,
				type: 'options',
				noDataExpression: true,
				options: INPUT_MODES,
				default: 'fields',
				description: 'How to give the query parameters',
			},
			{
				displayName: QUERY_DISPLAY_NAME,
				name,
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Parameter',
				default: {},
				displayOptions: { show: { queryInput: ['fields'] } },
				options: [
					{
						displayName: 'Parameter',
						name: 'line',
						values: [
							{ displayName: 'Name', name: 'name', type: 'string', default: '' },
							{ displayName: 'Value', name: 'value', type: 'string', default: '' },
						],
					},
				],
			},
			{
				displayName: QUERY_DISPLAY_NAME,
				name: `${name}Json`,
				type: 'json',
				default: '',
				displayOptions: { show: { queryInput: ['json'] } },
				description: 'An object of names and values; a list of values repeats the name',
			},
		],
		read: (get, name, context) =>
			get(`${name}Input`) === 'json'
				? readQueryJson(get(`${name}Json`), context)
				: getQueryRows(get(name)).flatMap((row, index) => readQueryRow(row, index, context)),
	};
}
