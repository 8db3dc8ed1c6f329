import type { PreparedInstance } from '../instance/startInstance.mts';
import { startN8nProcess, failOnUnexpectedExit } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { readSnapshot, type DatabaseSnapshot } from './executionDatabase.mts';
import { pickKillScenario, type KillContext } from './killScenarios.mts';
import { DeliveryLedger, type DeliveryReport } from './deliveryLedger.mts';
import { CrmActivityGenerator } from './crmActivityGenerator.mts';
import { PollMonitor } from './pollMonitor.mts';
import { SeededRandom } from './seededRandom.mts';
import { BASELINE_TIMEOUT_MS, waitForBaseline, endAndRecord, watchSnapshots } from './snapshotWatcher.mts';
import type { EventReceiver } from './eventReceiver.mts';

/** Probability of a fault in the poll before a kill. */
const FAULT_PROBABILITY = 0.4;
/** Number of polls after the last kill. Events end with the first one, so that the last one finds nothing new. */
const FINAL_POLL_COUNT = 3;

/** Options of a run. */
export interface ReliabilityOptions {
	/** Number of kills. */
	kills: number;
	/** Seed of the kills, events and faults. The timing of n8n differs in each run. */
	seed: number;
	/** Whether n8n uses its durable poller. */
	durable: boolean;
}

/** Figures of a run. */
export interface ReliabilityResult {
	deliveries: DeliveryReport;
	crmActivity: CrmActivityGenerator;
	/** Number of polls. */
	polls: number;
	finalSnapshot: DatabaseSnapshot;
	/** Number of kills by scenario. */
	killCounts: Map<string, number>;
	/** Number of kills during an execution, and of kills between n8n's two writes. */
	hitCounts: { executions: number; gaps: number };
}

/** Kills n8n repeatedly while events are created. The workflow is published, and n8n does not run yet. */
export async function runReliabilityTest(
	script: ScriptContext,
	instance: PreparedInstance,
	eventReceiver: EventReceiver,
	options: ReliabilityOptions,
): Promise<ReliabilityResult> {
	const random = new SeededRandom(options.seed);
	const { sandbox } = instance;
	const readCurrentSnapshot = (): Promise<DatabaseSnapshot> => readSnapshot(instance);
	const crmActivity = new CrmActivityGenerator(sandbox, new SeededRandom(options.seed + 1));
	const polls = new PollMonitor(sandbox, script);
	const deliveryLedger = new DeliveryLedger(crmActivity.createdEventIds);
	const killContext: KillContext = { script, instance, polls, random };
	const killCounts = new Map<string, number>();
	const hitCounts = { executions: 0, gaps: 0 };

	let n8n = startN8nProcess(script, instance);
	script.addCleanup(async () => crmActivity.stop());
	await waitForBaseline(script, readCurrentSnapshot, n8n, options.durable);
	crmActivity.start();

	for (let kill = 1; kill <= options.kills; kill++) {
		const scenario = pickKillScenario(random);
		sandbox.clearFaults();
		if (random.happens(FAULT_PROBABILITY)) crmActivity.failNextPoll();
		crmActivity.createEvents();
		const momentReached = Promise.race([scenario.waitForMoment(killContext), failOnUnexpectedExit(script, n8n)]);
		const { snapshot, between } = await endAndRecord(readCurrentSnapshot, deliveryLedger, kill, momentReached, () =>
			n8n.kill(),
		);
		sandbox.setBehaviour({ delayMs: 0 });
		killCounts.set(scenario.name, (killCounts.get(scenario.name) ?? 0) + 1);
		if (snapshot.executions.some(({ status }) => status === 'new' || status === 'running')) hitCounts.executions += 1;
		if (between.lost + between.duplicated > 0) hitCounts.gaps += 1;
		const counts = `${crmActivity.createdEventIds.size} events, ${deliveryLedger.countExecutions().size} of them in executions`;
		console.log(`Kill ${kill} of ${options.kills}, ${scenario.name}: ${counts}`);
		n8n = startN8nProcess(script, instance);
	}

	sandbox.clearFaults();
	const snapshotWatcher = watchSnapshots(readCurrentSnapshot, deliveryLedger);
	console.log('All kills are done. The last polls take two to four minutes.');
	for (let remainingPolls = FINAL_POLL_COUNT; remainingPolls > 0; remainingPolls--) {
		if (remainingPolls === FINAL_POLL_COUNT - 1) crmActivity.stop();
		await Promise.race([
			polls.waitForPoll(BASELINE_TIMEOUT_MS),
			failOnUnexpectedExit(script, n8n),
			snapshotWatcher.failed,
		]);
		await polls.waitForResponses(BASELINE_TIMEOUT_MS);
	}
	await script.pause(5_000);
	await snapshotWatcher.end();
	const finalSnapshot = await readCurrentSnapshot();
	return {
		deliveries: deliveryLedger.buildReport(finalSnapshot, eventReceiver.receivedEvents),
		crmActivity,
		polls: polls.pollCount,
		finalSnapshot,
		killCounts,
		hitCounts,
	};
}
