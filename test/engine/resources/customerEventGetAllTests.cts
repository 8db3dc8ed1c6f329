// What differs from a list with other parts: its parts are the customers of another list. See operation/partsTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { REJECTED } from '../../support/expectedMessages.cts';
import { temporaryFailure } from '../../support/responses.cts';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { buildLimitHint } from '../resultAssertions.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });
const FIELDS = { output: 'selected', fields: ['customerCode', 'customerName', 'eventName'] };
const NAME = 'customerEvent.getAll';

/** Creates three customers and three events of two of them. The list begins with the newest customer of a state. */
beforeEach(() => {
	const { records } = fixture.sandbox;
	records.customers.records = [];
	records.customerEvents.records = [];
	for (const [customerCode, customerType] of Object.entries({ A: 11300, B: 11300, L: 11100 }))
		records.customers.create({ customerCode, customerName: `Name ${customerCode}`, customerType });
	const create = (customerCode: string, eventName: string, eventDate: string, eventType = 1) =>
		records.customerEvents.createFromRequest({ customerCode, eventName, eventDate, eventType });
	create('A', 'A1', '2025-01-10T10:00:00');
	create('A', 'A2', '2025-03-10T10:00:00', 2);
	create('L', 'L1', '2025-02-10T10:00:00');
});

const run = async (parameters: IDataObject = {}, options = {}) =>
	await fixture.runExample(
		NAME,
		{ dateRange: 'allDates', customerStateIds: [], eventTypes: [], ...FIELDS, ...parameters },
		options,
	);
const rejectCustomer = (customerCode: string) =>
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, { status: 400 }, { times: 'always' });
const getNames = (items: IDataObject[]) => items.map(({ eventName, customerCode }) => eventName ?? customerCode);

test('returns the events of all customers with their names, in the order of the customers', async () => {
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(items).toMatchObject([
		{ customerCode: 'A', customerName: 'Name A', eventName: 'A1' },
		{ customerCode: 'A', customerName: 'Name A', eventName: 'A2' },
		{ customerCode: 'L', customerName: 'Name L', eventName: 'L1' },
	]);
	expect(fixture.sandbox.requestLog.filter(({ operationId }) => operationId === 'getCustomer')).toEqual([]);
	expect(fixture.sandbox.requestLog.filter(({ operationId }) => operationId === 'getCustomerEvents')).toHaveLength(3);
});

test.each([
	['newestFirst', ['later', 'equal 1', 'equal 2', 'undated 1', 'undated 2']],
	['oldestFirst', ['equal 1', 'equal 2', 'later', 'undated 1', 'undated 2']],
])('%s: equal dates keep their order, and events without a date come last', async (sort, names) => {
	const dates = {
		'undated 1': null,
		'equal 1': '2025-02-01',
		later: '2025-03-01',
		'undated 2': null,
		'equal 2': '2025-02-01',
	};
	const events = Object.entries(dates).map(([eventName, day], index) => ({
		eventId: index + 1,
		eventName,
		eventDate: day && `${day}T09:00:00+0700`,
	}));
	fixture.respondWithData('getCustomerEvents', events);
	const { items } = await run({ customerStateIds: ['Lead'], dateRange: 'allDates', options: { sort } });
	expect(items.map(({ eventName }) => eventName)).toEqual(names);
});

test.each<[string, IDataObject, string[]]>([
	['states', { customerStateIds: ['Lead'] }, ['L1']],
	['dates and types', { dateRange: 'custom', dateFrom: '2025-02-01', dateTo: '2025-03-31', eventTypes: [1] }, ['L1']],
	['search text', { filters: { searchText: 'Name L' } }, ['L1']],
	['a limit over all', { returnAll: false, limit: 1 }, ['A1']],
	['newest first', { options: { sort: 'newestFirst' } }, ['A2', 'L1', 'A1']],
	['oldest first, cut', { options: { sort: 'oldestFirst' }, returnAll: false, limit: 2 }, ['A1', 'L1']],
	['the customers without events', { include: 'customersWithoutEvents' }, ['B']],
	['the customers without events of a type', { include: 'customersWithoutEvents', eventTypes: [1] }, ['B']],
	['events and customers', { include: 'eventsAndCustomersWithoutEvents' }, ['B', 'A1', 'A2', 'L1']],
])('applies %s', async (_, parameters, names) => {
	const { items } = await run(parameters);
	expect(getNames(items)).toEqual(names);
});

