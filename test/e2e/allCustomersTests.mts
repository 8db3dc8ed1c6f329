import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
	buildGoFiveNode,
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	buildManualTrigger,
	customerEventsParameters,
	GOFIVE_TRIGGER_NAME,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { FREQUENT_POLL_TIMES } from './testWorkflows.mts';

/** Numbers of customers by state, in the order in which the node reads the states. */
const CUSTOMER_COUNTS: Array<[customerType: number, count: number]> = [
	[11300, 1500],
	[11100, 1000],
	[11200, 500],
];
/** Customers that GoFive rejects: one without events, and one with an event. */
const REJECTED_CODES = ['ALL-11100-0007', 'ALL-11300-0005'];

/** Defines the tests of reads and polls of all customers. */
export function defineAllCustomersTests(getN8nServer: () => N8nTestServer): void {
	after(() => getN8nServer().sandbox.records.customers.reset());
	describe('events of all customers', () => defineReadTests(getN8nServer));
	test('the trigger reports each event of all customers once', async () => await testTrigger(getN8nServer()));
}

function defineReadTests(getN8nServer: () => N8nTestServer): void {
	/** Codes of the customers, and the names of their events. Every third customer has none. */
	const eventNamesByCode = new Map<string, string[]>();

	before(() => {
		const { store, records } = getN8nServer().sandbox;
		records.customers.records = [];
		for (const [customerType, count] of CUSTOMER_COUNTS) {
			for (const [index, customerCode] of store.seedCustomers(count, 0, `ALL-${customerType}-`).entries()) {
				records.customers.create({ customerCode, customerName: `Name of ${customerCode}`, customerType });
				const eventNames = index % 3 === 0 ? [] : [`Visit of ${customerCode}`];
				eventNamesByCode.set(customerCode, eventNames);
				for (const eventName of eventNames)
					store.createEvent({ customerCode, eventName, eventType: 1, eventDate: '2025-01-31T23:30:00' });
				// Outside the days that are read.
				store.createEvent({ customerCode, eventName: 'Later', eventType: 1, eventDate: '2025-02-01T00:00:00' });
			}
		}
	});

	const buildWorkflow = (parameters: object, settings: Partial<WorkflowNode> = {}) => {
		const nodeParameters = { ...customerEventsParameters(''), operation: 'getAll', ...parameters };
		return buildLinearWorkflow('All customers', [buildManualTrigger(), buildGoFiveNode(nodeParameters, settings)]);
	};
	/** Lists the items that the node has to return, as sorted texts. */
	const listExpected = (returns: string, omittedCodes: string[] = []): string[] => {
		const texts: string[] = [];
		for (const [code, eventNames] of eventNamesByCode) {
			if (omittedCodes.includes(code)) continue;
			const customer = `${code} Name of ${code}`;
			if (returns !== 'customers') texts.push(...eventNames.map((eventName) => `${customer} ${eventName}`));
			if (returns !== 'events' && eventNames.length === 0) texts.push(`${customer} `);
		}
		return texts.sort();
	};
	const toTexts = (items: Array<Record<string, unknown>>): string[] =>
		items.map(({ customerCode, customerName, eventName }) => [customerCode, customerName, eventName].join(' ')).sort();

	test('returns the events with the names of their customers, and the customers without events', async () => {
		const n8nServer = getN8nServer();
		const countBefore = n8nServer.requestCount;
		const { items } = assertSucceeded(await n8nServer.execute(buildWorkflow({ returns: 'all' })));
		assert.deepEqual(toTexts(items('GoFive')), listExpected('all'));
		assert.equal(n8nServer.countAnsweredReads(countBefore), eventNamesByCode.size);
	});

	test('On Error = Continue (using error output) returns the other events, and one message per rejected customer', async () => {
		for (const customerCode of REJECTED_CODES)
			getN8nServer().sandbox.addFault({
				match: { operationId: 'getCustomerEvents', customerCode },
				answer: { status: 400 },
				times: 'always',
			});
		const settings: Partial<WorkflowNode> = { onError: 'continueErrorOutput' };
		const execution = assertSucceeded(await getN8nServer().execute(buildWorkflow({ returns: 'events' }, settings)));
		assert.deepEqual(toTexts(execution.items('GoFive')), listExpected('events', REJECTED_CODES));
		const messages = execution.items('GoFive', 1).map(({ error }) => String(error));
		assert.equal(messages.length, REJECTED_CODES.length);
		for (const code of REJECTED_CODES)
			assert.ok(
				messages.some((message) => message.includes(`for customer code '${code}'`)),
				code,
			);
		assert.match(execution.hints('GoFive').join(), /GoFive rejected 2 of the requests/u);
	});
}

