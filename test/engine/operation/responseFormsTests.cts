import type { IDataObject } from 'n8n-workflow';
import { allOperations, findListOperation, findOperation } from '../../support/operationParameters.cts';
import { findContractData, findOperationId } from '../operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { EMPTY_LISTS, LIST_BODIES, RECORD_BODIES, UNREADABLE_LISTS } from '../../support/responses.cts';

// The sandbox responds in one form per operation. GoFive may use another one, so every operation meets all of them.
const fixture = setupExecutionFixture();

const SUCCESS_STATUS = { code: '1000', description: 'Success' };
const UNKNOWN_FORMAT = 'GoFive returned a response in an unknown format';
const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

type Entry = (typeof allOperations)[number];

/** Runs an operation whose first response has the given body. Further pages of a list are empty. */
async function runWithBody(entry: Entry, body: unknown, parameters: IDataObject = {}) {
	const { name, operation } = entry;
	const operationId = await findOperationId(entry);
	fixture.sandbox.reset();
	fixture.addFault(operationId, { status: 200, body, acts: true });
	if (operation.pages) fixture.addFault(operationId, { status: 200, body: { data: [] } }, { times: 'always' });
	const result = await fixture.runExample(name, {
		...(operation.fields.limit && { returnAll: true }),
		...(operation.fields.dateRange && { dateRange: 'allDates' }),
		...parameters,
	});
	return { ...result, hintMessages: result.hints.map(({ message }) => message) };
}

/** The same with a successful envelope around the data. */
const runWithData = async (entry: Entry, data: unknown, parameters?: IDataObject) =>
	await runWithBody(entry, { status: SUCCESS_STATUS, data }, parameters);

// Operations that read a list first send the requests of two others.
const describedOperations = allOperations.filter(
	({ resource, operation }) => resource !== 'endpoint' && !findListOperation(operation),
);
const isListRead = ({ operation: { effect, fields, idField } }: Entry) =>
	effect === 'read' && (fields.limit !== undefined || idField === undefined);
const listOperations = describedOperations.filter(isListRead);
const listOperationsWithColumns = listOperations.filter(({ operation }) => operation.entity);
// A batch reads a list of rows. See the test of its forms below.
const singleOperations = describedOperations.filter(
	(entry) => entry.operation.fields.output && !entry.operation.batchSize && !isListRead(entry),
);
// A row of a batch without the code of its item is unknown.
const outputOperations = describedOperations.filter(({ operation }) => operation.fields.output && !operation.batchSize);

test('the operations that read a list are known by their names', () => {
	const listNames = listOperations.map(({ name }) => name);
	const getNames = describedOperations.map(({ name }) => name).filter((name) => /\.get(?:[A-Z]|$)/.test(name));
	expect(listNames).toEqual(getNames.filter((name) => !name.endsWith('.get')));
	expect(singleOperations.length).toBeGreaterThan(15);
});

describe.each(listOperations)('$name', (entry) => {
	const findRows = async () => {
		const data = await findContractData(entry);
		const rows = [data].flat().filter(isRecord);
		expect(rows.length).toBeGreaterThan(0);
		return rows;
	};

	test.each(Object.entries(LIST_BODIES))('reads %s', async (_, toBody) => {
		const rows = await findRows();
		const [raw, simplified, expected] = [
			await runWithBody(entry, toBody(rows), { output: 'raw' }),
			await runWithBody(entry, toBody(rows)),
			await runWithData(entry, rows),
		];
		expect([raw.error, raw.items, raw.hintMessages]).toEqual([undefined, rows, []]);
		expect([simplified.error, simplified.items, simplified.hintMessages]).toEqual([undefined, expected.items, []]);
	});

	test.each(EMPTY_LISTS)('%j is an empty list', async (data) => {
		const { items, error } = await runWithData(entry, data);
		expect([items, error]).toEqual([[], undefined]);
	});

	test('one record as an object stays one record', async () => {
		const [row] = await findRows();
		// Without known columns, a key next to value may belong to the record.
		const extraKeys = entry.operation.entity ? { isMore: false } : {};
		const rowWithValue = { ...row, value: 500 };
		for (const [data, record] of [
			[row, row],
			[rowWithValue, rowWithValue],
			[{ value: row }, row],
			[{ value: row, total: 1, ...extraKeys }, row],
		]) {
			const { items, error } = await runWithData(entry, data, { output: 'raw' });
			expect([items, error]).toEqual([[record], undefined]);
		}
	});
});