test('Raw begins with the customer, also if the events have its keys without a value', async () => {
	const event = { eventId: 7, customerCode: null, customerName: '' };
	fixture.respondWithData({ operationId: 'getCustomerEvents', customerCode: 'A' }, [event]);
	const { items } = await run({ output: 'raw', filters: { searchText: 'Name A' } });
	expect(JSON.stringify(items)).toBe(
		'[{"customerCode":"A","customerName":"Name A","ownerNames":["สมหญิง ใจดี"],"eventId":7}]',
	);
});

test('an event keeps its own name of the customer if the list has none', async () => {
	fixture.respondWithData('findCustomers', [{ customerCode: 'A' }]);
	fixture.respondWithData('findCustomers', []);
	const event = { eventId: 7, customerCode: 'A', customerName: 'Own' };
	fixture.respondWithData('getCustomerEvents', [event, { eventId: 8 }], { times: 2 });
	const parameters = { customerStateIds: [11300] };
	expect((await run({ ...parameters, output: 'raw' })).items).toEqual([
		event,
		{ eventId: 8, customerCode: 'A', customerName: null },
	]);
});

test.each<[string, unknown, string | null]>([
	['two owners', ['สมหญิง ใจดี', 'A & B'], 'สมหญิง ใจดี, A & B'],
	['no owner', [], null],
	['a list of customers without owners', undefined, null],
])('Owner Names are those of the list of customers: %s', async (_, customerOwnersStr, ownerNames) => {
	fixture.respondWithData('findCustomers', [{ customerCode: 'A', customerOwnersStr }]);
	fixture.respondWithData('findCustomers', []);
	const fields = ['customerCode', 'ownerNames', 'eventName'];
	const { items, hints } = await run({
		customerStateIds: [11300],
		include: 'eventsAndCustomersWithoutEvents',
		eventTypes: [2, 3],
		fields,
	});
	expect(items).toEqual([{ customerCode: 'A', ownerNames, eventName: 'A2', eventId: expect.any(Number) }]);
	expect(hints).toEqual([]);
	expect(fixture.findRequests('getCustomer')).toEqual([]);
});

test('customers without events have Owner Names, in Raw only if the list contains them', async () => {
	const parameters = { customerStateIds: [11300], include: 'customersWithoutEvents', eventTypes: [3] };
	const customers = [{ customerCode: 'A', customerOwnersStr: ['O'] }, { customerCode: 'B' }];
	const respond = () => {
		fixture.respondWithData('findCustomers', customers);
		fixture.respondWithData('findCustomers', []);
	};
	respond();
	const selected = await run({ ...parameters, fields: ['customerCode', 'ownerNames'] });
	expect(selected.items).toMatchObject([
		{ customerCode: 'A', ownerNames: 'O' },
		{ customerCode: 'B', ownerNames: null },
	]);
	respond();
	expect((await run({ ...parameters, output: 'raw' })).items).toEqual([
		{ customerCode: 'A', customerName: null, ownerNames: ['O'] },
		{ customerCode: 'B', customerName: null },
	]);
	respond();
	expect(Object.keys((await run({ ...parameters, output: 'simplified' })).items[0] ?? {})).not.toContain('ownerNames');
});

test('sends the states and the search text for the list, the dates and the type for each customer', async () => {
	const dates = { dateRange: 'custom', dateFrom: '2025-02-01', dateTo: '2025-03-31' };
	await run({ ...dates, eventTypes: [2], customerStateIds: [11300], filters: { searchText: 'Name' }, output: 'raw' });
	const lists = fixture.getSentBodies('findCustomers');
	expect(lists.map(({ skip }) => skip)).toEqual([0, 2]);
	expect(lists[0]).toEqual({ customerType: 11300, keyword: 'Name', pageLength: 1000, skip: 0 });
	const range = { DateFrom: '2025-02-01T00:00:00', DateTo: '2025-03-31T23:59:59' };
	expect(fixture.getSentBodies('getCustomerEvents')).toEqual([range, range]);
	expect(fixture.findRequests('getCustomerEvents').map(({ query }) => query)).toEqual([
		'customerCode=B&eventTypeIds=2',
		'customerCode=A&eventTypeIds=2',
	]);
});