/** Tests a published trigger that watches all customers, from its first poll to the one after a restart of n8n. */
async function testTrigger(n8nServer: N8nTestServer): Promise<void> {
	const { sandbox } = n8nServer;
	const { store, records } = sandbox;
	records.customers.records = [];
	/** Names of the events that the trigger has to report, one per execution. */
	const reported: string[] = [];
	const addCustomer = (customerCode: string): void => {
		store.ensureCustomer(customerCode);
		records.customers.create({ customerCode, customerType: 11300 });
	};
	const createEvent = (customerCode: string, eventName: string): void => {
		// GoFive's wall time is that of Thailand.
		const eventDate = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19);
		store.createEvent({ customerCode, eventName, eventType: 1, eventDate });
	};
	for (const code of ['WATCHED-A', 'WATCHED-B', 'WATCHED-C']) addCustomer(code);
	createEvent('WATCHED-C', 'Existing');
	const parameters = { pollTimes: FREQUENT_POLL_TIMES, customers: 'all', customerTypes: [] };
	const id = await n8nServer.rest.save(buildLinearWorkflow('All customers', [buildGoFiveTriggerNode(parameters)]));
	const countBefore = n8nServer.requestCount;
	await n8nServer.rest.publish(id);
	// n8n 2 publishes before the first poll, which only stores the existing events.
	await n8nServer.waitFor('the first poll', () => n8nServer.countAnsweredReads(countBefore) >= 3);

	const countLists = () =>
		n8nServer.getApiRequests().filter(({ operationId }) => operationId === 'findCustomers').length;
	/** Waits until a poll that starts now has read the events of all customers. */
	const waitForPoll = async (): Promise<void> => {
		for (let poll = 0; poll < 2; poll++) {
			const listCount = countLists();
			await n8nServer.waitFor('a poll', () => countLists() > listCount);
			const readCount = n8nServer.countAnsweredReads();
			const customerCount = records.customers.records.length;
			await n8nServer.waitFor('reads of events', () => n8nServer.countAnsweredReads() >= readCount + customerCount);
		}
	};
	const reportEvent = async (customerCode: string, eventName: string): Promise<void> => {
		createEvent(customerCode, eventName);
		reported.push(eventName);
		await n8nServer.waitFor(`an execution for ${eventName}`, async () => (await listReported()).includes(eventName));
	};
	const listReported = async (): Promise<string[]> => {
		const ended = await n8nServer.rest.listEndedExecutions(id);
		const executions = await Promise.all(
			ended
				.filter(({ status }) => status === 'success')
				.map((execution) => n8nServer.rest.waitForExecution(execution.id)),
		);
		return executions.flatMap(({ items }) => items(GOFIVE_TRIGGER_NAME).map(({ eventName }) => String(eventName)));
	};

	await reportEvent('WATCHED-A', 'New');
	addCustomer('WATCHED-D');
	await reportEvent('WATCHED-D', 'First event of a customer that joins');

	await n8nServer.stop();
	createEvent('WATCHED-D', 'While n8n was stopped');
	reported.push('While n8n was stopped');
	await n8nServer.start();
	await reportEvent('WATCHED-A', 'After the restart');
	await waitForPoll();
	assert.deepEqual((await listReported()).sort(), reported.sort());
	await n8nServer.rest.unpublish(id);
}
