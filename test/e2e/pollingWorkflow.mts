import { setTimeout as sleep } from 'node:timers/promises';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import {
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	GOFIVE_TRIGGER_NAME,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { FREQUENT_POLL_TIMES } from './testWorkflows.mts';

/** Time limit in ms for the next polls, also after n8n was killed. */
export const POLL_AFTER_RESTART_TIMEOUT_MS = 180_000;
/**
 * Time in ms after the responses in which n8n stores the result of a poll. If a machine is slower, a new record counts
 * as an existing one, and the test waits in vain for its execution.
 */
export const STORE_MS = 2_000;

/** Requests for an operation in each poll of a trigger. */
interface PollRequests {
	operationId: string;
	count: number;
}

/** Workflow with a GoFive Trigger that polls frequently. */
export class PollingWorkflow {
	/** ID of the workflow, after `publish`. */
	id = '';

	/**
	 * @param name - Name of the workflow
	 * @param parameters - Parameters of the trigger
	 * @param pollRequests - Requests by which the tests recognize a poll
	 * @param followingNodes - Nodes after the trigger
	 */
	constructor(
		protected readonly n8nServer: N8nTestServer,
		protected readonly name: string,
		private readonly parameters: Record<string, unknown>,
		private readonly pollRequests: PollRequests,
		private readonly followingNodes: WorkflowNode[] = [],
	) {}

	/** Publishes the workflow, and waits until n8n has stored the existing records. */
	async publish(): Promise<void> {
		const { rest } = this.n8nServer;
		const trigger = buildGoFiveTriggerNode({ pollTimes: FREQUENT_POLL_TIMES, ...this.parameters });
		this.id = await rest.save(buildLinearWorkflow(this.name, [trigger, ...this.followingNodes]));
		await rest.publish(this.id);
		// The durable poller drops the state of the poll at publication. The next poll stores the existing records.
		await this.waitForStoredPoll();
	}

	/** Waits until `count` polls have their responses. The first one may have begun before. */
	async waitForPolls(count: number): Promise<void> {
		const { n8nServer, pollRequests } = this;
		const countBefore = n8nServer.requestCount;
		await n8nServer.waitFor(
			`${count} polls`,
			() => n8nServer.countAnsweredReads(countBefore, pollRequests.operationId) >= count * pollRequests.count,
			POLL_AFTER_RESTART_TIMEOUT_MS,
		);
	}

	/** Waits until n8n has stored the result of a poll that begins from now on. */
	async waitForStoredPoll(): Promise<void> {
		await this.waitForPolls(2);
		await sleep(STORE_MS);
	}

	/**
	 * Returns the items of the trigger in each execution, oldest first. All executions must have succeeded.
	 * @param omittedError - Title of the error of executions to leave out.
	 */
	async readItems(omittedError?: string): Promise<ItemJson[][]> {
		const { rest } = this.n8nServer;
		const ended = await rest.listEndedExecutions(this.id);
		const all = await Promise.all(ended.map(({ id }) => rest.waitForExecution(id)));
		const executions = all.filter(({ error }) => omittedError === undefined || error?.message !== omittedError);
		return executions.toReversed().map((execution) => assertSucceeded(execution).items(GOFIVE_TRIGGER_NAME));
	}
}