test.each<[string, IDataObject, unknown[]]>([
	['an untouched form', {}, []],
	[
		'an expression without a value',
		{ dateRange: '={{ $json.range }}' },
		[expect.stringContaining("'Last Month' was used")],
	],
])('%s returns the events of the last month', async (_, parameters, expectedHints) => {
	clock.now = () => Date.parse('2025-02-15T05:00:00Z');
	const { items, hints } = await fixture.runExample(NAME, { customerStateIds: [], ...FIELDS, ...parameters });
	expect(getNames(items)).toEqual(['A1']);
	expect(hints.map(({ message }) => message)).toEqual(expectedHints);
	expect(fixture.getSentBodies('getCustomerEvents')).toEqual(
		Array(3).fill({ DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' }),
	);
});

const isError = (text: string): unknown => ({ error: expect.stringContaining(text) });

test('On Error = Continue returns the other events, and one message per rejected customer in the order of the customers', async () => {
	// The rejection of the first customer arrives last.
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode: 'B' }, temporaryFailure());
	rejectCustomer('B');
	rejectCustomer('A');
	const { items } = await run({}, { onError: 'continueRegularOutput' });
	expect(getNames(items.slice(0, 1))).toEqual(['L1']);
	expect(items.slice(1)).toEqual(['B', 'A'].map((code) => isError(`for customer code '${code}'`)));
});

test('On Error = Continue: a rejection of all customers is one message', async () => {
	fixture.addFault('getCustomerEvents', { status: 400 }, { times: 'always' });
	const { items } = await run({}, { onError: 'continueRegularOutput' });
	expect(items).toEqual([isError(REJECTED)]);
});

test('a used-up quota ends the requests, and is one message if no customer was read', async () => {
	fixture.addFault('getCustomerEvents', { status: 403 }, { times: 'always' });
	const { items } = await run({ options: { maxParallelRequests: 1 } }, { onError: 'continueRegularOutput' });
	expect(items).toEqual([isError(messages.quota('').message)]);
	expect(fixture.findRequests('getCustomerEvents')).toHaveLength(1);
});

test('a quota that is used up in between keeps the customers that were read', async () => {
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode: 'A' }, { status: 403 }, { times: 'always' });
	const parameters = { include: 'eventsAndCustomersWithoutEvents', options: { maxParallelRequests: 1 } };
	const { items } = await run(parameters, { onError: 'continueRegularOutput' });
	expect(getNames(items.slice(0, 1))).toEqual(['B']);
	expect(items.slice(1)).toEqual([
		isError(`${messages.quota('').message} for customer code 'A'`),
		isError(`${messages.quota('').message} for customer code 'L'`),
	]);
	expect(fixture.findRequests('getCustomerEvents')).toHaveLength(2);
});

test.each<[string, FaultResponse]>([
	['HTTP 500', { status: 500 }],
	['HTTP 403', { status: 403, body: { message: 'No permission' } }],
	['a web page', { kind: 'html' }],
	['another form', { status: 200, body: { data: { unknown: 1 } } }],
])('On Error = Continue: %s for a customer loses only its events', async (_, answer) => {
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode: 'A' }, answer, { times: 'always' });
	const { items } = await run({}, { onError: 'continueRegularOutput' });
	expect(getNames(items.slice(0, 1))).toEqual(['L1']);
	expect(items.slice(1)).toEqual([isError("for customer code 'A'")]);
	// A customer that could not be read is not one without events.
	const { items: customers } = await run({ include: 'customersWithoutEvents' }, { onError: 'continueRegularOutput' });
	expect(getNames(customers.slice(0, 1))).toEqual(['B']);
	expect(customers.slice(1)).toEqual([isError("for customer code 'A'")]);
});

describe('a list of customers with a state that GoFive cannot return', () => {
	const STATES = { customerStateIds: [11300, 11100] };
	// The first state is requested first.
	beforeEach(() => fixture.addFault('findCustomers', { status: 500 }));

	test('On Error = Continue returns the customers of the other states, then one error', async () => {
		const { items } = await run(STATES, { onError: 'continueRegularOutput' });
		expect(getNames(items.slice(0, 1))).toEqual(['L1']);
		expect(items.slice(1)).toEqual([isError("for customer state 'Customer'")]);
	});

	test('On Error = Stop names the state, and requests no events', async () => {
		const { error } = await run(STATES);
		expect(error?.message).toContain("for customer state 'Customer'");
		expect(error?.description).toContain("set 'On Error'");
		expect(fixture.findRequests('getCustomerEvents')).toEqual([]);
	});
});

