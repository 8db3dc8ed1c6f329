import { openWorld } from './world.cts';

const world = openWorld();

const EVENT = {
	customerCode: 'C000154',
	eventName: ' เยี่ยมลูกค้า ',
	eventType: 4,
	eventDate: '2025-02-01T10:00:00',
	description: 'พบคุณสมชาย',
};
const BODY = { eventName: 'เยี่ยมลูกค้า', eventType: 4, eventDate: '2025-02-01T10:00:00', description: 'พบคุณสมชาย', customerCode: 'C000154' };

test('create sends what the page describes, and gives the simplified event', async () => {
	const { items, error } = await world.run('create', EVENT);
	expect(error).toBeUndefined();
	const [request] = world.sent('createCustomerEvent');
	expect(JSON.parse(request?.body ?? '')).toEqual(BODY);
	expect(items).toEqual([
		expect.objectContaining({ eventName: 'เยี่ยมลูกค้า', eventDate: '2025-02-01T10:00:00+07:00', eventTypeName: 'เยี่ยมลูกค้า (Site Visit)', customerCode: 'C000154' }),
	]);
});

test('an empty description is left out; a date with an offset becomes GoFive\'s wall time', async () => {
	await world.run('create', { ...EVENT, description: '  ', eventDate: '2025-02-01T10:00:00Z' });
	const body = JSON.parse(world.sent('createCustomerEvent')[0]?.body ?? '') as object;
	expect(body).toEqual({ ...BODY, description: undefined, eventDate: '2025-02-01T17:00:00' });
	expect(body).not.toHaveProperty('description');
});

test('update sends the whole event to its ID', async () => {
	const [event] = world.sandbox.store.events;
	const { items, error } = await world.run('update', { ...EVENT, eventId: `={{ "${event?.eventId}" }}`, output: 'raw' });
	expect(error).toBeUndefined();
	expect(world.sandbox.requests.at(-1)).toMatchObject({ method: 'PUT', path: `/v1/customerEvent/${event?.eventId}` });
	expect(JSON.parse(world.sandbox.requests.at(-1)?.body ?? '')).toEqual(BODY);
	expect(items[0]).toMatchObject({ eventId: event?.eventId, eventDate: '2025-02-01T10:00:00+0700' });
});

