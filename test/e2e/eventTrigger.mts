import { addCustomers } from '../../sandbox/addCustomers.mts';
import type { WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow } from './bangkokTime.mts';
import type { N8nTestServer } from './n8nTestServer.mts';
import { buildPollTimes } from './testWorkflows.mts';
import { PollingWorkflow } from './pollingWorkflow.mts';

/** Environment variables that enable the durable poller of n8n 2.41. */
export const DURABLE_POLLER_ENV = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** Shortens the time that n8n waits after it was killed during an activation, from two minutes to 20 seconds. */
export const SHORT_LEASE_ENV = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20' };

/**
 * Interval of the polls in seconds. If a poll begins just as another one ends, the durable poller gives it the old
 * state, and both report the same events. After a kill, n8n repeats polls at any time, so the other polls must be rare.
 */
const POLL_INTERVAL_SECONDS = 20;

/** Workflow with a trigger that watches three customers, and the events that a test creates for it. */
export class EventTrigger extends PollingWorkflow {
	readonly customerCodes: string[];
	/** Events that must start the workflow, in order of their IDs. */
	readonly createdEvents: Array<{ eventId: number; eventName: string }> = [];

	/**
	 * @param name - Name of the workflow. Codes of customers and names of events begin with it
	 * @param followingNodes - Nodes after the trigger
	 */
	constructor(n8nServer: N8nTestServer, name: string, followingNodes: WorkflowNode[] = []) {
		const customerCodes = [1, 2, 3].map((number) => `${name} ${number}`);
		const parameters = { pollTimes: buildPollTimes(POLL_INTERVAL_SECONDS), customerCodes: customerCodes.join() };
		const pollRequests = { operationId: 'getCustomerEvents', count: customerCodes.length };
		super(n8nServer, name, parameters, pollRequests, followingNodes);
		this.customerCodes = customerCodes;
	}

	override async publish(): Promise<void> {
		addCustomers(this.n8nServer.sandbox.records, this.customerCodes, 1);
		await super.publish();
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
}
