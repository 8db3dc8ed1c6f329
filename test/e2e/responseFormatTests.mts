import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GOFIVE_TRIGGER_NAME } from '../../scripts/instance/workflowBuilder.mts';
import type { N8nTestServer } from './n8nTestServer.mts';
import { PollingWorkflow } from './pollingWorkflow.mts';

/** Requests of a poll of fewer than 1,000 deals: one for the deals, and one that finds no further ones. */
const POLL_REQUESTS = { operationId: 'findDeals', count: 2 };

/** Key that GoFive renames, and what the message says about it. */
const RENAMED_KEYS = [
	['dealsId', "'Deal ID', which identified them before"],
	['statusName', "the watched field 'Status Name'"],
] as const;

const createDeal = (dealsId: number, dealsName = 'ดีล') => ({
	dealsId,
	dealNo: `D${dealsId}`,
	dealsName,
	statusName: 'Open',
});

/** Defines the test of a trigger while GoFive renames keys of its responses. */
export function defineResponseFormatTest(n8nServer: N8nTestServer): void {
	test('a renamed key starts no workflow and says why, and then only new and changed deals start it', async () => {
		const { rest, sandbox } = n8nServer;
		const deals = Array.from({ length: 12 }, (_, index) => createDeal(index + 1));
		const setDeals = () => (sandbox.records.deals.records = deals as never);
		setDeals();
		const trigger = new PollingWorkflow(n8nServer, 'Renamed', { triggerOn: 'newOrChangedDeal' }, POLL_REQUESTS);
		await trigger.publish();
		/** IDs of the deals that started the workflow, one list per execution, and the messages of the other executions. */
		const readExecutions = async () => {
			const ended = await rest.listEndedExecutions(trigger.id);
			const executions = await Promise.all(ended.map(({ id }) => rest.waitForExecution(id)));
			const reported = executions.filter(({ error }) => error === undefined);
			return {
				reportedIds: reported.toReversed().map(({ items }) => items(GOFIVE_TRIGGER_NAME).map(({ dealId }) => dealId)),
				messages: new Set(executions.map(({ error }) => error?.message).filter(Boolean)),
			};
		};

		const expectedIds: number[][] = [];
		const expectedMessages: string[] = [];
		for (const [index, [key, missing]] of RENAMED_KEYS.entries()) {
			sandbox.setBehaviour({ recordForm: `${key}=renamed` });
			deals.push(createDeal(100 + index));
			deals[index] = createDeal(index + 1, 'เปลี่ยน');
			setDeals();
			expectedMessages.push(`GoFive's list of deals could not be read: GoFive returned deals without ${missing}`);
			await trigger.waitForStoredPoll();
			const { reportedIds, messages } = await readExecutions();
			assert.deepEqual(reportedIds, expectedIds);
			assert.deepEqual([...messages].sort(), expectedMessages.toSorted());

			sandbox.setBehaviour({ recordForm: null });
			expectedIds.push([index + 1, 100 + index]);
			await trigger.waitForStoredPoll();
			assert.deepEqual((await readExecutions()).reportedIds, expectedIds);
		}
	});
}