test('delete gives the ID and {"deleted": true}', async () => {
	const [event] = world.sandbox.store.events;
	const { items } = await world.run('delete', { eventId: String(event?.eventId) });
	expect(items).toEqual([{ eventId: expect.any(Number), deleted: true }]);
	expect(world.sandbox.requests.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/customerEvent/${event?.eventId}`, body: '' });
	expect(world.sandbox.store.events.some(({ eventId }) => eventId === event?.eventId)).toBe(false);
});

test('types come with their IDs, simplified and raw', async () => {
	const { items } = await world.run('getTypes', {});
	expect(items[2]).toEqual({ eventTypeId: 3, eventTypeName: 'โทรติดตามลูกค้า' });
	expect((await world.run('getTypes', { output: 'raw' })).items).toHaveLength(items.length);
});

test.each([
	['create', { ...EVENT, customerCode: '={{ " " }}' }, "'Customer Code' is empty"],
	['create', { ...EVENT, eventName: '={{ null }}' }, "'Event Name' is empty"],
	['create', { ...EVENT, eventType: '={{ "" }}' }, "'Event Type Name or ID' is empty"],
	['create', { ...EVENT, eventDate: '={{ "" }}' }, "'Event Date' is empty"],
	['create', { ...EVENT, eventDate: 'next week' }, `'Event Date' cannot be "next week"`],
	['create', { ...EVENT, eventName: '={{ {} }}' }, "'Event Name' cannot be {}"],
	['create', { ...EVENT, eventName: '={{ "\\ud800" }}' }, "'Event Name' holds a broken character"],
	['update', { ...EVENT, eventId: '={{ "" }}' }, "'Event ID' is empty"],
	['update', { ...EVENT, eventId: '../1' }, `'Event ID' cannot be "../1"`],
	['delete', { eventId: '1.5' }, `'Event ID' cannot be "1.5"`],
])('%s is refused before any call: %#', async (operation, parameters, message) => {
	const { error } = await world.run(operation, parameters);
	expect(error?.message).toBe(message);
	expect(world.sandbox.requests).toHaveLength(0);
});

describe('several items', () => {
	const items = ['C000055', 'NOBODY', 'C000154'].map((code) => ({ code }));
	const parameters = { ...EVENT, customerCode: '={{ $json.code }}' };

	test('one after the other in input order; the first failure stops, and says how far it came', async () => {
		const { error } = await world.run('create', parameters, { items });
		expect(error).toMatchObject({ message: "GoFive answered: Customer not found (code 4001), for customer code 'NOBODY'", context: { itemIndex: 1 } });
		expect(error?.description).toContain('Items carried out before this one: 1; not sent: 1. When you run it again, leave out the items already carried out.');
		expect(world.sent('createCustomerEvent')).toHaveLength(2);
	});

	test('with On Error set to continue all are sent', async () => {
		const { outputs } = await world.run('create', parameters, { items, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.map(({ json }) => json.customerCode ?? json.code))).toEqual([['C000055', 'C000154'], ['NOBODY']]);
		expect(world.sent('createCustomerEvent').map(({ body }) => (JSON.parse(body) as { customerCode: string }).customerCode)).toEqual(['C000055', 'NOBODY', 'C000154']);
	});

	test.each([
		['an unusable code', { status: { code: null, description: 'ไม่ทราบ' }, data: null }, /^GoFive answered: ไม่ทราบ \(without a code\), for .*\. GoFive may have carried it out all the same/],
		['a status that is empty', { status: {}, data: {} }, /^GoFive's answer does not have the form/],
		['a plain no', { status: { code: '1000', description: 'Success' }, data: false }, /^GoFive answered "false" instead of a confirmation, for .*\. GoFive may have carried it out all the same/],
	])('an answer with %s is no success', async (_, body, message) => {
		for (const [operation, given, key] of [['create', EVENT, { customerCode: 'C000154' }], ['delete', { eventId: '1' }, { eventId: 1 }]] as const) {
			world.sandbox.addFault({ answer: { status: 200, body } });
			const { items } = await world.run(operation, given, { onError: 'continueRegularOutput' });
			expect(items).toEqual([{ ...key, error: expect.stringMatching(message) }]);
		}
	});

	test('equal writes are all sent', async () => {
		await world.run('create', EVENT, { items: [{}, {}, {}] });
		expect(world.sent('createCustomerEvent')).toHaveLength(3);
	});
});

test('an operation that does not exist is named, and n8n\'s custom API call leads to Any Endpoint', async () => {
	const unknown = await world.run('archive', {});
	expect(unknown.error?.message).toBe("GoFive has no operation 'archive' of 'customerEvent'");
	const { error } = await world.run('__CUSTOM_API_CALL__', {});
	expect(error?.message).toBe("A custom API call is made with 'Any Endpoint'");
	expect(error?.description).toContain("its operation 'Send Request'");
});

describe('answers without a record', () => {
	const answer = (operationId: string, status: number, body: unknown) =>
		world.sandbox.addFault({ match: { operationId }, answer: { status, body, acts: true } });

	test.each([null, [], {}, true, ''])('create: %j gives what was sent', async (data) => {
		answer('createCustomerEvent', 200, { status: { code: '1000', description: 'Success' }, data });
		const { items, error } = await world.run('create', EVENT);
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ eventId: null, eventName: 'เยี่ยมลูกค้า', eventDate: '2025-02-01T10:00:00+07:00', customerCode: 'C000154' })]);
	});

	test('create: a number is the ID', async () => {
		answer('createCustomerEvent', 200, { status: { code: '1000', description: 'Success' }, data: 77 });
		expect((await world.run('create', EVENT)).items).toEqual([expect.objectContaining({ eventId: 77, eventType: 4 })]);
	});

	test('update: what was sent, with its ID', async () => {
		answer('updateCustomerEvent', 200, { status: { code: '1000', description: 'Success' }, data: true });
		const { eventId = 0 } = world.sandbox.store.events[0] ?? {};
		const { items } = await world.run('update', { ...EVENT, eventId: String(eventId) });
		expect(items).toEqual([expect.objectContaining({ eventId, customerCode: 'C000154' })]);
	});

	test.each([
		['nothing', 204],
		['an empty 200', 200],
	])('delete: %s is success', async (_, status) => {
		answer('deleteCustomerEvent', status, '');
		const { items, error } = await world.run('delete', { eventId: String(world.sandbox.store.events[0]?.eventId) });
		expect(error).toBeUndefined();
		expect(items).toEqual([{ eventId: expect.any(Number), deleted: true }]);
	});

	test('create: after a success with records of an unknown form the message says that it was carried out', async () => {
		answer('createCustomerEvent', 200, { status: { code: '1000', description: 'Success' }, data: ['x'] });
		expect((await world.run('create', EVENT)).error?.description).toContain('GoFive has carried it out all the same, so do not send this item again.');
	});
});
