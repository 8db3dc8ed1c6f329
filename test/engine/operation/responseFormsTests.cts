import type { IDataObject } from 'n8n-workflow';
import { describeUnknownRecord } from '../../../nodes/GoFive/operation/records/records';
import type { Entity } from '../../../nodes/GoFive/operation/entity';
import { allOperations, findOperation } from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

// Forms of a response that only some operations have. Those of all operations are in unit/recordsTests.cts.
const fixture = setupExecutionFixture();

type Entry = (typeof allOperations)[number];

/** Runs an operation whose first response has the given data. Further pages of a list are empty. */
async function runWithData(entry: Entry, data: unknown, parameters: IDataObject = {}) {
	const { name, operation } = entry;
	const operationId = await findOperationId(entry);
	fixture.sandbox.reset();
	fixture.respondWithData(operationId, data);
	if (operation.pages) fixture.respondWithData(operationId, [], { times: 'always' });
	const result = await fixture.runExample(name, {
		...(operation.fields.limit && { returnAll: true }),
		...(operation.fields.dateRange && { dateRange: 'allDates' }),
		...parameters,
	});
	return { ...result, hintMessages: result.hints.map(({ message }) => message) };
}

describe('a record without any known column', () => {
	const unknownRecord = { unknown1: 'ก', unknown2: 'ข' };
	test.each([
		['deal.getAll', 'simplified'],
		['salesOrder.get', 'rows'],
		['quotation.upsert', 'simplified'],
	])('%s, %s: a hint names its keys', async (name, output) => {
		const entry = findOperation(name);
		const { items, hintMessages } = await runWithData(entry, [unknownRecord], { output, fields: [] });
		expect(items).toHaveLength(1);
		const description = describeUnknownRecord([unknownRecord], entry.operation.entity as Entity);
		expect(description).toContain('unknown1, unknown2');
		expect(hintMessages).toContainEqual(
			expect.stringContaining(`${description} To return the whole record, select 'Raw'`),
		);
	});

	test('raw returns it without a hint', async () => {
		const { items, hintMessages } = await runWithData(findOperation('deal.getAll'), [unknownRecord], { output: 'raw' });
		expect([items, hintMessages]).toEqual([[unknownRecord], []]);
	});
});

describe('forms of single operations', () => {
	test('events in an object that repeats the customer are a list', async () => {
		const data = { customerCode: 'C000055', customerId: 1, events: [{ eventId: 5 }, { eventId: 6 }] };
		const { items } = await runWithData(findOperation('customerEvent.getByCustomerCode'), data);
		expect(items.map(({ eventId, customerCode }) => [eventId, customerCode])).toEqual([
			[5, 'C000055'],
			[6, 'C000055'],
		]);
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
});

describe('Any Endpoint', () => {
	const sendRequest = async (body: unknown, parameters: IDataObject = {}) => {
		fixture.sandbox.faults.add({ answer: { status: 200, body } });
		fixture.sandbox.faults.add({ answer: { status: 200, body: { data: [] } }, times: 'always' });
		const endpoint = { resource: 'endpoint', path: '/v1/x', ...parameters };
		return await fixture.runOperation('sendRequest', endpoint);
	};

	test('a hint names the keys if no record has a selected field', async () => {
		const body = { data: [{ id: 1, 'a.b': 2 }] };
		const getHints = async (fields: string) => {
			const { items, hints } = await sendRequest(body, { output: 'selected', fields });
			fixture.sandbox.reset();
			return [items, hints.map(({ message }) => message)];
		};
		expect(await getHints('Id, name')).toEqual([
			[{ Id: null, name: null }],
			[expect.stringMatching(/ in an unknown format, .* id, a\.b\. .*'Raw' in 'Output'/)],
		]);
		expect(await getHints('a.b, name')).toEqual([[{ 'a.b': 2, name: null }], []]);
		const [items, hintMessages] = await getHints('constructor, toString');
		expect([items, hintMessages?.length]).toEqual([[{ constructor: null, toString: null }], 1]);
	});
});
