import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const SENT_FIELDS = {
	customerCode: 'C000154',
	eventName: 'เยี่ยมลูกค้า',
	eventType: 4,
	eventDate: '2025-02-01T10:00:00',
	description: 'พบคุณสมชาย',
};
const COMPLETE_ITEM = {
	eventId: null,
	eventName: 'เยี่ยมลูกค้า',
	eventDate: '2025-02-01T10:00:00+07:00',
	eventType: 4,
	eventTypeName: 'เยี่ยมลูกค้า (Site Visit)',
	description: 'พบคุณสมชาย',
	customerCode: 'C000154',
	customerId: null,
};

/** Writes an event that GoFive answers with `data`, and returns the only item. */
async function writeEvent(operation: 'create' | 'update', data: unknown, parameters: IDataObject = {}) {
	const operationId = `${operation}CustomerEvent`;
	fixture.respondWithData(operationId, data);
	const { eventId = 0 } = fixture.sandbox.store.events[0] ?? {};
	const idParameter = operation === 'update' ? { eventId: String(eventId) } : {};
	const { items, error } = await fixture.runOperation(operation, { ...SENT_FIELDS, ...idParameter, ...parameters });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	return { item: items[0], eventId };
}

describe('missing values of a write response are filled from the request', () => {
	test.each([
		['an ID', { eventId: 12 }, { eventId: 12 }],
		['an ID within value', { value: { eventId: 12 } }, { eventId: 12 }],
		['a list', [{ eventId: 12, customerId: 7 }], { eventId: 12, customerId: 7 }],
		['other keys', { success: true }, {}],
		[
			'a record without values',
			{ eventId: 12, eventName: null, eventDate: null, eventType: null, customerCode: null },
			{ eventId: 12 },
		],
		[
			'other values',
			{
				eventId: 12,
				eventName: 'N',
				eventType: 1,
				eventDate: '2025-02-01T11:00:00+0700',
				description: '',
				customerCode: 'C1',
			},
			{
				eventId: 12,
				eventName: 'N',
				eventType: 1,
				eventTypeName: expect.any(String),
				eventDate: '2025-02-01T11:00:00+07:00',
				description: '',
				customerCode: 'C1',
			},
		],
		['null instead of the sent description', { eventId: 12, description: null }, { eventId: 12, description: null }],
		['a number', 12, { eventId: 12 }],
		['a number as text', ' 12 ', { eventId: 12 }],
		['no ID: 0', 0, {}],
		['no ID: a word', 'Success', {}],
	])('create: %s', async (_, data, expected) => {
		expect((await writeEvent('create', data)).item).toEqual({ ...COMPLETE_ITEM, ...expected });
	});

	test.each([{ eventId: 13 }, { customerId: null }, '1', 1, true])('update: %j', async (data) => {
		const { item, eventId } = await writeEvent('update', data);
		const expectedId = typeof data === 'object' && 'eventId' in data ? 13 : eventId;
		expect(item).toEqual({ ...COMPLETE_ITEM, eventId: expectedId });
	});

	test('a description that was not sent is empty', async () => {
		expect((await writeEvent('create', { eventId: 12 }, { description: ' ' })).item).toEqual({
			...COMPLETE_ITEM,
			eventId: 12,
			description: null,
		});
	});

	test('the date has the offset of the time zone option', async () => {
		const options = { timeZone: 'America/New_York' };
		expect((await writeEvent('create', { eventId: 12 }, { options })).item).toMatchObject({
			eventDate: '2025-02-01T10:00:00-05:00',
		});
	});

	test('selected fields are filled as well', async () => {
		const selected = { output: 'selected', fields: ['eventId', 'eventName', 'eventTypeName'] };
		const { eventName, eventTypeName } = COMPLETE_ITEM;
		expect((await writeEvent('create', '12', selected)).item).toEqual({ eventId: 12, eventName, eventTypeName });
	});

	test('raw is the response, or the sent values if it has no record', async () => {
		expect((await writeEvent('create', { eventId: 12 }, { output: 'raw' })).item).toEqual({ eventId: 12 });
		expect((await writeEvent('update', { a: null }, { output: 'raw' })).item).toEqual({ a: null });
		expect((await writeEvent('create', '12', { output: 'raw' })).item).toEqual({ eventId: 12, ...SENT_FIELDS });
	});
});

test('events of a read are not filled', async () => {
	fixture.respondWithData('getCustomerEvents', [{ eventId: 12 }]);
	const { items } = await fixture.runOperation('getByCustomerCode', { ...SENT_FIELDS, eventTypes: [4] });
	expect(items).toEqual([
		{
			eventId: 12,
			eventName: null,
			eventDate: null,
			eventType: null,
			eventTypeName: null,
			description: null,
			customerCode: 'C000154',
			customerId: null,
		},
	]);
});
