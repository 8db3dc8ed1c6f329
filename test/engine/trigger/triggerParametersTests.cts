import type { INodeParameters } from 'n8n-workflow';
import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

describe('Customer Codes', () => {
	test.each([
		['one per line', 'A\nB\r\nC', ['A', 'B', 'C']],
		['commas, blanks and duplicates', ' B, A ,,\n B,\n', ['B', 'A']],
		['a list', '={{ ["A", " B ", "", null, "A"] }}', ['A', 'B']],
		['numbers', '={{ [55, "A", "55"] }}', ['55', 'A']],
		['one number', '={{ 55 }}', ['55']],
		['signs', 'C1&x=2\na/b ../100%\nลูกค้า 1', ['C1&x=2', 'a/b ../100%', 'ลูกค้า 1']],
		['names of JavaScript properties', '__proto__,constructor,toString', ['__proto__', 'constructor', 'toString']],
	])('%s', async (_, customerCodes, codes) => {
		for (const code of codes) fixture.sandbox.store.ensureCustomer(code);
		const workflow = await fixture.activateWorkflow({ customerCodes, options: { maxParallelRequests: 1 } });
		expect(fixture.requestedCustomerCodes).toEqual(codes);
		const createEvents = () => codes.map((code) => fixture.createEvent(code));
		const ids = createEvents();
		expect(getEventIds(await workflow.poll())).toEqual(ids);
		expect((await workflow.poll()).data).toBeNull();
		const laterIds = createEvents();
		expect(getEventIds(await workflow.restart())).toEqual(laterIds);
	});

	test.each([
		['empty', '', "'Customer Codes' is empty"],
		['blanks and commas', ' ,\n, ', "'Customer Codes' is empty"],
		['an empty list', '={{ [] }}', "'Customer Codes' is empty"],
		['no value', '={{ null }}', "'Customer Codes' is empty"],
		['objects', '={{ [{ "code": "A" }] }}', `'Customer Codes' cannot be {"code":"A"}`],
	])('rejected before any request: %s', async (_, customerCodes, message) => {
		const { error } = await fixture.createWorkflow({ customerCodes }).activate();
		expect(error).toMatchObject({ message, description: expect.stringContaining('Enter') });
		expect(fixture.sandbox.requestLog).toHaveLength(0);
	});
});

test.each([
	['Trigger On', { triggerOn: 'always' }, `'Trigger On' cannot be "always"`],
	['Event Type Names or IDs', { eventTypes: '={{ ["Meeting"] }}' }, `'Event Type Names or IDs' cannot be "Meeting"`],
	['Look Back', { options: { lookBack: -1 } }, "'Look Back' cannot be -1"],
	['Look Ahead', { options: { lookAhead: '={{ "soon" }}' } }, `'Look Ahead' cannot be "soon"`],
	[
		'Include Existing Records',
		{ options: { emitExisting: '={{ "yes" }}' } },
		`'Include Existing Records' cannot be "yes"`,
	],
	['Time Zone', { options: { timeZone: 'Bangkok' } }, `'Time Zone' cannot be "Bangkok"`],
	['Output', { output: '={{ "xml" }}' }, `'Output' cannot be "xml"`],
])('rejected with the name of the field: %s', async (_, parameters, message) => {
	expect((await fixture.createWorkflow(parameters).activate()).error?.message).toBe(message);
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('requests 30 days back and 365 ahead', async () => {
	await fixture.activateWorkflow();
	const [request] = fixture.findRequests('getCustomerEvents');
	expect(JSON.parse(request?.body ?? '')).toEqual({ DateFrom: '2025-05-16T00:00:00', DateTo: '2026-06-15T23:59:59' });
	expect(request?.query).toBe('customerCode=A');
});

describe('output', () => {
	const pollNewEvent = async (parameters: INodeParameters) => {
		const workflow = await fixture.activateWorkflow(parameters);
		fixture.createEvent('A', 3, 3);
		return (await workflow.poll()).data;
	};

	test('simplified, with the type name, in one execution', async () => {
		expect(await pollNewEvent({ output: 'simplified' })).toEqual([
			[
				{
					json: {
						eventId: expect.any(Number),
						eventName: 'นัดหมาย',
						eventDate: '2025-06-18T12:00:00+07:00',
						eventType: 3,
						eventTypeName: 'โทรติดตามลูกค้า',
						description: '',
						customerCode: 'A',
						customerId: expect.any(Number),
					},
				},
			],
		]);
	});

	test('raw, without a request for type names', async () => {
		expect(await pollNewEvent({ output: 'raw' })).toMatchObject([
			[{ json: { eventDate: '2025-06-18T12:00:00+0700' } }],
		]);
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);
	});

	test('selected fields', async () => {
		expect(await pollNewEvent({ output: 'selected', fields: ['customerCode', 'eventTypeName'] })).toEqual([
			[{ json: { customerCode: 'A', eventTypeName: 'โทรติดตามลูกค้า', eventId: expect.any(Number) } }],
		]);
	});

	test('reports an event if the type names cannot be read', async () => {
		fixture.addFault('getCustomerEventTypes', { status: 500 });
		expect(await pollNewEvent({ output: 'simplified' })).toMatchObject([
			[{ json: { eventType: 3, eventTypeName: null } }],
		]);
	});

	test('does not request type names without new events', async () => {
		const workflow = await fixture.activateWorkflow({ output: 'simplified' });
		expect((await workflow.poll()).data).toBeNull();
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);
	});
});

