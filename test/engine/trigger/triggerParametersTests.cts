// Parameters that only the trigger has, and its output. Filters and watched fields are in triggerSources.
import { addCustomers } from '../../../sandbox/addCustomers.mts';
import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

test.each([
	['text with lines, commas, blanks and duplicates', ' B, A ,,\n B,\r\nC\n', ['B', 'A', 'C']],
	['a list with numbers and empty values', '={{ [55, " A ", "", null, "55"] }}', ['55', 'A']],
	['signs', 'C1&x=2\na/b ../100%\nลูกค้า 1', ['C1&x=2', 'a/b ../100%', 'ลูกค้า 1']],
	['names of JavaScript properties', '__proto__,constructor,toString', ['__proto__', 'constructor', 'toString']],
])('Customer Codes: %s', async (_, customerCodes, codes) => {
	addCustomers(fixture.sandbox.records, codes);
	const workflow = await fixture.activateWorkflow({ customerCodes, options: { maxParallelRequests: 1 } });
	expect(fixture.requestedCustomerCodes).toEqual(codes);
	const createEvents = () => codes.map((code) => fixture.createEvent(code));
	const ids = createEvents();
	expect(getEventIds(await workflow.poll())).toEqual(ids);
	const laterIds = createEvents();
	expect(getEventIds(await workflow.restart())).toEqual(laterIds);
});

test.each([
	[{ customerCodes: ' ,\n, ' }, "'Customer Codes' is empty"],
	[{ customerCodes: '={{ null }}' }, "'Customer Codes' is empty"],
	[{ customerCodes: '={{ [{ "code": "A" }] }}' }, `'Customer Codes' cannot be {"code":"A"}`],
	[{ triggerOn: 'always' }, `'Trigger On' cannot be "always"`],
	[{ eventTypes: '={{ ["Meeting"] }}' }, `'Event Type Names or IDs' cannot be "Meeting"`],
	[{ options: { lookBack: -1 } }, "'Look Back' cannot be -1"],
	[{ options: { lookAhead: '={{ "soon" }}' } }, `'Look Ahead' cannot be "soon"`],
	[{ options: { includeExistingRecords: '={{ "yes" }}' } }, `'Include Existing Records' cannot be "yes"`],
	[{ options: { timeZone: 'Bangkok' } }, `'Time Zone' cannot be "Bangkok"`],
	[{ output: '={{ "xml" }}' }, `'Output' cannot be "xml"`],
])('rejected with the name of the field, before any request: %j', async (parameters, message) => {
	expect((await fixture.createWorkflow(parameters).activate()).error?.message).toBe(message);
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('requests 30 days back and 365 ahead', async () => {
	await fixture.activateWorkflow();
	const [request] = fixture.findRequests('getCustomerEvents');
	expect(JSON.parse(request?.body ?? '')).toEqual({ DateFrom: '2025-05-16T00:00:00', DateTo: '2026-06-15T23:59:59' });
	expect(request?.query).toBe('customerCode=A');
});

test('new events are in one execution, with the names of their types, which are requested only for them', async () => {
	const workflow = await fixture.activateWorkflow({ output: 'simplified' });
	expect((await workflow.poll()).data).toBeNull();
	expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);
	for (const days of [3, 4]) fixture.createEvent('A', days, 3);
	const { data } = await workflow.poll();
	expect(data).toEqual([
		['18', '19'].map((day) => ({
			json: {
				eventId: expect.any(Number),
				eventName: 'นัดหมาย',
				eventDate: `2025-06-${day}T12:00:00+07:00`,
				eventType: 3,
				eventTypeName: 'โทรติดตามลูกค้า',
				description: '',
				customerCode: 'A',
				customerId: expect.any(Number),
			},
		})),
	]);
});
