import type { INodeParameters } from 'n8n-workflow';
import type { TriggerPollResult } from '../harness.cts';
import { setupTriggerFixture } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();
const ALL: INodeParameters = { customers: 'all', customerTypes: [] };
const getIds = ({ items }: TriggerPollResult) => items.map(({ eventId }) => eventId);

/** Adds a customer to the list of customers. */
function addCustomer(customerCode: string, customerType = 11300): void {
	fixture.sandbox.store.ensureCustomer(customerCode);
	fixture.sandbox.records.customers.create({ customerCode, customerName: `Name ${customerCode}`, customerType });
}

const removeCustomer = (code: string) => {
	const { customers } = fixture.sandbox.records;
	customers.records = customers.records.filter(({ customerCode }) => customerCode !== code);
};
const rejectCustomer = (customerCode: string) =>
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, { status: 400 }, { times: 'always' });

beforeEach(() => {
	fixture.sandbox.records.customers.records = [];
	addCustomer('A');
	addCustomer('B', 11100);
});

test('reports the new events of all customers, with one request per customer', async () => {
	fixture.createEvent('A');
	const workflow = await fixture.activateWorkflow(ALL);
	const ids = [fixture.createEvent('A'), fixture.createEvent('B')];
	const result = await workflow.poll();
	expect(getIds(result).sort()).toEqual(ids.sort());
	expect(fixture.requestedCustomerCodes).toHaveLength(4);
	expect(getIds(await workflow.poll())).toEqual([]);
});

test('watches only customers in the selected states', async () => {
	const workflow = await fixture.activateWorkflow({ ...ALL, customerTypes: [11100] });
	fixture.createEvent('A');
	const id = fixture.createEvent('B');
	expect(getIds(await workflow.poll())).toEqual([id]);
	expect(fixture.requestedCustomerCodes).not.toContain('A');
});

test('reports the events of a customer that joins, also those before it was first seen', async () => {
	const workflow = await fixture.activateWorkflow(ALL);
	addCustomer('C');
	const id = fixture.createEvent('C');
	expect(getIds(await workflow.poll())).toEqual([id]);
	const nextId = fixture.createEvent('C');
	expect(getIds(await workflow.poll())).toEqual([nextId]);
});

test('more than 10,000 customers end publishing with advice', async () => {
	const customers = Array.from({ length: 10_001 }, (_, index) => ({ customerCode: `K${index}` }));
	fixture.respondWithData('findCustomers', customers);
	const { error } = await fixture.createWorkflow({ ...ALL, customerTypes: [11300] }).activate();
	expect(error).toMatchObject({
		message: 'GoFive has more than 10,000 customers to watch',
		description: expect.stringMatching(/^Select fewer states in 'Customer States'\./),
	});
});

test('a first customer joins an empty list', async () => {
	fixture.sandbox.records.customers.records = [];
	const workflow = await fixture.activateWorkflow(ALL);
	addCustomer('C');
	const id = fixture.createEvent('C');
	expect(getIds(await workflow.poll())).toEqual([id]);
});

test.each([
	[24, false],
	[60, true],
])(
	'a customer that is missing in the list for %i hours; its events are reported again: %p',
	async (hours, isRepeated) => {
		const oldId = fixture.createEvent('B');
		const workflow = await fixture.activateWorkflow(ALL);
		removeCustomer('B');
		expect(getIds(await workflow.poll())).toEqual([]);
		fixture.advanceHours(hours);
		expect(getIds(await workflow.poll())).toEqual([]);
		addCustomer('B', 11100);
		const newId = fixture.createEvent('B', -1);
		expect(getIds(await workflow.poll()).sort()).toEqual(isRepeated ? [oldId, newId] : [newId]);
	},
);

test('other states start the trigger again without a report, and the list itself does not', async () => {
	const workflow = await fixture.activateWorkflow({ ...ALL, customerTypes: [11300] });
	fixture.createEvent('A');
	fixture.createEvent('B');
	await workflow.publish({ customerTypes: [] });
	expect(getIds(await workflow.poll())).toEqual([]);
	const id = fixture.createEvent('B');
	expect(getIds(await workflow.poll())).toEqual([id]);
});

test('a list that fails prevents the start, and ends a later poll without a change of the state', async () => {
	fixture.addFault('findCustomers', { status: 403 });
	const { error } = await fixture.createWorkflow(ALL).activate();
	expect(error?.message).toContain('quota');
	const workflow = await fixture.activateWorkflow(ALL);
	const id = fixture.createEvent('A');
	fixture.addFault('findCustomers', { status: 403 });
	expect((await workflow.poll()).error).toMatchObject({
		description: expect.stringContaining('The trigger tries again at the next poll.'),
	});
	expect(getIds(await workflow.poll())).toEqual([id]);
});

test('a state that GoFive rejects prevents the start, without advice for the action node', async () => {
	fixture.addFault('findCustomers', { status: 400 }, { times: 'always' });
	const { error } = await fixture.createWorkflow(ALL).activate();
	expect(error).toMatchObject({
		message: expect.stringContaining("for customer state '"),
		description: expect.not.stringContaining('On Error'),
	});
});

test('after a server start, a list that fails is only reported', async () => {
	fixture.createEvent('A');
	const workflow = await fixture.activateWorkflow(ALL);
	workflow.storeStaticData();
	fixture.addFault('findCustomers', { status: 403 });
	expect((await workflow.restart()).error).toBeUndefined();
	const id = fixture.createEvent('A');
	expect(getIds(await workflow.poll())).toEqual([id]);
});

test('a customer that GoFive rejects does not prevent the start', async () => {
	rejectCustomer('B');
	const workflow = await fixture.activateWorkflow(ALL);
	const id = fixture.createEvent('A');
	const result = await workflow.poll();
	expect([getIds(result), result.error]).toEqual([[id], undefined]);
});

test('Add Names shows the name of the list without a request', async () => {
	const workflow = await fixture.activateWorkflow({ ...ALL, output: 'simplified', options: { addNames: true } });
	fixture.createEvent('A');
	const { items } = await workflow.poll();
	expect(items[0]).toMatchObject({ customerCode: 'A', customerName: 'Name A' });
	expect(fixture.findRequests('getCustomer')).toEqual([]);
});

test('Fetch Test Event reads customers until one has an event', async () => {
	for (let index = 0; index < 50; index += 1) addCustomer(`X${index}`);
	const id = fixture.createEvent('X25');
	const result = await fixture.fetchTestEvent(ALL);
	expect(getIds(result)).toEqual([id]);
	expect(fixture.requestedCustomerCodes.length).toBeLessThan(52);
});
