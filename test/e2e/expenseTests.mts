import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	buildGoFiveNode,
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	buildManualTrigger,
	GOFIVE_TRIGGER_NAME,
} from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { FREQUENT_POLL_TIMES } from './testWorkflows.mts';

/** Defines the test of expenses that GoFive groups by status. */
export function defineGroupedExpensesTest(n8nServer: N8nTestServer): void {
	test('an expense that the node creates is read from its group, and starts the workflow once', async () => {
		const { rest, sandbox } = n8nServer;
		sandbox.setBehaviour({ groupsRows: true });
		const countReads = () =>
			n8nServer.getApiRequests().filter(({ operationId }) => operationId === 'findExpenses').length;
		const trigger = buildGoFiveTriggerNode({ pollTimes: FREQUENT_POLL_TIMES, triggerOn: 'newExpense' });
		const id = await rest.save(buildLinearWorkflow('New expense', [trigger]));
		const countBefore = countReads();
		await rest.publish(id);
		await n8nServer.waitFor('the first poll', () => countReads() >= countBefore + 9);

		const expenseDetails = { line: [{ expenseTypeId: 1003, amount: 250, milesStart: 100, milesEnd: 150 }] };
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

		const listReported = async (): Promise<unknown[]> => {
			const ended = await rest.listEndedExecutions(id);
			const executions = await Promise.all(ended.map((execution) => rest.waitForExecution(execution.id)));
			return executions.flatMap((execution) => execution.items(GOFIVE_TRIGGER_NAME).map(({ expenseId }) => expenseId));
		};
		await n8nServer.waitFor('an execution for the expense', async () => (await listReported()).length > 0);
		const readsBefore = countReads();
		await n8nServer.waitFor('two more polls', () => countReads() >= readsBefore + 18);
		assert.deepEqual(await listReported(), [created?.['expenseId']]);
	});
}
