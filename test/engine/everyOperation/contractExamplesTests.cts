import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field } from '../../../nodes/GoFive/operation/types';
import { loadContractValidator } from '../../../sandbox/contractValidator.mts';
import {
	buildItemExpressionParameters,
	allOperations,
	getExampleParameters,
	getOperationProperties,
	buildOperationRequest,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

interface MediaContent {
	content?: { 'application/json'?: { example?: unknown } };
}
/** What the contract shows of an operation. */
interface DescribedOperation {
	operationId: string;
	path: string;
	parameters: Array<{ name: string; in: string; example?: unknown }>;
	requestBody?: MediaContent;
	responses: Record<string, MediaContent | undefined>;
}

const fixture = setupExecutionFixture();

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const findDescription = async ({ operation }: OperationEntry) =>
	(await loadContractValidator()).findOperation(
		buildOperationRequest(operation, getExampleParameters(operation)),
	) as unknown as DescribedOperation;
const getExample = ({ content }: MediaContent = {}) => content?.['application/json']?.example;

/** Parameters for what GoFive gets: each key in the input that stands for it. */
function buildParameters(fields: Record<string, Field>, body: IDataObject): IDataObject {
	const entries = Object.entries(fields).flatMap(([name, field]): Array<[string, unknown]> => {
		const { type } = field.properties(name).find((property) => property.name === name) as INodeProperties;
		const { nestedFields = {}, bodyKey } = field;
		if (type === 'collection' && bodyKey === undefined) return [[name, buildParameters(nestedFields, body)]];
		const value = bodyKey === null ? undefined : body[bodyKey ?? name];
		if (value === undefined) return [];
		if (type === 'collection') return [[name, buildParameters(nestedFields, value as IDataObject)]];
		if (type === 'fixedCollection')
			return [[name, { line: (value as IDataObject[]).map((row) => buildParameters(nestedFields, row)) }]];
		return [[name, isList(value) ? value.join(', ') : value]];
	});
	return Object.fromEntries(entries) as IDataObject;
}

/** The records in a body: GoFive takes some in a list, bare or under a key. */
function listRecords(body: unknown): IDataObject[] {
	const [firstValue, ...otherValues] = Object.values(body ?? {}) as unknown[];
	const list = isList(body) ? body : isList(firstValue) && otherValues.length === 0 ? firstValue : [body ?? {}];
	return list as IDataObject[];
}

/** What is given where the keys of the example are not those of the form. */
const EXTRA_PARAMETERS: Record<string, IDataObject> = {
	getCustomerEvents: {
		customerCode: 'C000055',
		eventTypes: [1],
		dateFrom: '2025-01-01T00:00:00',
		dateTo: '2025-01-31T23:59:59',
	},
};

/** A node that asks for what the example of the contract asks for. */
async function buildNode(listed: OperationEntry): Promise<{ parameters: IDataObject; items: IDataObject[] }> {
	const { operation } = listed;
	const { operationId, parameters, requestBody } = await findDescription(listed);
	const pathExample = parameters.find((parameter) => parameter.in === 'path')?.example;
	const body = getExample(requestBody) as IDataObject | undefined;
	// One row more than wanted is asked for, to tell whether there are more.
	const limit = operation.pages && body ? { limit: Number(body[operation.pages.takeKey]) - 1 } : {};
	const inputs = listRecords(body).map((record) => ({
		...buildParameters(operation.fields, record),
		...(operation.idField !== undefined && pathExample !== undefined && { [operation.idField]: pathExample as string }),
		...limit,
		...EXTRA_PARAMETERS[operationId],
	}));
	const [first = {}] = inputs;
	return inputs.length > 1
		? { parameters: buildItemExpressionParameters(operation) as IDataObject, items: inputs }
		: { parameters: first, items: [{}] };
}

/** What is sent otherwise than the example has it. */
const BODY_DEVIATIONS: Record<string, IDataObject> = {
	// The schema of the page has this key for the customer, its example the other.
	updateCase: { customerNo: 'C000154' },
	// A filter that asks for nothing is left out.
	findExpenses: { searchText: undefined },
};

const describedOperations = allOperations.filter(({ resource }) => resource !== 'endpoint');

test.each(describedOperations)('$name: sends the example request of the contract', async (listed) => {
	const { operationId, path, parameters, requestBody } = await findDescription(listed);
	const { parameters: nodeParameters, items } = await buildNode(listed);
	const { error } = await fixture.runOperation(
		listed.operation.value,
		{ resource: listed.resource, ...nodeParameters },
		{ items },
	);
	expect(error).toBeUndefined();
	const [request] = fixture.findRequests(operationId);
	const example = getExample(requestBody);
	const listExamples = (parameterLocation: string) =>
		parameters
			.filter((parameter) => parameter.in === parameterLocation)
			.map(({ name, example: value }): [string, string] => [name, String(value)]);
	expect(request?.path).toBe(
		listExamples('path').reduce((partialPath, [name, value]) => partialPath.replace(`{${name}}`, value), path),
	);
	expect(request?.query).toBe(String(new URLSearchParams(listExamples('query'))));
	const expected: unknown = isList(example) ? example : example && { ...example, ...BODY_DEVIATIONS[operationId] };
	expect(request?.body === '' ? undefined : JSON.parse(request?.body ?? 'null')).toEqual(expected);
});

/** The records in an answer. */
function extractRecords(answer: unknown): unknown[] {
	const { data } = answer as { data: unknown };
	const payload = typeof data === 'object' && data !== null && 'value' in data ? data.value : data;
	return [payload].flat().filter((record) => typeof record === 'object' && record !== null);
}

test.each(describedOperations)(
	'$name: the example answer of the contract comes out as GoFive sends it, and simplified',
	async (listed) => {
		const { operationId, responses } = await findDescription(listed);
		const [status, answer] = Object.entries(responses)[0] ?? [];
		const body = getExample(answer);
		fixture.sandbox.addFault({
			match: { operationId },
			times: 'always',
			answer: { status: Number(status), body, acts: true },
		});
		const { parameters, items } = await buildNode(listed);
		const runWithOutput = async (output: string) =>
			await fixture.runOperation(
				listed.operation.value,
				{ resource: listed.resource, ...parameters, output },
				{ items },
			);
		const raw = await runWithOutput('raw');
		expect(raw.error).toBeUndefined();
		// Of a mere confirmation comes what was sent.
		const records = extractRecords(body);
		if (records.length > 0) expect(raw.items).toEqual(records);
		// As text, which keeps the order of the columns.
		const serializeItems = async (output: string) =>
			(await runWithOutput(output)).items.map((item) => JSON.stringify(item));
		expect(await serializeItems('simplified')).toMatchSnapshot();
		const outputOptions = getOperationProperties(listed.operation).find(({ name }) => name === 'output')?.options as
			| INodePropertyOptions[]
			| undefined;
		if (outputOptions?.some(({ value }) => value === 'lines'))
			expect(await serializeItems('lines')).toMatchSnapshot('as lines');
	},
);
