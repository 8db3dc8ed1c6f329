import type { PreparedInstance } from '../instance/startInstance.mts';
import { startN8nProcess, failOnUnexpectedExit } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { readSnapshot, type DatabaseSnapshot } from './executionDatabase.mts';
import { pickKillScenario, waitForKillMoment, type KillContext } from './killScenarios.mts';
import { DeliveryLedger, type DeliveryReport } from './deliveryLedger.mts';
import { CrmActivityGenerator } from './crmActivityGenerator.mts';
import { PollMonitor } from './pollMonitor.mts';
import { SeededRandom } from './seededRandom.mts';
import type { WatchedSource } from './watchedSources.mts';
import { BASELINE_TIMEOUT_MS, waitForBaseline, endAndRecord, watchSnapshots } from './snapshotWatcher.mts';
import type { RecordReceiver } from './recordReceiver.mts';

/** Probability of a fault in the poll before a kill. */
const FAULT_PROBABILITY = 0.4;
/** Number of polls after the last kill. Changes end with the first one, so that the last one finds nothing new. */
const FINAL_POLL_COUNT = 3;
/** Time limit in ms for the executions of the last polls. */
const EXECUTIONS_TIMEOUT_MS = 120_000;

/** Options of a run. */
export interface ReliabilityOptions {
	source: WatchedSource;
	/** Number of kills, with SIGKILL. */
	kills: number;
	/** Number of ordinary stops, with SIGTERM. */
	stops: number;
	/** Seed of the kills, records and faults. The timing of n8n differs in each run. */
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
	/** Number of kills and stops by scenario. */
	killCounts: Map<string, number>;
	/** Number of kills during an execution, and of kills between n8n's two writes. */
	hitCounts: { executions: number; gaps: number };
}

const hasRunningExecution = ({ executions }: DatabaseSnapshot): boolean =>
	executions.some(({ status }) => status === 'new' || status === 'running');

/** Kills and stops n8n repeatedly while records change. The workflow is published, and n8n does not run yet. */
export async function runReliabilityTest(
	script: ScriptContext,
	instance: PreparedInstance,
	recordReceiver: RecordReceiver,
	options: ReliabilityOptions,
): Promise<ReliabilityResult> {
	const random = new SeededRandom(options.seed);
	const { sandbox } = instance;
	sandbox.records.quotations.fill();
	const readCurrentSnapshot = (): Promise<DatabaseSnapshot> => readSnapshot(instance, options.source);
	const crmActivity = new CrmActivityGenerator(sandbox, new SeededRandom(options.seed + 1), options.source);
	const polls = new PollMonitor(sandbox, script, options.source);
	const killContext: KillContext = { script, instance, polls, random };
	const killCounts = new Map<string, number>();
	const hitCounts = { executions: 0, gaps: 0 };

	let n8n = startN8nProcess(script, instance);
	script.addCleanup(async () => crmActivity.stop());
	const { storedRecords } = await waitForBaseline(script, readCurrentSnapshot, n8n, options.durable);
	const deliveryLedger = new DeliveryLedger(crmActivity.expectedIds, storedRecords);
	crmActivity.start();

	const endCount = options.kills + options.stops;
	let remainingStops = options.stops;
	for (let end = 1; end <= endCount; end++) {
		const isStop = remainingStops > 0 && random.happens(remainingStops / (endCount - end + 1));
		if (isStop) remainingStops--;
		const scenario = pickKillScenario(random);
		sandbox.clearFaults();
		if (random.happens(FAULT_PROBABILITY)) crmActivity.failNextPoll();
		crmActivity.createRecords();
		const momentReached = Promise.race([waitForKillMoment(scenario, killContext), failOnUnexpectedExit(script, n8n)]);
		const { snapshot, between } = await endAndRecord(readCurrentSnapshot, deliveryLedger, end, momentReached, () =>
			isStop ? n8n.stop() : n8n.kill(),
		);
		sandbox.setBehaviour({ delayMs: 0 });
		killCounts.set(scenario.name, (killCounts.get(scenario.name) ?? 0) + 1);
		if (hasRunningExecution(snapshot)) hitCounts.executions += 1;
		if (between.lost + between.duplicated > 0) hitCounts.gaps += 1;
		const counts = `${crmActivity.expectedIds.size} ${options.source.pluralName}, ${deliveryLedger.countExecutions().size} of them in executions`;
		console.log(`${isStop ? 'Stop' : 'Kill'} ${end} of ${endCount}, ${scenario.name}: ${counts}`);
		n8n = startN8nProcess(script, instance);
	}

	sandbox.clearFaults();
	const snapshotWatcher = watchSnapshots(readCurrentSnapshot, deliveryLedger);
	console.log('n8n now keeps running. The last polls take two to four minutes.');
	for (let remainingPolls = FINAL_POLL_COUNT; remainingPolls > 0; remainingPolls--) {
		if (remainingPolls === FINAL_POLL_COUNT - 1) crmActivity.finish();
		const nextPoll = polls.waitForPoll(BASELINE_TIMEOUT_MS);
		await Promise.race([nextPoll, failOnUnexpectedExit(script, n8n), snapshotWatcher.failed]);
		await polls.waitForResponses(BASELINE_TIMEOUT_MS);
	}
	await script.pause(5_000);
	await script.waitFor(async () => !hasRunningExecution(await readCurrentSnapshot()), EXECUTIONS_TIMEOUT_MS, 1_000);
	await snapshotWatcher.end();
	const finalSnapshot = await readCurrentSnapshot();
	return {
		deliveries: deliveryLedger.buildReport(finalSnapshot, recordReceiver.receivedRecords),
		crmActivity,
		polls: polls.pollCount,
		finalSnapshot,
		killCounts,
		hitCounts,
	};
}
