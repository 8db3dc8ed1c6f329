import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getBangkokNow } from './bangkokTime.mts';
import type { N8nTestServer } from './n8nTestServer.mts';
import { PollingWorkflow } from './pollingWorkflow.mts';

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
		const parameters = { customerSelection: 'all', customerStateIds: [] };
		// Another customer joins the three later.
		const trigger = new PollingWorkflow(n8nServer, 'All customers', parameters, {
			operationId: 'getCustomerEvents',
			count: 4,
		});
		await trigger.publish();

		const listReported = async (): Promise<string[]> =>
			(await trigger.readItems()).flat().map(({ eventName }) => String(eventName));
		const reportEvent = async (customerCode: string, eventName: string): Promise<void> => {
			createEvent(customerCode, eventName);
			reported.push(eventName);
			await n8nServer.waitFor(`an execution for ${eventName}`, async () => (await listReported()).includes(eventName));
		};

		await reportEvent('WATCHED-A', 'New');
		addCustomer('WATCHED-D');
		await reportEvent('WATCHED-D', 'First event of a customer that joins');

		await n8nServer.stop();
		createEvent('WATCHED-D', 'While n8n was stopped');
		reported.push('While n8n was stopped');
		await n8nServer.start();
		await reportEvent('WATCHED-A', 'After the restart');
		await trigger.waitForStoredPoll();
		assert.deepEqual((await listReported()).sort(), reported.sort());
	});
}
