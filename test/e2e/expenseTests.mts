import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGoFiveNode, buildLinearWorkflow, buildManualTrigger } from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { PollingWorkflow } from './pollingWorkflow.mts';

/** Requests of a poll: one for each type of expenses. */
const POLL_REQUESTS = { operationId: 'findExpenses', count: 9 };

/** Defines the test of expenses that GoFive groups by status. */
export function defineGroupedExpensesTest(n8nServer: N8nTestServer): void {
	test('an expense that the node creates is read from its group, and starts the workflow once', async () => {
		n8nServer.sandbox.setBehaviour({ groupsRows: true });
		const trigger = new PollingWorkflow(n8nServer, 'New expense', { triggerOn: 'newExpense' }, POLL_REQUESTS);
		await trigger.publish();

		const expenseDetails = { row: [{ expenseTypeId: 1003, amount: 250, milesStart: 100, milesEnd: 150 }] };
		const parameters = { resource: 'expense', operation: 'create', subject: 'น้ำมัน', expenseDetails };
		const getParameters = { resource: 'expense', operation: 'getAll', expenseTypeIds: [1003], output: 'selected' };
		const workflow = buildLinearWorkflow('Create expense', [
			buildManualTrigger(),
			buildGoFiveNode(parameters, { name: 'Create' }),
			buildGoFiveNode(getParameters),
		]);
		const { items } = assertSucceeded(await n8nServer.execute(workflow));
		const [created] = items('Create');
		const listed = items('GoFive').find(({ expenseId }) => expenseId === created?.['expenseId']);
		assert.deepEqual([listed?.['subject'], listed?.['totalBaht'], listed?.['statusName']], ['น้ำมัน', 250, 'ฉบับร่าง']);

		const listReported = async () => (await trigger.readItems()).flat().map(({ expenseId }) => expenseId);
		await n8nServer.waitFor('an execution for the expense', async () => (await listReported()).length > 0);
		await trigger.waitForStoredPoll();
		assert.deepEqual(await listReported(), [created?.['expenseId']]);
	});
}