test('On Error = Stop: the first rejected customer ends the requests, and a slow one does not delay the message', async () => {
	const { customers } = fixture.sandbox.records;
	for (let index = 0; index < 300; index += 1)
		customers.create({ customerCode: `X${index}`, customerName: 'X', customerType: 11300 });
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode: 'X298' }, { kind: 'hang' });
	rejectCustomer('X299');
	// The second that a stopped run gives its requests passes at once.
	const { timeoutSignal } = clock;
	clock.timeoutSignal = (milliseconds) => timeoutSignal(milliseconds <= 1000 ? 0 : milliseconds);
	const startedAt = performance.now();
	const { error } = await run({ customerStateIds: [11300] });
	expect(performance.now() - startedAt).toBeLessThan(20_000);
	expect(error?.message).toMatch(new RegExp(`^${REJECTED}.* for customer code 'X299'$`));
	expect(error?.description).toContain("set 'On Error'");
	await fixture.waitUntilIdle();
	expect(fixture.findRequests('getCustomerEvents').length).toBeLessThan(100);
});

test('a list whose state GoFive rejects is one message, without advice that does not help', async () => {
	fixture.addFault('findCustomers', { status: 400 }, { times: 'always' });
	const { items } = await run({}, { onError: 'continueRegularOutput' });
	expect(items).toEqual([isError("for customer state '")]);
	expect(items[0]?.error).not.toContain('On Error');
	expect(fixture.findRequests('getCustomerEvents')).toEqual([]);
});

test('a cancelled execution ends as cancelled, and sends no further request', async () => {
	const hold = fixture.sandbox.hold('getCustomerEvents');
	const parameters = { options: { maxParallelRequests: 2 } };
	const result = await run(parameters, { onError: 'continueRegularOutput', cancelWhen: hold.waitForRequests(2) });
	expect(result.status).toBe('canceled');
	hold.end();
	await fixture.waitUntilIdle();
	expect(fixture.findRequests('getCustomerEvents')).toHaveLength(2);
});

test.each<[IDataObject, string]>([
	[
		{ include: 'customersWithoutEvents', filters: { searchText: 'Name A' } },
		'No matching customers without events found',
	],
	[{ include: 'events', filters: { searchText: 'Name B' } }, 'No matching customer events found'],
	[
		{ include: 'eventsAndCustomersWithoutEvents', filters: { searchText: 'Name X' } },
		'No matching customer events or customers found',
	],
])('with If Nothing Found, %j is the message "%s"', async (parameters, message) => {
	const { error } = await run({ ...parameters, options: { ifNothingFound: 'error' } });
	expect(error?.message).toBe(message);
});

test('a limit that cuts the customers says so', async () => {
	const { hints } = await run({ include: 'customersWithoutEvents', eventTypes: [3], returnAll: false, limit: 1 });
	expect(hints.map(({ message }) => message)).toEqual([buildLimitHint('1 of 3 customers without events')]);
});

test('a customer without a code is a message', async () => {
	fixture.respondWithData('findCustomers', [{ customerName: 'X' }]);
	const { error } = await run({ customerStateIds: [11300] });
	expect(error?.message).toBe('GoFive returned customers without customerCode');
});

test('one customer without a code stops the run, or is an error next to the events of the others', async () => {
	const respond = () =>
		fixture.respondWithData('findCustomers', [{ customerName: 'X' }, { customerCode: 'A', customerName: 'Name A' }]);
	respond();
	expect((await run({ customerStateIds: [11300] })).error).toMatchObject({
		message: 'GoFive returned customers without customerCode',
		description: expect.stringContaining("set 'On Error' in the settings of this node to 'Continue'."),
	});
	respond();
	const { items, hints, error } = await run({ customerStateIds: [11300] }, { onError: 'continueRegularOutput' });
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(1);
	expect(items.at(-1)).toMatchObject({
		error: expect.stringMatching(/^GoFive returned customers without customerCode/),
	});
	expect(hints).toHaveLength(1);
});

// The other rules about names are in operation/listNamesTests.cts.
test('several event types may be names, and an unknown one is a message before any request', async () => {
	const eventTypes = [
		{ eventTypeId: 1, eventTypeName: 'Call' },
		{ eventTypeId: 2, eventTypeName: 'Meeting' },
	];
	fixture.respondWithData('getCustomerEventTypes', eventTypes, { times: 'always' });
	const { items } = await run({ eventTypes: '={{ [" Meeting ", 1] }}', customerStateIds: ['Customer'] });
	expect(getNames(items)).toEqual(['A1', 'A2']);
	fixture.sandbox.requestLog.length = 0;
	const { error } = await run({ eventTypes: '={{ "Visit" }}' });
	expect(error?.message).toBe(`'Event Type Names or IDs' cannot be "Visit"`);
	expect(fixture.findRequests('findCustomers')).toEqual([]);
});
