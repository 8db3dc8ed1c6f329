import { loadJanuaryEvents } from '../../support/januaryEvents.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { buildLimitHint, collectItemResults } from '../resultAssertions.cts';

const fixture = setupExecutionFixture();
beforeEach(() => loadJanuaryEvents(fixture.sandbox.records));

const JANUARY = { dateFrom: '2025-01-01T00:00:00', dateTo: '2025-01-31T00:00:00' };

async function getEvents(parameters: object, options = {}) {
	return await fixture.runOperation('getByCustomerCode', { customerCode: 'C000055', ...parameters }, options);
}

test('sends the date range in the body of a GET, byte by byte', async () => {
	const { error, items } = await getEvents(JANUARY);
	expect(error).toBeUndefined();
	const [request] = fixture.findRequests('getCustomerEvents');
	expect(request).toMatchObject({ method: 'GET', path: '/v1/customerEvent/filter', query: 'customerCode=C000055' });
	expect(request?.bodyBytes).toEqual(Buffer.from('{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}'));
	expect(request?.headers['content-type']).toBe('application/json');
	expect(items.map(({ eventName }) => eventName)).toEqual([
		'สวัสดีปีใหม่',
		'Call about the quotation',
		'Kick-off meeting',
		'Kick-off meeting, part 2',
		'Renewal due',
	]);
});

test('an invalid item before others keeps its place, and theirs', async () => {
	const codes = ['C000055', '', 'C000154'];
	const result = await getEvents(
		{ customerCode: '={{ $json.code }}' },
		{ items: codes.map((code) => ({ code })), onError: 'continueRegularOutput' },
	);
	const itemResults = collectItemResults(result, 3);
	const shownCodes = itemResults.map(({ data }) => [...new Set(data.map(({ customerCode }) => customerCode))]);
	expect(shownCodes).toEqual([['C000055'], [], ['C000154']]);
	expect(itemResults.map(({ message }) => message !== undefined)).toEqual([false, true, false]);
});

describe('event types', () => {
	test('several types cannot be told apart if no event has a type', async () => {
		fixture.respondWithData('getCustomerEvents', [{ eventId: 1, kind: 1 }], { times: 2 });
		const { error } = await getEvents({ eventTypes: '={{ [1, 2] }}' });
		expect(error?.message).toBe("GoFive returned customer events without 'Event Type ID'");
		expect(error?.description).toContain('contains the fields eventId, kind');
		expect((await getEvents({ eventTypes: '={{ [1] }}' })).items).toHaveLength(1);
	});

	test.each([[[1]], ['={{ 1 }}']])('sends one type in the query: %j', async (eventTypes) => {
		const { items } = await getEvents({ eventTypes });
		expect(fixture.findRequests('getCustomerEvents')[0]?.query).toBe('customerCode=C000055&eventTypeIds=1');
		expect(items.length).toBeGreaterThan(0);
		expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1]));
	});

	test.each([[[1, 2]], ['1,2'], [' 2 , 1 '], [['1', '2']]])(
		'filters the response for several types: %j',
		async (eventTypes) => {
			const { items } = await getEvents({ eventTypes: `={{ ${JSON.stringify(eventTypes)} }}` });
			expect(fixture.findRequests('getCustomerEvents')[0]?.query).toBe('customerCode=C000055');
			expect(new Set(items.map(({ eventType }) => eventType))).toEqual(new Set([1, 2]));
		},
	);

	test('rejects an object as a type before any request', async () => {
		const { error } = await getEvents({ eventTypes: '={{ [{ "eventTypeId": 1 }] }}' });
		expect(error?.message).toMatch(/^'Event Type Names or IDs' cannot be /);
		expect(fixture.sandbox.requestLog).toHaveLength(0);
	});

	test('filters the response if GoFive ignores the query and a proxy drops the body', async () => {
		fixture.sandbox.setBehaviour({ dropGetBody: true });
		const { items } = await getEvents(JANUARY);
		expect(items).toHaveLength(5);
	});
});

describe('output', () => {
	test('selected fields: returns those and the ID, or all if none is selected', async () => {
		const { items } = await getEvents({ ...JANUARY, output: 'selected', fields: ['eventName', 'eventDate'] });
		expect(items[0]).toEqual({
			eventDate: '2025-01-01T00:00:00+07:00',
			eventName: 'สวัสดีปีใหม่',
			eventId: expect.any(Number),
		});
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);
		const allFieldsResult = await getEvents({ ...JANUARY, output: 'selected', fields: [] });
		expect(Object.keys(allFieldsResult.items[0] ?? {})).toHaveLength(9);
	});

	test('requests type names once per run, and only if they are used', async () => {
		await fixture.readEventsOf(['C000055', 'C000154', 'C000349'], { output: 'simplified' });
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(1);
		fixture.sandbox.reset();
		await getEvents({ customerCode: 'C000999' });
		await getEvents({ output: 'raw' });
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);
	});

	test('sorts first, then limits, and shows a hint about omitted events', async () => {
		const { items, hints } = await getEvents({
			...JANUARY,
			returnAll: false,
			limit: 2,
			options: { sort: 'newestFirst' },
		});
		expect(items.map(({ eventName }) => eventName)).toEqual(['Renewal due', 'Kick-off meeting']);
		expect(hints.map(({ message }) => message)).toEqual([buildLimitHint('2 of 5 customer events')]);
	});
});

describe('If Nothing Found', () => {
	test('returns an empty item with the customer code and the columns of an event', async () => {
		const { items, hints } = await getEvents(
			{ customerCode: '={{ $json.code }}', dateRange: 'allDates', options: { ifNothingFound: 'emptyItem' } },
			{ items: [{ code: 'C000055' }, { code: 'C000999' }] },
		);
		expect(hints.map(({ message }) => message)).toEqual([
			"No matching customer events found. The empty item is due to the option 'If Nothing Found'.",
		]);
		const columns = Object.keys(items[0] ?? {});
		const emptyItem = { ...Object.fromEntries(columns.map((column) => [column, null])), customerCode: 'C000999' };
		expect(JSON.stringify(items.at(-1))).toBe(JSON.stringify(emptyItem));
	});

	test('returns a message', async () => {
		const { error } = await getEvents({ customerCode: 'C000999', options: { ifNothingFound: 'error' } });
		expect(error?.message).toBe("No matching customer events found for customer code 'C000999'");
	});
});

test('with Stop Workflow, invalid input of any item is rejected before any request', async () => {
	const { error } = await fixture.readEventsOf(['C000349', '  ', 'C000055'], {}, { onError: 'stopWorkflow' });
	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: "'Customer Code' is empty",
		context: { itemIndex: 1 },
	});
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});
