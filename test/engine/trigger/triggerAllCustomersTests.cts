// The list of customers as the parts of a poll. Which customers a poll watches as they join and leave is in
// triggerModelBased.
import type { INodeParameters } from 'n8n-workflow';
import { getEventIds, setupTriggerFixture } from '../triggerFixture.cts';
import type { TriggerWorkflow } from '../triggerWorkflow.cts';

const fixture = setupTriggerFixture();
const ALL: INodeParameters = { customerSelection: 'all', customerStateIds: [] };

/** Adds a customer to the list of customers. */
function addCustomer(customerCode: string, customerType = 11300): void {
	fixture.sandbox.records.customers.create({ customerCode, customerName: `Name ${customerCode}`, customerType });
}

beforeEach(() => {
	fixture.sandbox.records.customers.records = [];
	addCustomer('A');
	addCustomer('B', 11100);
});

test('watches only customers in the selected states, and other states start again without a report', async () => {
	// Existing records are included only when the workflow is first published.
	const options = { includeExistingRecords: true };
	const workflow = await fixture.activateWorkflow({ ...ALL, customerStateIds: [11100], options });
	fixture.createEvent('A');
	const id = fixture.createEvent('B');
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(fixture.requestedCustomerCodes).not.toContain('A');
	expect(getEventIds(await workflow.publish({ customerStateIds: [] }))).toEqual([]);
	expect(getEventIds(await workflow.poll())).toEqual([]);
	const nextId = fixture.createEvent('A');
	expect(getEventIds(await workflow.poll())).toEqual([nextId]);
});

test('more than 10,000 customers end publishing with advice', async () => {
	const customers = Array.from({ length: 10_001 }, (_, index) => ({ customerCode: `K${index}` }));
	fixture.respondWithData('findCustomers', customers);
	const { error } = await fixture.createWorkflow({ ...ALL, customerStateIds: [11300] }).activate();
	expect(error).toMatchObject({
		message: 'GoFive has more than 10,000 customers to watch',
		description: expect.stringMatching(/^Select fewer states in 'Customer States'\./),
	});
});

test('a state that GoFive rejects prevents the start, without advice for the action node', async () => {
	fixture.addFault('findCustomers', { status: 400 }, { times: 'always' });
	const { error } = await fixture.createWorkflow(ALL).activate();
	expect(error).toMatchObject({
		message: expect.stringContaining("for customer state '"),
		description: expect.not.stringContaining('On Error'),
	});
});

test('a customer whose events GoFive rejects does not prevent the start', async () => {
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode: 'B' }, { status: 400 }, { times: 'always' });
	const workflow = await fixture.activateWorkflow(ALL);
	const id = fixture.createEvent('A');
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});

test('after a server start, a list that cannot be read is reported, and the next poll continues', async () => {
	const workflow = await fixture.activateWorkflow(ALL);
	fixture.addFault('findCustomers', { kind: 'quota' }, { times: 'always' });
	const { error, emittedErrors } = await workflow.restart();
	expect(error).toBeUndefined();
	expect(emittedErrors).toHaveLength(1);
	fixture.sandbox.faults.clear();
	const id = fixture.createEvent('A');
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});

test('Add Names shows the name of the list without a request', async () => {
	const workflow = await fixture.activateWorkflow({ ...ALL, output: 'simplified', options: { addNames: true } });
	fixture.createEvent('A');
	const { items } = await workflow.poll();
	expect(items[0]).toMatchObject({ customerCode: 'A', customerName: 'Name A' });
	expect(fixture.findRequests('getCustomer')).toEqual([]);
});

test('Owner Names are those of the list, and another owner is no change', async () => {
	fixture.sandbox.records.customers.update('A', { customerOwnersStr: ['First', 'Second'] });
	const output = { output: 'selected', fields: ['customerCode', 'ownerNames'] };
	const workflow = await fixture.activateWorkflow({ ...ALL, triggerOn: 'newOrChangedEvent', ...output });
	fixture.createEvent('A');
	expect((await workflow.poll()).items).toMatchObject([{ customerCode: 'A', ownerNames: 'First, Second' }]);
	fixture.sandbox.records.customers.update('A', { customerOwnersStr: ['Third'] });
	expect((await workflow.poll()).data).toBeNull();
});

test('Fetch Test Event reads customers until one has an event', async () => {
	for (let index = 0; index < 200; index += 1) addCustomer(`X${index}`);
	const id = fixture.createEvent('X175');
	const result = await fixture.fetchTestEvent(ALL);
	expect(getEventIds(result)).toEqual([id]);
	// Those that were in flight, too.
	expect(fixture.requestedCustomerCodes.length).toBeLessThan(150);
});

/** Lets GoFive respond to each read of the events of a customer with an HTTP status. */
const rejectEvents = (customerCode: string, status: number): void =>
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, { status }, { times: 'always' });

/** Publishes a workflow while GoFive rejects customer B. */
async function publishWithRejected(status: number, isDurable = false): Promise<TriggerWorkflow> {
	rejectEvents('B', status);
	const workflow = fixture.createWorkflow(ALL, isDurable);
	expect(await workflow.activate()).toMatchObject({ data: null });
	expect(workflow.isActive).toBe(true);
	return workflow;
}

test.each<[string, number, boolean]>([
	['HTTP 404', 404, false],
	['HTTP 400', 400, false],
	['HTTP 404 with the durable poller', 404, true],
])('the first event of a customer that GoFive rejects at the start is reported: %s', async (_, status, isDurable) => {
	const workflow = await publishWithRejected(status, isDurable);
	fixture.sandbox.faults.clear();
	const id = fixture.createEvent('B');
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(getEventIds(await workflow.poll())).toEqual([]);
});

describe('after a server start, the trigger stays active, and reports the records later', () => {
	test('of a customer that joined the list after publishing', async () => {
		const workflow = await fixture.activateWorkflow(ALL);
		addCustomer('N');
		const id = fixture.createEvent('N');
		rejectEvents('N', 500);
		expect(getEventIds(await workflow.restart())).toEqual([]);
		expect(workflow.isActive).toBe(true);
		fixture.sandbox.faults.clear();
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});

	test('of a customer that GoFive rejected at the start', async () => {
		const workflow = await publishWithRejected(404);
		fixture.sandbox.faults.clear();
		rejectEvents('B', 500);
		expect(getEventIds(await workflow.restart())).toEqual([]);
		fixture.sandbox.faults.clear();
		const id = fixture.createEvent('B');
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	});
});

test('a customer that cannot be read when other states are published still prevents the start', async () => {
	const workflow = await fixture.activateWorkflow({ ...ALL, customerStateIds: [11300] });
	rejectEvents('B', 500);
	const { error } = await workflow.publish({ customerStateIds: [] });
	expect(error?.message).toContain('so the trigger cannot start');
});

test('a report says that the first read of an added customer code only stores its records', async () => {
	const workflow = fixture.createWorkflow({}, true);
	await workflow.activate();
	rejectEvents('B', 500);
	const errors = (await workflow.publish({ customerCodes: 'A, B' })).emittedErrors;
	for (let index = 0; index < 2; index += 1) errors.push(...(await workflow.poll()).emittedErrors);
	expect(errors).toEqual([
		expect.objectContaining({
			description: expect.stringContaining(
				'Events of customer B: The first poll that can read these records only stores them.',
			),
		}),
	]);
	expect(errors[0]).toMatchObject({ description: expect.not.stringContaining('The trigger reports these records') });
});
