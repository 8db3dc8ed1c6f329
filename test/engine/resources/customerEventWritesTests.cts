import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const EVENT_PARAMETERS = {
	customerCode: 'C000154',
	eventName: ' เยี่ยมลูกค้า ',
	eventType: 4,
	eventDate: '2025-02-01T10:00:00',
	description: 'พบคุณสมชาย',
};
const SENT_BODY = {
	eventName: 'เยี่ยมลูกค้า',
	eventType: 4,
	eventDate: '2025-02-01T10:00:00',
	description: 'พบคุณสมชาย',
	customerCode: 'C000154',
};

test("omits an empty description and converts a date with an offset to GoFive's wall time", async () => {
	await fixture.runOperation('create', { ...EVENT_PARAMETERS, description: '  ', eventDate: '2025-02-01T10:00:00Z' });
	const body = fixture.getSentBodies('createCustomerEvent')[0];
	expect(body).toEqual({ ...SENT_BODY, description: undefined, eventDate: '2025-02-01T17:00:00' });
	expect(body).not.toHaveProperty('description');
});

test.each([
	['create', { ...EVENT_PARAMETERS, eventDate: 'next week' }, `'Event Date' cannot be "next week"`],
	['create', { ...EVENT_PARAMETERS, eventName: '={{ {} }}' }, "'Event Name' cannot be {}"],
	['create', { ...EVENT_PARAMETERS, eventName: '={{ "\\ud800" }}' }, "'Event Name' contains an invalid character"],
	['update', { ...EVENT_PARAMETERS, eventId: '../1' }, `'Event ID' cannot be "../1"`],
	['delete', { eventId: '1.5' }, `'Event ID' cannot be "1.5"`],
])('%s is rejected before any request: %#', async (operation, parameters, message) => {
	const { error } = await fixture.runOperation(operation, parameters);
	expect(error?.message).toBe(message);
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('stops at the first failure and reports the progress', async () => {
	const items = ['C000055', 'NOBODY', 'C000154'].map((code) => ({ code }));
	const { error } = await fixture.runOperation(
		'create',
		{ ...EVENT_PARAMETERS, customerCode: '={{ $json.code }}' },
		{ items },
	);
	expect(error).toMatchObject({
		message: "GoFive rejected the request: Customer not found (code 4001), for customer code 'NOBODY'",
		context: { itemIndex: 1 },
	});
	expect(error?.description).toContain(
		'Items processed before this one: 1. Items not sent: 1. When you run it again, omit the items that were already processed.',
	);
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(2);
});

test('sends all equal writes', async () => {
	await fixture.runOperation('create', EVENT_PARAMETERS, { items: [{}, {}, {}] });
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(3);
});

test("names an unknown operation, and refers n8n's custom API call to Any Endpoint", async () => {
	const unknownOperation = await fixture.runOperation('archive', {});
	expect(unknownOperation.error?.message).toBe("GoFive has no operation 'archive' for the resource 'customerEvent'");
	const { error } = await fixture.runOperation('__CUSTOM_API_CALL__', {});
	expect(error?.message).toBe("Custom API calls are made with 'Any Endpoint'");
	expect(error?.description).toContain("the operation 'Send Request'");
});
