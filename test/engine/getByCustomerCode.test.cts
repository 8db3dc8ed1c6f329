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

	test.each([
		[{ dateFrom: '2025-01-01' }, '{"DateFrom":"2025-01-01T00:00:00"}'],
		[{ dateTo: '2025-01-31' }, '{"DateTo":"2025-01-31T23:59:59"}'],
		[{}, ''],
	])('no key for a side that is not given: %j', async (range, body) => {
		await get(range);
		expect(world.sent('getCustomerEvents')[0]?.body).toBe(body);
	});

	test('both headers go with every request, and one token serves all', async () => {
		await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: 'C000055' }, { code: 'C000154' }, { code: 'L000308' }] });
		expect(world.sent('createToken')).toHaveLength(1);
		const others = world.sandbox.requests.filter(({ operationId }) => operationId !== 'createToken');
		expect(others).toHaveLength(4);
		for (const { headers } of others) {
			expect(headers.authorization).toMatch(/^Bearer \S+$/);
			expect(headers['ocp-apim-subscription-key']).toBe(world.credential.subscriptionApiKey);
		}
	});

	test.each(['C1&x=2', '../x', 'ลูกค้า 1', 'a/b ../100%', 'x#y?z=1+2;"\'\\'])('the customer code %s travels whole', async (code) => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { status: 200, body: { status: { code: '1000', description: 'Success' }, data: [] } } });
		const { error } = await get({ customerCode: code });
		expect(error).toBeUndefined();
		expect(new URLSearchParams(world.sandbox.requests.at(-1)?.query).get('customerCode')).toBe(code);
	});

	test('codes are trimmed, and a number from a sheet is a code', async () => {
		await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: '  C000055 ' }, { code: 55 }], onError: 'continueRegularOutput' });
		expect(world.sent('getCustomerEvents').map(({ query }) => query)).toEqual(['customerCode=C000055', 'customerCode=55']);
	});
});

describe('event types', () => {
	test('one type goes into the query', async () => {
		const { items } = await get({ eventTypes: [1] });
		expect(world.sent('getCustomerEvents')[0]?.query).toBe('customerCode=C000055&eventTypeIds=1');
		expect(items.length).toBeGreaterThan(0);
		expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1]));
	});

	test.each([[[1, 2]], ['1,2'], [' 2 , 1 '], [['1', '2']]])('several are picked from the answer: %j', async (eventTypes) => {
		const { items } = await get({ eventTypes: `={{ ${JSON.stringify(eventTypes)} }}` });
		expect(world.sent('getCustomerEvents')[0]?.query).toBe('customerCode=C000055');
		expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1, 2]));
	});

	test('a number by expression is one id', async () => {
		await get({ eventTypes: '={{ 4 }}' });
		expect(world.sent('getCustomerEvents')[0]?.query).toBe('customerCode=C000055&eventTypeIds=4');
	});

	test.each(['undefined', 'null', '""', '[null]', '[""]', '" , "'])('nothing chosen means all: %s', async (none) => {
		const { error, items } = await get({ eventTypes: `={{ ${none} }}` });
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ eventType }) => eventType)).size).toBeGreaterThan(3);
	});

	test.each(['true', '[{ "eventTypeId": 1 }]'])('%s is no type', async (wrong) => {
		expect((await get({ eventTypes: `={{ ${wrong} }}` })).error?.message).toMatch(/^'Event Type Names or IDs' cannot be /);
	});

	test('what is no id is refused before any call', async () => {
		const { error } = await get({ eventTypes: '={{ "Meeting" }}' });
		expect(error?.message).toBe('\'Event Type Names or IDs\' cannot be "Meeting"');
		expect(world.sandbox.requests).toHaveLength(0);
	});

	test('the answer is filtered even where GoFive ignores the query and a proxy drops the body', async () => {
		world.sandbox.set({ dropGetBody: true });
		const { items } = await get(JANUARY);
		expect(items).toHaveLength(5);
	});
});