describe('manual test', () => {
	test('returns the first event of the selected types, and keeps the state', async () => {
		fixture.createEvent('A', 0, 2);
		const ids = ['A', 'B'].flatMap((code) => Array.from({ length: 6 }, () => fixture.createEvent(code)));
		const result = await fixture.fetchTestEvent({ customerCodes: 'A,B', eventTypes: [1] });
		expect(getEventIds(result)).toEqual(ids.slice(0, 1));
	});

	test('reports that there is no event', async () => {
		fixture.createEvent('A', -40);
		const { data, error } = await fixture.fetchTestEvent();
		expect(data).toBeNull();
		expect(error).toMatchObject({
			message: 'No customer events available as test data',
			description: expect.stringContaining('No matching customer events were found'),
		});
	});

	test('returns the readable events, or a message with the cause', async () => {
		const id = fixture.createEvent('A');
		fixture.failRequests('B', 2);
		expect(getEventIds(await fixture.fetchTestEvent({ customerCodes: 'A,B' }))).toEqual([id]);
		fixture.failRequests('A');
		expect((await fixture.fetchTestEvent({ customerCodes: 'A,B' })).error).toMatchObject({
			message: 'GoFive could not handle the request (HTTP 500)',
		});
	});

	test('returns the readable events despite an unknown code', async () => {
		const id = fixture.createEvent('A');
		expect(getEventIds(await fixture.fetchTestEvent({ customerCodes: 'Z8,A,Z9' }))).toEqual([id]);
	});

	test.each([
		['the only code', 'Z9', 'customer Z9'],
		['two codes', 'Z8,Z9', 'customers Z8, Z9'],
		['a code next to a customer without events', 'A,Z9', 'customer Z9'],
	])("names an unknown code if there is nothing to show, with GoFive's text: %s", async (_, customerCodes, names) => {
		const { data, error } = await fixture.fetchTestEvent({ customerCodes });
		expect(data).toBeNull();
		expect(error).toMatchObject({
			message: `Events of ${names} could not be read: GoFive rejected the request: Customer not found (code 4001)`,
			description: expect.stringContaining("'Customer Codes'"),
		});
	});

	test('names twenty of many codes', async () => {
		const codes = Array.from({ length: 22 }, (_, index) => `Z${index + 1}`);
		const { error } = await fixture.fetchTestEvent({ customerCodes: codes.join() });
		expect(error?.message).toContain('Z20 and 2 more could not be read');
	});

	test('bounds the message about many long codes, each with a different reason', async () => {
		const codes = Array.from({ length: 200 }, (_, index) => `Z${index}-${'ก'.repeat(400)}`);
		for (const [index, customerCode] of codes.entries()) {
			const status = { code: '4001', description: `Reason ${index} ${'x'.repeat(500)}` };
			fixture.addFault({ customerCode }, { status: 200, body: { status, data: null } });
		}
		const { error } = await fixture.fetchTestEvent({ customerCodes: codes.join() });
		expect(error?.message.length).toBeLessThan(3000);
		expect(error?.message).toMatch(
			/^Events of customers Z0-ก+…, .* and 180 more could not be read: .*: Reason 0 x.*; .* and 197 more$/,
		);
		expect(error).toMatchObject({ description: expect.stringMatching(/^.{1,500}$/) });
	});

	test('does not report that there is no event if a customer could not be read', async () => {
		fixture.failRequests('B');
		expect((await fixture.fetchTestEvent({ customerCodes: 'A,B' })).error?.message).toBe(
			'Events of customer B could not be read: GoFive could not handle the request (HTTP 500)',
		);
	});

	test('names no codes if all have the same cause', async () => {
		fixture.addFault({}, { kind: 'quota' }, { times: 'always' });
		expect((await fixture.fetchTestEvent({ customerCodes: 'A,B' })).error?.message).toBe(
			'The call quota of your GoFive subscription is used up',
		);
	});

	test('keeps the state of an active workflow', async () => {
		const workflow = await fixture.activateWorkflow();
		const id = fixture.createEvent('A');
		const before = workflow.memoryStaticData;
		expect(getEventIds(await workflow.pollWithoutStoring({ mode: 'manual' }))).toEqual([id]);
		expect(workflow.memoryStaticData).toEqual(before);
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});
});
