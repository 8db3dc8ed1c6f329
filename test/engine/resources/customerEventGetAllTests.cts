import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();
const FIELDS = { output: 'selected', fields: ['customerCode', 'customerName', 'eventName'] };
const NAME = 'customerEvent.getAll';

/** Creates three customers and three events of two of them. */
beforeEach(() => {
	const { store, records } = fixture.sandbox;
	records.customers.records = [];
	for (const [customerCode, customerType] of Object.entries({ A: 11300, B: 11300, L: 11100 })) {
		records.customers.create({ customerCode, customerName: `Name ${customerCode}`, customerType });
		store.ensureCustomer(customerCode);
	}
	const create = (customerCode: string, eventName: string, eventDate: string, eventType = 1) =>
		store.createEvent({ customerCode, eventName, eventDate, eventType, description: '' });
	create('A', 'A1', '2025-01-10T10:00:00');
	create('A', 'A2', '2025-03-10T10:00:00', 2);
	create('L', 'L1', '2025-02-10T10:00:00');
});

const run = async (parameters: IDataObject = {}, options = {}) =>
	await fixture.runExample(
		NAME,
		{ dateRange: 'allDates', customerTypes: [], eventTypes: [], ...FIELDS, ...parameters },
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

test.each<[string, IDataObject, string[]]>([
	['states', { customerTypes: ['Lead'] }, ['L1']],
	['dates and types', { dateRange: 'custom', dateFrom: '2025-02-01', dateTo: '2025-03-31', eventTypes: [1] }, ['L1']],
	['search text', { filters: { keyword: 'Name L' } }, ['L1']],
	['a limit over all', { returnAll: false, limit: 1 }, ['A1']],
	['newest first', { options: { sort: 'newestFirst' } }, ['A2', 'L1', 'A1']],
	['oldest first, cut', { options: { sort: 'oldestFirst' }, returnAll: false, limit: 2 }, ['A1', 'L1']],
	['the customers without events', { returns: 'customers' }, ['B']],
	['the customers without events of a type', { returns: 'customers', eventTypes: [1] }, ['B']],
	['events and customers', { returns: 'all' }, ['B', 'A1', 'A2', 'L1']],
])('applies %s', async (_, parameters, names) => {
	const { items } = await run(parameters);
	expect(getNames(items)).toEqual(names);
});

test('a customer that GoFive rejects fails the item, and names the customer', async () => {
	rejectCustomer('B');
	const { error } = await run();
	expect(error?.message).toContain("for customer code 'B'");
	expect(error?.description).toContain("set 'On Error' in the settings of this node to 'Continue'");
});

test('On Error = Continue returns the other events and the message', async () => {
	rejectCustomer('B');
	const { items, hints } = await run({}, { onError: 'continueRegularOutput' });
	expect(getNames(items.slice(0, 3))).toEqual(['A1', 'A2', 'L1']);
	expect(items).toHaveLength(4);
	expect(items[3]?.error).toContain("for customer code 'B'");
	expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('the output is incomplete')]);
});

test('a rejection of all customers is one message', async () => {
	fixture.addFault('getCustomerEvents', { status: 400 }, { times: 'always' });
	const { items } = await run({}, { onError: 'continueRegularOutput' });
	expect(items).toHaveLength(1);
	expect(items[0]?.error).toContain('GoFive rejected the request');
});

test('a failure that concerns no customer fails the item once, and ends the requests', async () => {
	fixture.addFault('getCustomerEvents', { status: 403 }, { times: 'always' });
	const { items } = await run({ options: { maxParallelRequests: 1 } }, { onError: 'continueRegularOutput' });
	expect(items).toHaveLength(1);
	expect(fixture.findRequests('getCustomerEvents')).toHaveLength(1);
});

test('a customer without a code is a message', async () => {
	fixture.respondWithData('findCustomers', [{ customerName: 'X' }]);
	const { error } = await run({ customerTypes: [11300] });
	expect(error?.message).toBe('GoFive returned customers without customerCode');
});

test('a list that fails is a message of its own', async () => {
	fixture.addFault('findCustomers', { status: 404 }, { times: 'always' });
	const { error } = await run();
	expect(error?.description).toContain('2021 partner portal');
});

test.each([['={{ "meeting" }}'], ['={{ [" Meeting ", 1] }}']])(
	'accepts the names of event types: %s',
	async (eventTypes) => {
		fixture.respondWithData('getCustomerEventTypes', [
			{ eventTypeId: 1, eventTypeName: 'Call' },
			{ eventTypeId: 2, eventTypeName: 'Meeting' },
		]);
		const { items } = await run({ eventTypes, customerTypes: ['Customer'] });
		expect(getNames(items)).toContain('A2');
	},
);

test('an unknown name is a message with the known ones, and nothing is sent', async () => {
	fixture.respondWithData('getCustomerEventTypes', [{ eventTypeId: 1, eventTypeName: 'Call' }]);
	const { error } = await run({ eventTypes: '={{ "Visit" }}' });
	expect(error).toMatchObject({
		message: `'Event Type Names or IDs' cannot be "Visit"`,
		description: expect.stringContaining('Use the name or the ID of one of the event types: Call (1).'),
	});
	expect(fixture.findRequests('findCustomers')).toEqual([]);
});