describe('output', () => {
	test('simplified: the same keys always, ISO dates with a colon, the type by name', async () => {
		const { items } = await get({ ...JANUARY, eventTypes: [2] });
		expect(items).toEqual([
			{
				eventId: expect.any(Number),
				eventName: 'Call about the quotation',
				eventDate: '2025-01-15T09:30:00+07:00',
				eventType: 2,
				eventTypeName: 'Phone Call',
				description: 'Asked for 5 % off, "if possible"',
				customerCode: 'C000055',
				customerId: expect.any(Number),
			},
		]);
	});

	test('what GoFive leaves out is null', async () => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { status: 200, body: { status: { code: 1000, description: '' }, data: { eventId: 7 } } } });
		const { items } = await get({});
		expect(items).toEqual([
			{ eventId: 7, eventName: null, eventDate: null, eventType: null, eventTypeName: null, description: null, customerCode: 'C000055', customerId: null },
		]);
	});

	test('raw: as GoFive sent it, without a call for the names', async () => {
		const { items } = await get({ ...JANUARY, output: 'raw' });
		expect(items[0]).toMatchObject({ eventDate: '2025-01-01T00:00:00+0700' });
		expect(items[0]).not.toHaveProperty('eventTypeName');
		expect(world.sent('getCustomerEventTypes')).toHaveLength(0);
	});

	test('selected fields: those and no others; none chosen means all', async () => {
		const { items } = await get({ ...JANUARY, output: 'selected', fields: ['eventName', 'eventDate'] });
		expect(items[0]).toEqual({ eventName: 'สวัสดีปีใหม่', eventDate: '2025-01-01T00:00:00+07:00' });
		expect(world.sent('getCustomerEventTypes')).toHaveLength(0);
		const all = await get({ ...JANUARY, output: 'selected', fields: [] });
		expect(Object.keys(all.items[0] ?? {})).toHaveLength(8);
	});

	test('names are asked for once per run, and not when there is nothing to name', async () => {
		await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: 'C000055' }, { code: 'C000154' }, { code: 'C000349' }] });
		expect(world.sent('getCustomerEventTypes')).toHaveLength(1);
		world.sandbox.reset();
		await get({ customerCode: 'C000999' });
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

	test('an empty item has the customer code also when it is not among the selected fields', async () => {
		const { items } = await get({ customerCode: 'C000999', output: 'selected', fields: ['eventName'], options: { ifNothingFound: 'emptyItem' } });
		expect(items).toEqual([{ eventName: null, customerCode: 'C000999' }]);
	});

	test('a message', async () => {
		const { error } = await get({ customerCode: 'C000999', options: { ifNothingFound: 'error' } });
		expect(error?.message).toBe("GoFive has no customer events that match, for customer code 'C000999'");
	});
});

describe('items', () => {
	const codes = [{ code: 'C000349' }, { code: '  ' }, { code: 'C000055' }, { code: 'NOBODY' }, { code: 'C000154' }];

	test('output order is input order, paired, and failed items say why', async () => {
		world.sandbox.addFault({ match: { customerCode: 'C000349' }, times: 1, answer: { kind: 'drip', everyMs: 1, blanks: 200 } });
		const { outputs, error } = await get({ customerCode: '={{ $json.code }}' }, { items: codes, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		const items = outputs[0] ?? [];
		const pairs = items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		expect([...pairs].sort((a, b) => a - b)).toEqual(pairs);
		expect(new Set(pairs)).toEqual(new Set([0, 1, 2, 3, 4]));
		expect(items.filter(({ json }) => json.error).map(({ json }) => json)).toEqual([
			{ code: '  ', error: expect.stringMatching(/^'Customer Code' is empty\. .* \[Item 1\]$/) },
			{ code: 'NOBODY', customerCode: 'NOBODY', error: expect.stringMatching(/^GoFive answered: Customer not found \(code 4001\), for customer code 'NOBODY'\. .* \[Item 3\]$/) },
		]);
	});

	test('failed items leave by the error output, with their input', async () => {
		const { outputs } = await get({ customerCode: '={{ $json.code }}' }, { items: codes, onError: 'continueErrorOutput' });
		expect(outputs[1]?.map(({ json }) => json)).toEqual([
			{ code: '  ', error: expect.stringContaining("'Customer Code' is empty") },
			{ code: 'NOBODY', error: expect.stringContaining('Customer not found') },
		]);
		expect(outputs[0]?.some(({ json }) => json.error)).toBe(false);
		expect(outputs[0]?.length).toBeGreaterThan(10);
	});

	test('without "continue", bad input of any item is refused before any call', async () => {
		const { error } = await get({ customerCode: '={{ $json.code }}' }, { items: codes });
		expect(error).toMatchObject({ name: 'NodeOperationError', message: "'Customer Code' is empty", context: { itemIndex: 1 } });
		expect(world.sandbox.requests).toHaveLength(0);
	});

	test('a business code fails the item with description and code', async () => {
		const { error } = await get({ customerCode: '={{ $json.code }}' }, { items: [{ code: 'C000055' }, { code: 'NOBODY' }] });
		expect(error).toMatchObject({ name: 'NodeApiError', message: "GoFive answered: Customer not found (code 4001), for customer code 'NOBODY'", context: { itemIndex: 1 } });
	});

	test('items of equal requests do not share their data', async () => {
		const { outputs } = await get({ ...JANUARY, output: 'raw' }, { items: [{}, {}] });
		const [first, other] = [outputs[0]?.[0], outputs[0]?.[5]];
		expect(first?.json).toEqual(other?.json);
		expect(first?.json).not.toBe(other?.json);
	});

	test('equal requests are sent once', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({ code: ['C000055', 'C000154', 'NOBODY'][index % 3] }));
		const { outputs } = await get({ customerCode: '={{ $json.code }}' }, { items, onError: 'continueRegularOutput' });
		expect(world.sent('getCustomerEvents')).toHaveLength(3);
		expect(outputs[0]?.filter(({ json }) => json.error)).toHaveLength(10);
	});
});