describe.each(listOperationsWithColumns)('$name', (entry) => {
	test.each(Object.entries(UNREADABLE_LISTS))('%s: a message says what to do', async (_, { data, keys }) => {
		const { items, error } = await runWithData(entry, data);
		expect(items).toEqual([]);
		expect(error?.message).toBe(UNKNOWN_FORMAT);
		expect(error?.description).toContain(keys ? `Keys in the response: ${keys}.` : 'was not found. Open an issue');
		expect(error?.description).toContain("Any Endpoint with 'Records Path'");
	});

	test('the message names at most ten keys and 300 characters of them', async () => {
		const toKeys = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, 1]));
		const manyKeys = toKeys(Array.from({ length: 400 }, (_, index) => `key${index}`));
		const { error } = await runWithData(entry, manyKeys);
		expect(error?.description).toContain('key9 and 390 more');
		const longKeys = toKeys(['k'.repeat(5000), ...[...'abcdefgh'].map((key) => key.repeat(90))]);
		const { error: longError } = await runWithData(entry, longKeys);
		const [, listedKeys] = /Keys in the response: (.*)\. Open an issue/.exec(longError?.description ?? '') ?? [];
		expect(listedKeys?.length).toBe(301);
	});
});

describe.each(singleOperations)('$name', (entry) => {
	test.each(Object.entries(RECORD_BODIES))('reads %s', async (_, toBody) => {
		const [firstColumn = ''] = Object.keys(entry.operation.entity?.columns ?? {});
		const [record = { [firstColumn]: 'A1' }] = [await findContractData(entry)].flat().filter(isRecord);
		const raw = await runWithBody(entry, toBody(record), { output: 'raw' });
		expect([raw.error, raw.items]).toEqual([undefined, [record]]);
		const simplified = await runWithBody(entry, toBody(record));
		const expected = await runWithData(entry, record);
		expect([simplified.error, simplified.items]).toEqual([undefined, expected.items]);
		expect(JSON.stringify(simplified.hintMessages)).not.toContain('unknown format, so its fields');
	});
});

describe.each(outputOperations)('$name', (entry) => {
	const { operation } = entry;
	const keys = Array.from({ length: 12 }, (_, index) => `unknown${index}`);
	const unknownRecord = Object.fromEntries(keys.map((key) => [key, 'ก']));
	const modes = ['simplified', 'selected', ...(operation.entity?.lines ? ['lines'] : [])];

	test.each(modes)('%s: a hint names the keys of a record without any known column', async (output) => {
		const parameters = { output, fields: [] };
		const { items, error, hintMessages } = await runWithData(entry, [unknownRecord, unknownRecord], parameters);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		const hint = hintMessages.find((text) => text.includes('unknown format, so its fields'));
		expect(hint).toContain(`${keys.slice(0, 10).join(', ')} and 2 more`);
		expect(hint).toContain("'Raw' in 'Output'");
		expect(hint).not.toContain('applies to');
	});

	test('raw returns it without a hint', async () => {
		const { items, hintMessages } = await runWithData(entry, [unknownRecord], { output: 'raw' });
		expect(items).toEqual([unknownRecord]);
		expect(JSON.stringify(hintMessages)).not.toContain('unknown format, so its fields');
	});

	test('what the sandbox returns, and a bare confirmation, need no hint', async () => {
		for (const data of [await findContractData(entry), ...(operation.effect === 'write' ? [true] : [])]) {
			const { hintMessages } = await runWithData(entry, data);
			expect(JSON.stringify(hintMessages)).not.toContain('unknown format, so its fields');
		}
	});
});

