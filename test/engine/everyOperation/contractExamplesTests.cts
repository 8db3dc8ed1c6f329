import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field } from '../../../nodes/GoFive/operation/field';
import {
	buildItemExpressionParameters,
	contractOperations,
	findListOperation,
	getOperationProperties,
	type OperationEntry,
} from '../../support/operationParameters.cts';
import {
	buildExampleRequest,
	findDescription,
	findExampleData,
	getExample,
	listSentRecords,
} from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ hasToken: true });

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Builds the parameters that send a body: each key in the input that is sent under it. */
function buildParameters(fields: Record<string, Field>, body: IDataObject): IDataObject {
	const entries = Object.entries(fields).flatMap(([name, field]): Array<[string, unknown]> => {
		const { type } = field.properties(name).find((property) => property.name === name) as INodeProperties;
		const { nestedFields = {}, bodyKey } = field;
		if (type === 'collection' && bodyKey === null) return [[name, buildParameters(nestedFields, body)]];
		const value = bodyKey === null ? undefined : body[bodyKey ?? name];
		if (value === undefined || value === null) return [];
		if (type === 'collection') return [[name, buildParameters(nestedFields, value as IDataObject)]];
		if (type === 'fixedCollection')
			return [[name, { row: (value as IDataObject[]).map((row) => buildParameters(nestedFields, row)) }]];
		return [[name, isList(value) ? value.join(', ') : value]];
	});
	return Object.fromEntries(entries) as IDataObject;
}

/** Parameters of operations whose form has other keys than the example. */
const EXTRA_PARAMETERS: Record<string, IDataObject> = {
	// The example clears the note.
	updateDeal: { fieldsToClear: ['note'] },
	getCustomerEvents: {
		customerCode: 'C000055',
		eventTypes: [1],
		dateFrom: '2025-01-01T00:00:00',
		dateTo: '2025-01-31T23:59:59',
	},
	findExpenses: { dateRange: 'custom', dateFrom: '2021-09-17T10:42:31.981Z', dateTo: '2021-09-17T10:42:31.981Z' },
};

/** Builds the parameters and items of a node that sends the contract's example request. */
async function buildNode(entry: OperationEntry): Promise<{ parameters: IDataObject; items: IDataObject[] }> {
	const { operation } = entry;
	const { operationId, parameters = [], requestBody } = await findDescription(entry);
	const pathExample = parameters.find((parameter) => parameter.in === 'path')?.example;
	const body = getExample(requestBody) as IDataObject | undefined;
	// The node requests one row more than the limit, to find out whether there are more.
	const pages = typeof operation.pages === 'object' ? operation.pages : undefined;
	const limit = pages && body ? { limit: Number(body[pages.takeKey]) - 1 } : {};
	const inputs = listSentRecords(body).map((record) => ({
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

/** Intended differences from the example requests. */
const BODY_DEVIATIONS: Record<string, IDataObject> = {
	// GoFive's page names the customer differently in its schema and in its example. Both keys are sent.
	updateCase: { customerNo: 'C000154' },
	// An empty filter is omitted, and a range has whole seconds.
	findExpenses: {
		searchText: undefined,
		dateStart: '2021-09-17T10:42:31.000Z',
		dateEnd: '2021-09-17T10:42:31.000Z',
	},
};

// An operation that reads a list first sends the requests of two others. An update repeats the values of its record.
const describedOperations = contractOperations.filter(
	({ operation }) => !findListOperation(operation) && !operation.current,
);

test.each(describedOperations)('$name: sends the example request of the contract', async (entry) => {
	const description = await findDescription(entry);
	const { parameters: nodeParameters, items } = await buildNode(entry);
	const { error } = await fixture.runOperation(
		entry.operation.value,
		{ resource: entry.resource, ...nodeParameters },
		{ items },
	);
	expect(error).toBeUndefined();
	const { operationId } = description;
	const [request] = fixture.findRequests(operationId);
	const { path, query, body: example } = buildExampleRequest(description);
	expect(request?.path).toBe(path);
	expect(request?.query).toBe(String(new URLSearchParams(query)));
	const expected: unknown = isList(example) ? example : example && { ...example, ...BODY_DEVIATIONS[operationId] };
	expect(request?.body === '' ? undefined : JSON.parse(request?.body ?? 'null')).toEqual(expected);
});

test.each(describedOperations)(
	'$name: returns the example response of the contract, raw and simplified',
	async (entry) => {
		const { operationId, responses } = await findDescription(entry);
		const [status, answer] = Object.entries(responses)[0] ?? [];
		const body = getExample(answer);
		fixture.addFault(operationId, { status: Number(status), body, acts: true }, { times: 'always' });
		const { parameters, items } = await buildNode(entry);
		const runWithOutput = async (output: string) =>
			await fixture.runOperation(entry.operation.value, { resource: entry.resource, ...parameters, output }, { items });
		const raw = await runWithOutput('raw');
		expect(raw.error).toBeUndefined();
		// For a bare confirmation the node returns what was sent.
		const records = [await findExampleData(entry)]
			.flat()
			.filter((value) => typeof value === 'object' && value !== null);
		expect(raw.items).toEqual(records.length > 0 ? records : items.map((): unknown => expect.any(Object)));
		const outputOptions = getOperationProperties(entry.operation).find(({ name }) => name === 'output')?.options as
			| INodePropertyOptions[]
			| undefined;
		const hasLines = outputOptions?.some(({ value }) => value === 'rows');
		for (const output of hasLines ? ['simplified', 'rows'] : ['simplified']) {
			// Text keeps the order of the columns.
			const serializedItems = (await runWithOutput(output)).items.map((item) => JSON.stringify(item));
			expect(serializedItems).toMatchSnapshot(output);
		}
	},
);
