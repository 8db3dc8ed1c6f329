import type { IDataObject } from 'n8n-workflow';
import { readOperationValues } from '../../../nodes/GoFive/operation/fields/nodeOptions';
import type { Column, Columns } from '../../../nodes/GoFive/operation/entity';
import type { Operation } from '../../../nodes/GoFive/operation/kinds';
import { fillNearlyAllFields } from '../../support/formFields.cts';
import { contractOperations, STUB_READ_CONTEXT, type OperationEntry } from '../../support/operationParameters.cts';
import { findOperationId, listSentRecords } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ hasToken: true });

const operationsWithColumns = contractOperations.filter(
	({ operation: { entity, receive, sortColumn } }) => entity && !receive && !sortColumn,
);
// A row of a batch without a response is unknown.
const writes = operationsWithColumns.filter(({ operation: { effect, batchSize } }) => effect === 'write' && !batchSize);

const getPaths = (key: string, { countPaths, paths = countPaths }: Column): string[] => paths ?? [key];
const getColumns = ({ operation }: OperationEntry): Columns => operation.entity?.columns ?? {};

/** Reads the values of the parameters, since the parameter of an ID is a text and its value a number. */
const buildIdValues = ({ operation }: OperationEntry, parameters: Record<string, unknown>): Record<string, unknown> =>
	readOperationValues(operation.fields, (name) => parameters[name] ?? null, STUB_READ_CONTEXT);

const SUCCESS_STATUS = { code: '1000', description: 'Success' };
const toBody = (data: unknown) => ({ status: SUCCESS_STATUS, data });

/**
 * Runs an operation with nearly all fields filled in.
 * @param bodies - Responses to the requests of the operation. There is an item for each
 * @returns the items with all their columns, the sent values, and the number of these requests
 */
async function runWithAllFields(entry: OperationEntry, bodies: object[], parameters: IDataObject = {}) {
	const { idField = '', pages } = entry.operation;
	const operationId = await findOperationId(entry);
	const filled = { ...fillNearlyAllFields(entry).parameters, output: 'selected', fields: [], ...parameters };
	fixture.sandbox.reset();
	fixture.removeCustomerTypes();
	for (const body of bodies) fixture.addFault(operationId, { status: 200, body, acts: true });
	if (pages) fixture.respondWithData(operationId, [], { times: 'always' });
	const inputItems = bodies.map(() => ({}));
	const { items, error } = await fixture.runExample(entry.name, { ...filled, returnAll: true }, { items: inputItems });
	expect(error).toBeUndefined();
	const requests = fixture.findRequests(operationId);
	const [request] = requests;
	const sentBody: unknown = request?.body ? JSON.parse(request.body) : undefined;
	const { [idField]: id } = buildIdValues(entry, filled);
	const sent: IDataObject = { ...listSentRecords(sentBody)[0], ...(id !== undefined && { [idField]: id }) };
	return { items, sent, requestCount: requests.length };
}

/** Keys of the columns that are never null: the key of the record, and the ID field. */
const getIdentifyingColumns = ({ idField = '', entity }: Operation) => [...(entity?.keyColumns ?? []), idField];

/** Builds a record in which every column is null. */
const buildNullRecord = (entry: OperationEntry): IDataObject => {
	const keys = Object.entries(getColumns(entry)).flatMap(([key, column]) => getPaths(key, column));
	return Object.fromEntries(keys.filter((key) => !key.includes('.')).map((key) => [key, null]));
};

/** Returns the day of a date. Its time and offset depend on the time zone of the account. */
const toDay = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : value);

/** Formats a value as the column shows it. */
function toShownValue(value: unknown, { countPaths, separator, valueNames, type }: Column): unknown {
	if (countPaths) return (value as unknown[]).length;
	if (separator !== undefined && Array.isArray(value)) return value.join(separator);
	if (type === 'date') return toDay(value);
	return valueNames?.find((option) => String(option.value) === String(value))?.name ?? value;
}

