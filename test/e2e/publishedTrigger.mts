import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { DeliveryLedger, type DeliveryReport } from '../../scripts/reliability/deliveryLedger.mts';
import { CrmActivityGenerator } from '../../scripts/reliability/crmActivityGenerator.mts';
import { PollMonitor } from '../../scripts/reliability/pollMonitor.mts';
import { SeededRandom } from '../../scripts/reliability/seededRandom.mts';
import { waitForBaseline, watchSnapshots, type SnapshotReader } from '../../scripts/reliability/snapshotWatcher.mts';
import { startRecordReceiver, type RecordReceiver } from '../../scripts/reliability/recordReceiver.mts';
import { buildReliabilityWorkflow } from '../../scripts/reliability/reliabilityWorkflow.mts';
import { EVENT_SOURCE, type RecordId } from '../../scripts/reliability/watchedSources.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { QueueModeCluster } from './queueModeCluster.mts';

/** Time in ms until the next poll: a restart of n8n and a minute. */
const POLL_TIMEOUT_MS = 150_000;
const ANSWER_TIMEOUT_MS = 20_000;
const DELIVERY_TIMEOUT_MS = 60_000;

/** Published workflow with GoFive Trigger, and the record of the events that started it. */
export class PublishedTrigger {
	readonly activityGenerator: CrmActivityGenerator;
	readonly deliveryLedger: DeliveryLedger;
	private readonly pollMonitor: PollMonitor;

	private constructor(
		private readonly script: ScriptContext,
		private readonly cluster: QueueModeCluster,
		readonly workflowId: string,
		readonly recordReceiver: RecordReceiver,
		readonly readSnapshot: SnapshotReader,
	) {
		const { sandbox } = cluster.main;
		this.activityGenerator = new CrmActivityGenerator(sandbox, new SeededRandom(2026));
		this.deliveryLedger = new DeliveryLedger(this.activityGenerator.expectedIds);
		this.pollMonitor = new PollMonitor(sandbox, script);
	}

	static async publish(script: ScriptContext, cluster: QueueModeCluster): Promise<PublishedTrigger> {
		const recordReceiver = await startRecordReceiver(script);
		const { rest } = cluster.main;
		const workflowId = await rest.save(buildReliabilityWorkflow(recordReceiver.url, EVENT_SOURCE));
		await rest.publish(workflowId);
		return new PublishedTrigger(script, cluster, workflowId, recordReceiver, cluster.createSnapshotReader(workflowId));
	}

	/** Waits until the trigger has recorded the existing events. */
	async waitForBaseline(isDurable: boolean): Promise<void> {
		await waitForBaseline(this.script, this.readSnapshot, this.cluster.main.serverProcess, isDurable);
	}

	/** Waits until the next poll starts. */
	async waitForPollStart(): Promise<void> {
		await this.pollMonitor.waitForPoll(POLL_TIMEOUT_MS);
	}

	/** Waits until the next poll has its responses, and `extraMs` longer. */
	async waitForPollAnswers(extraMs: number): Promise<void> {
		await this.waitForPollStart();
		await this.pollMonitor.waitForResponses(ANSWER_TIMEOUT_MS);
		await this.script.pause(extraMs);
	}

	/**
	 * Creates events.
	 * @returns their IDs
	 */
	createEvents(count: number): RecordId[] {
		const { expectedIds } = this.activityGenerator;
		const before = expectedIds.size;
		this.activityGenerator.createRecords(count);
		return [...expectedIds].slice(before);
	}

	/**
	 * Waits until executions have received `count` of some events.
	 * @returns ID of the execution that received the last one
	 */
	async waitForDeliveries(events: RecordId[], count: number): Promise<number> {
		const getDeliveries = () => this.recordReceiver.receivedRecords.filter(({ recordId }) => events.includes(recordId));
		const isInTime = await this.script.waitFor(() => getDeliveries().length >= count, DELIVERY_TIMEOUT_MS, 20);
		assert.ok(isInTime, `${getDeliveries().length} of ${count} events were told`);
		return getDeliveries().at(-1)?.executionId ?? 0;
	}

	/** Records snapshots of the database until a promise resolves. */
	async watchUntil(completion: Promise<unknown>): Promise<void> {
		const watcher = watchSnapshots(this.readSnapshot, this.deliveryLedger);
		try {
			await Promise.race([completion, watcher.failed]);
		} finally {
			await watcher.end();
		}
	}

	/**
	 * Asserts that the trigger itself has lost no event, emitted none twice and emitted none that is not new.
	 * Events that n8n's default engine loses between its two writes are part of the report.
	 */
	async assertDeliveryReport(t: TestContext): Promise<DeliveryReport> {
		const deliveryReport = this.deliveryLedger.buildReport(
			await this.readSnapshot(),
			this.recordReceiver.receivedRecords,
		);
		const counts = Object.entries(deliveryReport).map(([name, ids]: [string, RecordId[]]) => `${name} ${ids.length}`);
		t.diagnostic(`${this.activityGenerator.expectedIds.size} events: ${counts.join(', ')}`);
		const { lost, duplicated, unexpected, receivedWithoutExecution, unreadableExecutions, duplicatedBetweenWrites } =
			deliveryReport;
		assert.deepEqual(
			[lost, duplicated, unexpected, receivedWithoutExecution, unreadableExecutions],
			[[], [], [], [], []],
		);
		const deliveredIds = this.recordReceiver.receivedRecords
			.map(({ recordId }) => recordId)
			.filter((recordId) => !duplicatedBetweenWrites.includes(recordId));
		const duplicateIds = deliveredIds.filter((recordId, place) => deliveredIds.indexOf(recordId) < place);
		assert.deepEqual(duplicateIds, [], 'running executions told of these events more than once');
		return deliveryReport;
	}
}
