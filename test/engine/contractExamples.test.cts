import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field } from '../../nodes/GoFive/operation/types';
import { loadContract } from '../../sandbox/contract.mts';
import { fromItemOf, operations, parametersOf, propertiesOf, requestOf, type Listed } from '../operations.cts';
import { openWorld } from './world.cts';

interface Content {
	content?: { 'application/json'?: { example?: unknown } };
}
/** What the contract shows of an operation. */
interface Described {
	operationId: string;
	path: string;
	parameters: Array<{ name: string; in: string; example?: unknown }>;
	requestBody?: Content;
	responses: Record<string, Content | undefined>;
}

const world = openWorld();

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const describedOf = async ({ operation }: Listed) => (await loadContract()).described(requestOf(operation, parametersOf(operation))) as unknown as Described;
const exampleIn = ({ content }: Content = {}) => content?.['application/json']?.example;

/** Parameters for what GoFive gets: each key in the input that stands for it. */
function parametersFor(fields: Record<string, Field>, body: IDataObject): IDataObject {
	const given = Object.entries(fields).flatMap(([name, field]): Array<[string, unknown]> => {
		const { type } = field.properties(name).find((property) => property.name === name) as INodeProperties;
		const { inside = {}, wire } = field;
		if (type === 'collection' && wire === undefined) return [[name, parametersFor(inside, body)]];
		const value = wire === null ? undefined : body[wire ?? name];
		if (value === undefined) return [];
		if (type === 'collection') return [[name, parametersFor(inside, value as IDataObject)]];
		if (type === 'fixedCollection') return [[name, { line: (value as IDataObject[]).map((row) => parametersFor(inside, row)) }]];
		return [[name, isList(value) ? value.join(', ') : value]];
	});
	return Object.fromEntries(given) as IDataObject;
}

/** The records in a body: GoFive takes some in a list, bare or under a key. */
function recordsIn(body: unknown): IDataObject[] {
	const [only, ...others] = Object.values(body ?? {}) as unknown[];
	const list = isList(body) ? body : isList(only) && others.length === 0 ? only : [body ?? {}];
	return list as IDataObject[];
}

/** What is given where the keys of the example are not those of the form. */
const GIVEN: Record<string, IDataObject> = {
	getCustomerEvents: { customerCode: 'C000055', eventTypes: [1], dateFrom: '2025-01-01T00:00:00', dateTo: '2025-01-31T23:59:59' },
};

/** A node that asks for what the example of the contract asks for. */
async function nodeFor(listed: Listed): Promise<{ parameters: IDataObject; items: IDataObject[] }> {
	const { operation } = listed;
	const { operationId, parameters, requestBody } = await describedOf(listed);
	const inPath = parameters.find((one) => one.in === 'path')?.example;
	const body = exampleIn(requestBody) as IDataObject | undefined;
	// One row more than wanted is asked for, to tell whether there are more.
	const limit = operation.pages && body ? { limit: Number(body[operation.pages.take]) - 1 } : {};
	const given = recordsIn(body).map((record) => ({
		...parametersFor(operation.fields, record),
		...(operation.record !== undefined && inPath !== undefined && { [operation.record]: inPath as string }),
		...limit,
		...GIVEN[operationId],
	}));
	const [first = {}] = given;
	return given.length > 1 ? { parameters: fromItemOf(operation) as IDataObject, items: given } : { parameters: first, items: [{}] };
}

/** What is sent otherwise than the example has it. */
const OTHERWISE: Record<string, IDataObject> = {
	// The schema of the page has this key for the customer, its example the other.
	updateCase: { customerNo: 'C000154' },
	// A filter that asks for nothing is left out.
	findExpenses: { searchText: undefined },
};

const described = operations.filter(({ resource }) => resource !== 'endpoint');

test.each(described)('$name: sends the example request of the contract', async (listed) => {
	const { operationId, path, parameters, requestBody } = await describedOf(listed);
	const { parameters: given, items } = await nodeFor(listed);
	const { error } = await world.run(listed.operation.value, { resource: listed.resource, ...given }, { items });
	expect(error).toBeUndefined();
	const [sent] = world.sent(operationId);
	const example = exampleIn(requestBody);
	const shownIn = (place: string) => parameters.filter((one) => one.in === place).map(({ name, example: value }): [string, string] => [name, String(value)]);
	expect(sent?.path).toBe(shownIn('path').reduce((so, [name, value]) => so.replace(`{${name}}`, value), path));
	expect(sent?.query).toBe(String(new URLSearchParams(shownIn('query'))));
	const expected: unknown = isList(example) ? example : example && { ...example, ...OTHERWISE[operationId] };
	expect(sent?.body === '' ? undefined : JSON.parse(sent?.body ?? 'null')).toEqual(expected);
});

/** The records in an answer. */
function recordsOf(answer: unknown): unknown[] {
	const { data } = answer as { data: unknown };
	const held = typeof data === 'object' && data !== null && 'value' in data ? data.value : data;
	return [held].flat().filter((record) => typeof record === 'object' && record !== null);
}

test.each(described)('$name: the example answer of the contract comes out as GoFive sends it, and simplified', async (listed) => {
	const { operationId, responses } = await describedOf(listed);
	const [status, answer] = Object.entries(responses)[0] ?? [];
	const body = exampleIn(answer);
	world.sandbox.addFault({ match: { operationId }, times: 'always', answer: { status: Number(status), body, acts: true } });
	const { parameters, items } = await nodeFor(listed);
	const comesOut = async (output: string) => await world.run(listed.operation.value, { resource: listed.resource, ...parameters, output }, { items });
	const raw = await comesOut('raw');
	expect(raw.error).toBeUndefined();
	// Of a mere confirmation comes what was sent.
	const records = recordsOf(body);
	if (records.length > 0) expect(raw.items).toEqual(records);
	// As text, which keeps the order of the columns.
	const textOf = async (output: string) => (await comesOut(output)).items.map((item) => JSON.stringify(item));
	expect(await textOf('simplified')).toMatchSnapshot();
	const forms = propertiesOf(listed.operation).find(({ name }) => name === 'output')?.options as INodePropertyOptions[] | undefined;
	if (forms?.some(({ value }) => value === 'lines')) expect(await textOf('lines')).toMatchSnapshot('as lines');
});
