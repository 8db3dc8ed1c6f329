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
	...SENT_FIELDS,
	eventId: null,
	eventDate: '2025-02-01T10:00:00+07:00',
	eventTypeName: 'เยี่ยมลูกค้า (Site Visit)',
	customerId: null,
};

/** Writes an event that GoFive answers with `data`, and returns the only item. */
async function writeEvent(operation: 'create' | 'update', data: unknown, parameters: IDataObject = {}) {
	fixture.respondWithData(`${operation}CustomerEvent`, data);
	const { items, error } = await fixture.runExample(`customerEvent.${operation}`, { ...SENT_FIELDS, ...parameters });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	return items[0];
}

describe('missing values of a write response are filled from the request', () => {
	const otherValues = { eventId: 12, eventName: 'N', eventType: 1, description: '', customerCode: 'C1' };

	test.each([
		['an ID', { eventId: 12, customerId: 7 }, { eventId: 12, customerId: 7 }],
		['other keys', { success: true }, {}],
		[
			'nulls instead of the sent values',
			{ eventId: 12, eventName: null, eventDate: null, eventType: null, customerCode: null },
			{ eventId: 12, eventName: null, eventDate: null, eventType: null, eventTypeName: null },
		],
		[
			'other values',
			{ ...otherValues, eventDate: '2025-02-01T11:00:00+0700' },
			{ ...otherValues, eventDate: '2025-02-01T11:00:00+07:00', eventTypeName: 'Meeting' },
		],
		['null instead of the sent description', { eventId: 12, description: null }, { eventId: 12, description: null }],
		['no ID: 0', 0, {}],
	])('create: %s', async (_, data, expected) => {
		expect(await writeEvent('create', data)).toEqual({ ...COMPLETE_ITEM, ...expected });
	});

	test.each([
		[{ eventId: 14 }, 14],
		[{ customerId: null }, 13],
	])('update: %j', async (data, eventId) => {
		expect(await writeEvent('update', data)).toEqual({ ...COMPLETE_ITEM, eventId });
	});

	test('a description that was not sent is empty', async () => {
		expect(await writeEvent('create', {}, { description: ' ' })).toEqual({ ...COMPLETE_ITEM, description: null });
	});

	test('the date has the offset of the time zone option', async () => {
		const options = { timeZone: 'America/New_York' };
		expect(await writeEvent('create', {}, { options })).toMatchObject({ eventDate: '2025-02-01T10:00:00-05:00' });
	});

	test('selected fields are filled as well', async () => {
		const selected = { output: 'selected', fields: ['eventId', 'eventName', 'eventTypeName'] };
		const { eventName, eventTypeName } = COMPLETE_ITEM;
		expect(await writeEvent('create', '12', selected)).toEqual({ eventId: 12, eventName, eventTypeName });
	});

	test('raw is the response, next to the ID field if it is no record', async () => {
		const raw = { output: 'raw' };
		expect(await writeEvent('create', { eventId: 12 }, raw)).toEqual({ eventId: 12 });
		expect(await writeEvent('update', { a: null }, raw)).toEqual({ a: null });
		expect(await writeEvent('create', '12', raw)).toEqual({ customerCode: 'C000154', value: '12' });
	});
});

test('events of a read are not filled', async () => {
	fixture.respondWithData('getCustomerEvents', [{ eventId: 12 }]);
	const { items } = await fixture.runOperation('getByCustomerCode', { ...SENT_FIELDS, eventTypes: [4] });
	expect(items).toEqual([
		{
			...Object.fromEntries(Object.keys(COMPLETE_ITEM).map((key) => [key, null])),
			eventId: 12,
			customerCode: 'C000154',
		},
	]);
});
