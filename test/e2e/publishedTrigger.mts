import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { buildReliabilityWorkflow, startEventReceiver } from '../../scripts/reliability/reliabilityWorkflow.mts';
import type { EventReceiver } from '../../scripts/reliability/reliabilityWorkflow.mts';
import { waitForBaseline, type SnapshotReader } from '../../scripts/reliability/triggerDatabase.mts';
import { WatchedEvents, type EventCounts } from '../../scripts/reliability/watchedEvents.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { QueueModeCluster } from './queueModeCluster.mts';

const DELIVERY_TIMEOUT_MS = 60_000;

/** Published workflow with GoFive Trigger, and the record of the events that started it. */
export class PublishedTrigger {
	readonly events: WatchedEvents;

	private constructor(
		private readonly script: ScriptContext,
		private readonly cluster: QueueModeCluster,
		readonly workflowId: string,
		private readonly receiver: EventReceiver,
		private readonly readSnapshot: SnapshotReader,
	) {
		this.events = new WatchedEvents(script, cluster.main.sandbox, receiver);
	}

	static async publish(script: ScriptContext, cluster: QueueModeCluster): Promise<PublishedTrigger> {
		const receiver = await startEventReceiver(script);
		const { rest } = cluster.main;
		const workflowId = await rest.save(buildReliabilityWorkflow(receiver));
		await rest.publish(workflowId);
		return new PublishedTrigger(script, cluster, workflowId, receiver, cluster.createSnapshotReader(workflowId));
	}

	/** Waits until the trigger has recorded the existing events. */
	async waitForBaseline(isDurable: boolean): Promise<void> {
		await waitForBaseline(this.script, this.readSnapshot, this.cluster.main.serverProcess, isDurable);
	}

	/** Waits until the next poll has its responses, and `extraMs` longer. */
	async waitForPollAnswers(extraMs: number): Promise<void> {
		await this.events.waitForResponses();
		await this.script.pause(extraMs);
	}

	/**
	 * Waits until executions have received `count` of some events.
	 * @returns ID of the execution that received the last one
	 */
	async waitForDeliveries(eventIds: number[], count: number): Promise<number> {
		const getDeliveries = () => this.receiver.receivedEvents.filter(({ eventId }) => eventIds.includes(eventId));
		const isInTime = await this.script.waitFor(() => getDeliveries().length >= count, DELIVERY_TIMEOUT_MS, 20);
		assert.ok(isInTime, `${getDeliveries().length} of ${count} events were told`);
		return getDeliveries().at(-1)?.executionId ?? 0;
	}

	/** Records the executions so far. n8n deletes the data of an execution whose worker has died. */
	async recordExecutions(): Promise<void> {
		this.events.recordExecutions(await this.readSnapshot());
	}

	/** Records the state of n8n's database after its main process has ended, and before it starts again. */
	async recordEnd(): Promise<void> {
		this.events.recordEnd(await this.readSnapshot());
	}

	/**
	 * Asserts that the trigger itself has lost no event, reported none twice and reported none that is not new.
	 * Events that n8n's default engine loses between its two writes are part of the result.
	 */
	async assertCounts(t: TestContext): Promise<EventCounts> {
		const eventCounts = this.events.count(await this.readSnapshot());
		const texts = Object.entries(eventCounts).map(([name, ids]: [string, number[]]) => `${name} ${ids.length}`);
		t.diagnostic(`${this.events.createdIds.size} events: ${texts.join(', ')}`);
		const { lost, repeated, invented } = eventCounts;
		assert.deepEqual({ lost, repeated, invented }, { lost: [], repeated: [], invented: [] });
		return eventCounts;
	}
}
