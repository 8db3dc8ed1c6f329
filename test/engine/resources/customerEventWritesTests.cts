import { ALREADY_PROCESSED } from '../../../nodes/GoFive/api/messages';
import { setupExecutionFixture } from '../executionFixture.cts';
import { buildRejection } from '../../support/expectedMessages.cts';

const fixture = setupExecutionFixture();

test("omits an empty description, trims a name, and converts a date with an offset to GoFive's wall time", async () => {
	await fixture.expectBodyChanges(
		'customerEvent.create',
		{ eventName: ' เยี่ยมลูกค้า ', description: '  ', eventDate: '2025-02-01T10:00:00Z' },
		{ eventName: 'เยี่ยมลูกค้า', eventDate: '2025-02-01T17:00:00' },
	);
});

test('stops at the first failure and reports the progress', async () => {
	const items = ['C000055', 'NOBODY', 'C000154'].map((code) => ({ code }));
	const { error } = await fixture.runExample('customerEvent.create', { customerCode: '={{ $json.code }}' }, { items });
	expect(error).toMatchObject({
		message: `${buildRejection('Customer not found')} for customer code 'NOBODY'`,
		context: { itemIndex: 1 },
	});
	expect(error?.description).toContain(
		' Processed: C000055. Not processed: NOBODY. Not sent: C000154. When you run the workflow again, omit the items that were already processed.',
	);
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(2);
});

test('lists a saved write as processed if its response cannot be read', async () => {
	const items = ['C000055', 'C000154', 'C000201'].map((code) => ({ code }));
	fixture.respondWithData({ operationId: 'createCustomerEvent', customerCode: 'C000154' }, [2, 3]);
	const { error } = await fixture.runExample('customerEvent.create', { customerCode: '={{ $json.code }}' }, { items });
	expect(error?.description).toContain(` ${ALREADY_PROCESSED} Processed: C000055, C000154. Not sent: C000201.`);
});

test('sends all equal writes', async () => {
	await fixture.runExample('customerEvent.create', {}, { items: [{}, {}, {}] });
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(3);
});

test("names an unknown operation, and refers n8n's custom API call to Any Endpoint", async () => {
	const unknownOperation = await fixture.runOperation('archive', {});
	expect(unknownOperation.error?.message).toBe(
		"The GoFive node has no operation 'archive' for the resource 'customerEvent'",
	);
	const markup = await fixture.runOperation('<img src=x>', {});
	expect(markup.error?.message).toContain("'< img src=x>'");
	const { error } = await fixture.runOperation('__CUSTOM_API_CALL__', {});
	expect(error?.message).toBe("The GoFive node does not support 'Custom API Call'");
	expect(error?.description).toContain("the operation 'Send Request'");
});

// What all writes return is in everyOperation/sentValuesTests.cts.
describe('output', () => {
	const EVENT = { customerCode: 'C000154', eventType: 4, eventDate: '2025-02-01T10:00:00' };

	test('the date that was sent has the offset of the time zone option', async () => {
		fixture.respondWithData('createCustomerEvent', {});
		const options = { timeZone: 'America/New_York' };
		const { items } = await fixture.runExample('customerEvent.create', { ...EVENT, options });
		expect(items).toEqual([expect.objectContaining({ eventDate: '2025-02-01T10:00:00-05:00' })]);
	});

	test("GoFive's values count, and the name of the type follows its type", async () => {
		const data = { eventId: 12, eventType: 1, eventDate: '2025-02-01T11:00:00+0700', description: null };
		fixture.respondWithData('createCustomerEvent', data);
		const { items } = await fixture.runExample('customerEvent.create', { ...EVENT, description: 'x' });
		const eventDate = '2025-02-01T11:00:00+07:00';
		expect(items).toEqual([expect.objectContaining({ ...data, eventDate, eventTypeName: 'Meeting' })]);
	});

	test('events of a read are not filled from the request, but for the customer code', async () => {
		fixture.respondWithData('getCustomerEvents', [{ eventId: 12 }]);
		const { items } = await fixture.runExample('customerEvent.getByCustomerCode', { ...EVENT, eventTypes: [4] });
		const { eventId, customerCode, ...others } = items[0] ?? {};
		expect([items.length, eventId, customerCode]).toEqual([1, 12, 'C000154']);
		expect(Object.values(others)).toEqual(Object.values(others).map(() => null));
	});
});