describe('forms of single operations', () => {
	test.each([[['ชิ้น', 'ถุง']], [{ value: ['ชิ้น', 'ถุง'], total: 2 }]])(
		'Get Units reads the texts of %j',
		async (data) => {
			const { items, error } = await runWithData(findOperation('product.getUnits'), data);
			expect([error, items]).toEqual([undefined, [{ value: 'ชิ้น' }, { value: 'ถุง' }]]);
		},
	);

	test('events in an object that repeats the customer are a list', async () => {
		const data = { customerCode: 'C000055', customerId: 1, events: [{ eventId: 5 }, { eventId: 6 }] };
		const { items } = await runWithData(findOperation('customerEvent.getByCustomerCode'), data);
		expect(items.map(({ eventId, customerCode }) => [eventId, customerCode])).toEqual([
			[5, 'C000055'],
			[6, 'C000055'],
		]);
	});

	test('a quotation without a number is no list of its products', async () => {
		const data = { quotationSubject: 'ก', customerCode: 'C1', quotationDetails: [{ productCode: 'A' }] };
		const { items } = await runWithData(findOperation('quotation.getAll'), data, { output: 'raw' });
		expect(items).toEqual([data]);
	});

	test.each<[string, string, unknown, unknown?]>([
		['case.create', 'caseNo', 'T250200011'],
		['customer.upsert', 'customerCode', 'C000777'],
		['customerEvent.create', 'eventId', ' 12 ', 12],
		['deal.create', 'dealId', 4712],
		['product.upsert', 'productCode', 'A001'],
		['quotation.upsert', 'quotationNo', 'Q01230000002'],
		['quotation.convertToSalesOrder', 'salesOrderNo', 'SO24090001'],
	])('%s: reads the %s of a response that is only %j, alone or in a list', async (name, column, data, value = data) => {
		for (const aloneOrListed of [data, [data]]) {
			const { items, error } = await runWithData(findOperation(name), aloneOrListed);
			expect([error, items]).toEqual([undefined, [expect.objectContaining({ [column]: value })]]);
			const raw = await runWithData(findOperation(name), aloneOrListed, { output: 'raw' });
			expect([raw.error, raw.items]).toEqual([undefined, [expect.objectContaining({ value: data })]]);
		}
	});

	test.each([
		['case.update', 'T1'],
		['customerEvent.update', '1'],
		['deal.update', 4712],
	])('%s: keeps the ID of the record if the response is only %j', async (name, data) => {
		const [{ items }, confirmed] = [
			await runWithData(findOperation(name), data),
			await runWithData(findOperation(name), true),
		];
		expect(items).toEqual(confirmed.items);
	});

	test('the result of a serial number as a text is in the item', async () => {
		const entry = findOperation('product.verifySerialNumber');
		for (const data of ['Valid', ['Valid']]) {
			const { items } = await runWithData(entry, data);
			expect(items).toEqual([expect.objectContaining({ value: 'Valid' })]);
		}
		const { items } = await runWithData(entry, ['a', 'b']);
		expect(items).toEqual([{ value: 'a' }, { value: 'b' }]);
	});

	test('a null or an empty text does not hide a filled value', async () => {
		for (const hidden of [null, '']) {
			const data = {
				salesOrderNo: 'SO24090001',
				recipientName: hidden,
				recipient: { name: 'สมชาย', address: null },
				salesorderDetails: [],
				salesOrderDetails: [{ productCode: 'A001' }],
			};
			const parameters = { output: 'selected', fields: ['recipientName', 'recipientAddress', 'productCount'] };
			const { items } = await runWithData(findOperation('salesOrder.get'), data, parameters);
			expect(items).toEqual([
				{ salesOrderNo: 'SO24090001', recipientName: 'สมชาย', recipientAddress: null, productCount: 1 },
			]);
		}
	});

	test.each([
		{ items: [{ productCode: 'A001', isSuccess: true }], total: 1 },
		{ value: [{ productCode: 'A001', isSuccess: true }], total: 1 },
		{ value: { rows: [{ productCode: 'A001', isSuccess: true }] } },
	])('a batch finds its rows in %j', async (data) => {
		const parameters = { productCode: 'A001', qty: 5 };
		for (const status of [undefined, SUCCESS_STATUS, { code: '4002', description: 'Several' }]) {
			const { items, error } = await runWithBody(findOperation('product.updateStock'), { status, data }, parameters);
			expect([error, items]).toEqual([undefined, [{ ...parameters, isSuccess: true }]]);
		}
	});

	test('the event types for the names and for the list are found in an object', async () => {
		const body = { data: { items: [{ eventTypeId: 1, eventTypeName: 'นัด' }], totalCount: 1 } };
		fixture.addFault('getCustomerEventTypes', { status: 200, body }, { times: 'always' });
		fixture.respondWithData('getCustomerEvents', [{ eventId: 5, eventType: 1 }]);
		const { items } = await fixture.runOperation('getByCustomerCode', { customerCode: 'C000055' });
		expect(items).toEqual([expect.objectContaining({ eventTypeName: 'นัด' })]);
	});
});

describe('Any Endpoint', () => {
	const sendRequest = async (body: unknown, parameters: IDataObject = {}) => {
		fixture.sandbox.addFault({ answer: { status: 200, body } });
		fixture.sandbox.addFault({ answer: { status: 200, body: { data: [] } }, times: 'always' });
		const endpoint = { resource: 'endpoint', path: '/v1/x', ...parameters };
		return await fixture.runOperation('sendRequest', endpoint);
	};

	test.each(['total', 'count', 'take', 'skip'])('opens value next to %s, in pages as well', async (key) => {
		const body = { data: { value: [{ id: 1 }, { id: 2 }], [key]: 230 } };
		expect((await sendRequest(body)).items).toEqual([{ id: 1 }, { id: 2 }]);
		fixture.sandbox.reset();
		const { items, error } = await sendRequest(body, { paging: 'takeSkip', returnAll: true });
		expect([error, items]).toEqual([undefined, [{ id: 1 }, { id: 2 }]]);
	});

	test('a hint names the keys if no record has a selected field', async () => {
		const body = { data: [{ id: 1, 'a.b': 2 }] };
		const getHints = async (fields: string) => {
			const { items, hints } = await sendRequest(body, { output: 'selected', fields });
			fixture.sandbox.reset();
			return [items, hints.map(({ message }) => message)];
		};
		expect(await getHints('Id, name')).toEqual([
			[{ Id: null, name: null }],
			[
				expect.stringMatching(
					/in an unknown format, so its fields are empty\. The record contains the keys id, a\.b\..*'Raw' in 'Output'/,
				),
			],
		]);
		expect(await getHints('a.b, name')).toEqual([[{ 'a.b': 2, name: null }], []]);
		const [items, hintMessages] = await getHints('constructor, toString');
		expect([items, hintMessages?.length]).toEqual([[{ constructor: null, toString: null }], 1]);
	});
});
