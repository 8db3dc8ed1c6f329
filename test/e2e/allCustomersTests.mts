import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	GOFIVE_TRIGGER_NAME,
} from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow } from './bangkokTime.mts';
import type { N8nTestServer } from './n8nTestServer.mts';
import { FREQUENT_POLL_TIMES } from './testWorkflows.mts';

/** Defines the test of a published trigger that watches all customers, from its first poll to one after a restart. */
export function defineAllCustomersTest(n8nServer: N8nTestServer): void {
	test('the trigger reports each event of all customers once, also after a restart of n8n', async () => {
		const { customers } = n8nServer.sandbox.records;
		customers.records = [];
		/** Names of the events that the trigger has to report, one per execution. */
		const reported: string[] = [];
		const addCustomer = (customerCode: string): void => {
			customers.create({ customerCode, customerType: 11300 });
		};
		const createEvent = (customerCode: string, eventName: string) =>
			n8nServer.createEvent(customerCode, getBangkokNow(), eventName);
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
				const customerCount = customers.records.length;
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
	});
}
