import type { QueryValue } from '../../api/request/request';
import { isBlank, lost, MODES, notAccepted, readJson, readText, type Field, type ReadContext } from '../../operation';

type Pair = readonly [string, QueryValue];

const NAME = 'Query Parameters';
const HOW = 'Give an object such as {"customerCode": "C000055"}; a list of values repeats the name.';

function rowsOf(given: unknown): unknown[] {
	if (typeof given !== 'object' || given === null || !('line' in given)) return [];
	return [given.line].flat() as unknown[];
}

function fromRow(row: unknown, index: number, { isExpression }: ReadContext): Pair[] {
	const { name, value } = (row ?? {}) as Record<string, unknown>;
	const where = `line ${index + 1} of ${NAME}`;
	if (isBlank(value) && isExpression(`query.line.${index}.value`)) throw lost(`Value in ${where}`);
	if (isBlank(name) && isBlank(value)) return [];
	return [[readText(name, `Name in ${where}`), valueFrom(value, `Value in ${where}`)]];
}

function valueFrom(value: unknown, displayName: string): string | boolean {
	return typeof value === 'boolean' ? value : readText(value, displayName, true);
}

function fromJson(given: unknown, { isExpression }: ReadContext): Pair[] {
	const object = readJson(given, NAME, HOW)?.value;
	// A query that got lost asks for more than was meant, or changes more.
	if (object === undefined && isExpression('queryJson')) throw lost(NAME);
	if (Array.isArray(object)) throw notAccepted(given, NAME, HOW);
	return Object.entries(object ?? {}).flatMap(([key, values]) =>
		[values]
			.flat()
			.filter((value) => value !== null)
			.map((value): Pair => [key, valueFrom(value, `${key} in ${NAME}`)]),
	);
}

/** The query, in pairs: a name may stand twice. */
export function query(): Field<Pair[]> {
	return {
		wire: null,
		properties: (name) => [
			{
				displayName: 'Specify Query',
				name: `${name}Input`,
				type: 'options',
				noDataExpression: true,
				options: MODES,
				default: 'fields',
				description: 'How to give the query parameters',
			},
			{
				displayName: NAME,
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
				displayName: NAME,
				name: `${name}Json`,
				type: 'json',
				default: '',
				displayOptions: { show: { queryInput: ['json'] } },
				description: 'An object of names and values; a list of values repeats the name',
			},
		],
		read: (get, name, context) =>
			get(`${name}Input`) === 'json'
				? fromJson(get(`${name}Json`), context)
				: rowsOf(get(name)).flatMap((row, index) => fromRow(row, index, context)),
	};
}