/** Responses that confirm a write without a value of the record. */
const CONFIRMATIONS = [
	toBody(true),
	toBody(null),
	toBody('Success'),
	toBody(''),
	{ status: SUCCESS_STATUS },
	{ status: SUCCESS_STATUS, data: null, errors: ['Not saved'] },
	toBody({ value: 'Not saved' }),
	{ data: {} },
	{ data: [] },
	{ data: true },
	{ data: { value: true } },
	toBody({ unknownKey: 1 }),
];

test.each(writes)('$name: shows every sent input that has a column if GoFive only confirms', async (entry) => {
	// An update does not send again what the record contains already.
	const runs = entry.operation.current ? CONFIRMATIONS.map((body) => [body]) : [CONFIRMATIONS];
	const results = [];
	for (const bodies of runs) results.push(await runWithAllFields(entry, bodies));
	expect(results.map(({ requestCount }) => requestCount)).toEqual(runs.map(({ length }) => length));
	const items = results.flatMap((result) => result.items);
	expect(items).toEqual(CONFIRMATIONS.map(() => items[0]));
	const { sent = {} } = results[0] ?? {};
	const columns = Object.entries(getColumns(entry));
	const shown = columns.flatMap(([key, column]) => {
		const path = getPaths(key, column).find((candidate) => sent[candidate] !== undefined);
		if (path === undefined) return [];
		const value = items[0]?.[key];
		return [{ key, value: column.type === 'date' ? toDay(value) : value, path, column }];
	});
	expect(shown.length).toBeGreaterThan(0);
	expect(shown.map(({ key, value }) => [key, value])).toEqual(
		shown.map(({ key, path, column }) => [key, toShownValue(sent[path], column)]),
	);
});

const writesWithRows = writes.filter(({ operation: { entity, fields } }) =>
	entity?.lines?.paths.some((path) => path in fields),
);

test('finds the writes with rows', () => expect(writesWithRows.length).toBeGreaterThanOrEqual(3));

test.each(writesWithRows)('$name: Lines shows the sent rows unless GoFive returns a list or null', async (entry) => {
	const { lines } = entry.operation.entity ?? {};
	const lastPath = lines?.paths.at(-1) ?? '';
	const lineKeys = Object.keys(lines?.columns ?? {});
	const bodies = [{}, { [lastPath]: null }, { [lastPath]: [] }].map((data) => toBody({ ...data, unknownKey: 1 }));
	const { items } = await runWithAllFields(entry, bodies, { output: 'rows' });
	const hasLine = (item: IDataObject) => lineKeys.some((key) => item[key] !== null);
	expect(items.map(hasLine)).toEqual([true, false, false]);
});

// An update shows the record that it reads afterwards.
test.each(operationsWithColumns.filter(({ operation: { batchSize, current } }) => !batchSize && !current))(
	'$name: shows null where GoFive returns null, but for the key of the record',
	async (entry) => {
		const { operation } = entry;
		const { items, sent } = await runWithAllFields(entry, [toBody([{ ...buildNullRecord(entry), unknownKey: 1 }])]);
		const identifying = getIdentifyingColumns(operation);
		expect(items).toHaveLength(1);
		for (const [key, value] of Object.entries(items[0] ?? {})) {
			const column = getColumns(entry)[key] ?? { displayName: key };
			const paths = identifying.includes(key) ? getPaths(key, column) : [];
			const sentPath = paths.find((path) => sent[path] !== undefined && operation.idField !== undefined);
			expect([key, value]).toEqual([key, sentPath === undefined ? null : sent[sentPath]]);
		}
	},
);

test.each(operationsWithColumns.filter(({ operation: { effect, idField } }) => effect === 'read' && idField))(
	'$name: completes every record with the ID that was sent',
	async (entry) => {
		const { idField = '' } = entry.operation;
		const { items, sent } = await runWithAllFields(entry, [toBody([{ unknownKey: 1 }, { unknownKey: 2 }])]);
		const isShown = idField in getColumns(entry);
		expect(items.map((item) => item[idField])).toEqual(items.map(() => (isShown ? sent[idField] : undefined)));
		expect(items.length).toBeGreaterThan(0);
	},
);
