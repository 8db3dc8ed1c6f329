import { openWorld } from './world.cts';

const world = openWorld();

const JANUARY = { dateFrom: '2025-01-01T00:00:00', dateTo: '2025-01-31T00:00:00' };

async function get(parameters: object, options = {}) {
	return await world.run('getByCustomerCode', { customerCode: 'C000055', ...parameters }, options);
}

describe('the request on the wire', () => {
	test('the date range travels in the body of a GET, byte for byte', async () => {
		const { error, items } = await get(JANUARY);
		expect(error).toBeUndefined();
		const [request] = world.sent('getCustomerEvents');
		expect(request).toMatchObject({ method: 'GET', path: '/v1/customerEvent/filter', query: 'customerCode=C000055' });
		expect(request?.bodyBytes).toEqual(Buffer.from('{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}'));
		expect(request?.headers['content-type']).toBe('application/json');
		expect(items.map(({ eventName }) => eventName)).toEqual([
			'สวัสดีปีใหม่', 'Call about the quotation', 'Kick-off meeting', 'Kick-off meeting, part 2', 'Renewal due',
		]);
	});

	test('codes are trimmed, and a number from a sheet is a code', async () => {
		await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: '  C000055 ' }, { code: 55 }], onError: 'continueRegularOutput' });
		expect(world.sent('getCustomerEvents').map(({ query }) => query)).toEqual(['customerCode=C000055', 'customerCode=55']);
	});
});

describe('event types', () => {
	test.each([[[1]], ['={{ 1 }}']])('one type goes into the query: %j', async (eventTypes) => {
		const { items } = await get({ eventTypes });
		expect(world.sent('getCustomerEvents')[0]?.query).toBe('customerCode=C000055&eventTypeIds=1');
		expect(items.length).toBeGreaterThan(0);
		expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1]));
	});

	test.each([[[1, 2]], ['1,2'], [' 2 , 1 '], [['1', '2']]])('several are picked from the answer: %j', async (eventTypes) => {
		const { items } = await get({ eventTypes: `={{ ${JSON.stringify(eventTypes)} }}` });
		expect(world.sent('getCustomerEvents')[0]?.query).toBe('customerCode=C000055');
		expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1, 2]));
	});

	test.each(['undefined', 'null', '""', '[null]', '[""]', '" , "'])('nothing chosen means all: %s', async (none) => {
		const { error, items } = await get({ eventTypes: `={{ ${none} }}` });
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ eventType }) => eventType)).size).toBeGreaterThan(3);
	});

	test.each(['true', '[{ "eventTypeId": 1 }]', '"Meeting"'])('%s is no type, and refused before any call', async (wrong) => {
		expect((await get({ eventTypes: `={{ ${wrong} }}` })).error?.message).toMatch(/^'Event Type Names or IDs' cannot be /);
		expect(world.sandbox.requests).toHaveLength(0);
	});

	test('the answer is filtered even where GoFive ignores the query and a proxy drops the body', async () => {
		world.sandbox.set({ dropGetBody: true });
		const { items } = await get(JANUARY);
		expect(items).toHaveLength(5);
	});
});

describe('output', () => {
	test('selected fields: those and no others; none chosen means all', async () => {
		const { items } = await get({ ...JANUARY, output: 'selected', fields: ['eventName', 'eventDate'] });
		expect(items[0]).toEqual({ eventName: 'สวัสดีปีใหม่', eventDate: '2025-01-01T00:00:00+07:00' });
		expect(world.sent('getCustomerEventTypes')).toHaveLength(0);
		const all = await get({ ...JANUARY, output: 'selected', fields: [] });
		expect(Object.keys(all.items[0] ?? {})).toHaveLength(8);
	});

	test('names are asked for once per run, and not when there is nothing to name or nobody wants them', async () => {
		await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: 'C000055' }, { code: 'C000154' }, { code: 'C000349' }] });
		expect(world.sent('getCustomerEventTypes')).toHaveLength(1);
		world.sandbox.reset();
		await get({ customerCode: 'C000999' });
		await get({ output: 'raw' });
		expect(world.sent('getCustomerEventTypes')).toHaveLength(0);
	});

	test('events come without names when the names do not, and a hint says so', async () => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, times: 'always', answer: { status: 500 } });
		const { items, error, hints } = await get(JANUARY);
		expect(error).toBeUndefined();
		expect(items.map(({ eventTypeName }) => eventTypeName)).toEqual([null, null, null, null, null]);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining("'eventTypeName' is empty")]);
	});

	test('sort first, limit second, and a hint tells what the limit cut', async () => {
		const { items, hints } = await get({ ...JANUARY, returnAll: false, limit: 2, options: { sort: 'newestFirst' } });
		expect(items.map(({ eventName }) => eventName)).toEqual(['Renewal due', 'Kick-off meeting']);
		expect(hints.map(({ message }) => message)).toEqual(["2 of 5 customer events; turn on 'Return All' to get them all."]);
	});

	test.each([
		['an array', [{ eventId: 1 }], 1],
		['one object', { eventId: 1 }, 1],
		['null', null, 0],
		['an object without keys', {}, 0],
		['value', { value: [{ eventId: 1 }, { eventId: 2 }] }, 2],
		['one object in value', { value: { eventId: 1 } }, 1],
	])('data may be %s', async (_, data, count) => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { status: 200, body: { status: { code: '1000', description: 'Success' }, data } } });
		const { items, error } = await get({ output: 'raw' });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(count);
	});
});

describe('nothing found', () => {
	test('nothing by default', async () => {
		expect((await get({ customerCode: 'C000999' })).items).toEqual([]);
	});

	test('an empty item with the customer code', async () => {
		const { items } = await get({ customerCode: 'C000999', options: { ifNothingFound: 'emptyItem' } });
		expect(items).toEqual([
			{ eventId: null, eventName: null, eventDate: null, eventType: null, eventTypeName: null, description: null, customerCode: 'C000999', customerId: null },
		]);
	});

	test('an empty item has its columns in the order of all others', async () => {
		const { items } = await get({ customerCode: '={{ $json.code }}', options: { ifNothingFound: 'emptyItem' } }, { items: [{ code: 'C000055' }, { code: 'C000999' }] });
		expect(Object.keys(items.at(-1) ?? {})).toEqual(Object.keys(items[0] ?? {}));
	});

	test('a message', async () => {
		const { error } = await get({ customerCode: 'C000999', options: { ifNothingFound: 'error' } });
		expect(error?.message).toBe("GoFive has no customer events that match, for customer code 'C000999'");
	});
});

test('without "continue", bad input of any item is refused before any call', async () => {
	const items = ['C000349', '  ', 'C000055'].map((code) => ({ code }));
	const { error } = await get({ customerCode: '={{ $json.code }}' }, { items });
	expect(error).toMatchObject({ name: 'NodeOperationError', message: "'Customer Code' is empty", context: { itemIndex: 1 } });
	expect(world.sandbox.requests).toHaveLength(0);
});
