import { setTimeout as sleep } from 'node:timers/promises';
import { addCustomers } from '../../sandbox/addCustomers.mts';
import {
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow } from './bangkokTime.mts';
import type { N8nTestServer } from './n8nTestServer.mts';
import { buildPollTimes } from './testWorkflows.mts';

/** Environment variables that enable the durable poller of n8n 2.41. */
export const DURABLE_POLLER_ENV = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** Shortens the time that n8n waits after it was killed during an activation, from two minutes to 20 seconds. */
export const SHORT_LEASE_ENV = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };

/** Time limit in ms for the next poll, also after n8n was killed. */
export const POLL_AFTER_RESTART_TIMEOUT_MS = 180_000;
/** Time in ms after the responses in which n8n stores the result of a poll. */
export const STORE_MS = 2_000;

/**
 * Interval of the polls in seconds. If a poll begins just as another one ends, the durable poller gives it the old state,
 * and both report the same events. After a kill, n8n repeats polls at any time, so the other polls must be rare.
 */
const POLL_INTERVAL_SECONDS = 20;

/** Published GoFive Trigger that watches three customers, with the events that a test creates for it. */
export class EventTrigger {
	/** Events that must start the workflow, in order of their IDs. */
	readonly createdEvents: Array<{ eventId: number; eventName: string }> = [];

	private constructor(
		private readonly n8nServer: N8nTestServer,
		private readonly name: string,
		readonly customerCodes: string[],
		readonly workflowId: string,
	) {}

	/**
	 * Publishes a workflow with the trigger, and waits until n8n has stored the existing events.
	 * @param name - Name of the workflow. Codes of customers and names of events begin with it
	 * @param followingNodes - Nodes after the trigger
	 */
	static async publish(
		n8nServer: N8nTestServer,
		name: string,
		followingNodes: WorkflowNode[] = [],
	): Promise<EventTrigger> {
		const customerCodes = [1, 2, 3].map((number) => `${name} ${number}`);
		addCustomers(n8nServer.sandbox.records, customerCodes, 1);
		const parameters = { pollTimes: buildPollTimes(POLL_INTERVAL_SECONDS), customerCodes: customerCodes.join() };
		const nodes = [buildGoFiveTriggerNode(parameters), ...followingNodes];
		const workflowId = await n8nServer.rest.save(buildLinearWorkflow(name, nodes));
		await n8nServer.rest.publish(workflowId);
		const trigger = new EventTrigger(n8nServer, name, customerCodes, workflowId);
		// The durable poller drops the state of the poll at publication. The next poll stores the existing events.
		await trigger.waitForPoll();
		await trigger.waitForPoll();
		await sleep(STORE_MS);
		return trigger;
	}

	/** Creates events of all customers in turn. */
	createEvents(count: number): void {
		for (let index = 0; index < count; index++) {
			const customerCode = this.customerCodes[index % this.customerCodes.length] ?? '';
			const eventName = `${this.name} event ${this.createdEvents.length}`;
			const eventId = this.n8nServer.createEvent(customerCode, getBangkokNow(), eventName);
			this.createdEvents.push({ eventId, eventName });
		}
	}

	/** Waits until the next poll has its responses. */
	async waitForPoll(): Promise<void> {
		const { n8nServer, customerCodes } = this;
		const countBefore = n8nServer.requestCount;
		const hasAllResponses = () => n8nServer.countAnsweredReads(countBefore) >= customerCodes.length;
		await n8nServer.waitFor('a poll', hasAllResponses, POLL_AFTER_RESTART_TIMEOUT_MS);
	}
}
