/**
 * `npm run reliability`: kills n8n while customers get events, and counts how often each event starts a workflow.
 * Nothing imports this file. Start reading at `testEngine` below.
 */
import os from 'node:os';
import { Command, Option } from 'commander';
import { prepareInstance, type PreparedInstance } from './instance/startInstance.mts';
import { failOnUnexpectedExit, startN8nProcess } from './instance/n8nProcess.mts';
import { NEWEST_RELEASE } from './instance/n8nReleases.mts';
import { runScript, type ScriptContext } from './instance/scriptContext.mts';
import { UserFacingError } from './instance/userFacingError.mts';
import { runN8nCommand } from './instance/userFolder.mts';
import { wholeNumber } from './instance/commandLine.mts';
import { markdownTable } from './generate/markdownTable.mts';
import { KILL_MOMENTS } from './reliability/killMoments.mts';
import { DURABLE_POLLER_ENV, SHORT_LEASE_ENV } from './reliability/pollerSettings.mts';
import * as workflow from './reliability/reliabilityWorkflow.mts';
import { readSnapshot, waitForBaseline, type DatabaseSnapshot } from './reliability/triggerDatabase.mts';
import { WatchedEvents, type EventCounts } from './reliability/watchedEvents.mts';

/** Parts of n8n that poll. */
const ENGINES = {
	default: { title: 'default engine', env: {} },
	durable: { title: 'durable poller', env: DURABLE_POLLER_ENV },
};
type EngineName = keyof typeof ENGINES;
const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

const program = new Command('npm run reliability --')
	.description(
		"Publishes a workflow with GoFive Trigger in a real n8n, creates events in the sandbox and kills n8n (SIGKILL) repeatedly, with n8n's default engine and with its durable poller. Each new event must start the workflow exactly once. A kill takes up to one minute.",
	)
	.addOption(new Option('--engine <name>', 'test only this engine').choices(ENGINE_NAMES))
	.option('--kills <number>', 'number of kills per engine', wholeNumber(1, 1_000), 20)
	.parse();
const { engine: onlyEngine, kills } = program.opts<{ engine?: EngineName; kills: number }>();
const engines = onlyEngine ? [onlyEngine] : ENGINE_NAMES;

/** Time in ms between two rounds of new events. */
const CREATE_INTERVAL_MS = 10_000;
/** Number of polls after the last kill. The last one finds no new events. */
const FINAL_POLL_COUNT = 3;
/** Time limit in ms for the executions of the last polls. */
const EXECUTIONS_TIMEOUT_MS = 120_000;

const hasRunningExecution = ({ executions }: DatabaseSnapshot): boolean =>
	executions.some(({ status }) => status === 'new' || status === 'running');

/** Makes the next poll fail for one customer. Its events are reported by the poll after it. */
function failNextRead({ sandbox }: PreparedInstance): void {
	const [customerCode] = workflow.WATCHED_CUSTOMER_CODES;
	sandbox.addFault({ match: { customerCode, operationId: 'getCustomerEvents' }, answer: { status: 500 } });
}

/** Installs n8n with a published workflow and kills it repeatedly. */
async function testEngine(script: ScriptContext, engine: EngineName): Promise<EventCounts> {
	const receiver = await workflow.startEventReceiver(script);
	const env = { ...SHORT_LEASE_ENV, ...ENGINES[engine].env };
	const workflows = [workflow.buildReliabilityWorkflow(receiver)];
	const instance = await prepareInstance(script, { env, workflows });
	const { sandbox } = instance;
	const workflowId = workflow.RELIABILITY_WORKFLOW_ID;
	await runN8nCommand(script, instance.n8n, instance.env, ['publish:workflow', `--id=${workflowId}`], /publish/iu);
	const events = new WatchedEvents(script, sandbox, receiver);
	const readCurrentSnapshot = () => readSnapshot(instance, workflowId);

	let n8n = startN8nProcess(script, instance);
	await waitForBaseline(script, readCurrentSnapshot, n8n, engine === 'durable');
	const createTimer = setInterval(() => events.create(), CREATE_INTERVAL_MS);
	script.addCleanup(async () => clearInterval(createTimer));
	for (let kill = 1; kill <= kills; kill++) {
		const moment = KILL_MOMENTS[(kill - 1) % KILL_MOMENTS.length];
		if (!moment) throw new Error('There are no moments');
		events.create();
		if (kill % 3 === 0) failNextRead(instance);
		await Promise.race([moment.wait({ script, instance, events }), failOnUnexpectedExit(script, n8n)]);
		await n8n.kill();
		events.recordEnd(await readCurrentSnapshot());
		console.log(`Kill ${kill} of ${kills}, ${moment.title}: ${events.createdIds.size} events created`);
		sandbox.clearFaults();
		sandbox.setBehaviour({ delayMs: 0 });
		n8n = startN8nProcess(script, instance);
	}

	console.log('n8n now keeps running. The last polls take two to four minutes.');
	for (let poll = 1; poll <= FINAL_POLL_COUNT; poll++) {
		await Promise.race([events.waitForResponses(), failOnUnexpectedExit(script, n8n)]);
		clearInterval(createTimer);
		await script.pause(5_000);
	}
	await script.waitFor(async () => !hasRunningExecution(await readCurrentSnapshot()), EXECUTIONS_TIMEOUT_MS, 1_000);
	const finalSnapshot = await readCurrentSnapshot();
	await n8n.stop();
	return events.count(finalSnapshot);
}

/** Prints the table of an engine. Returns whether the trigger lost, repeated and invented nothing. */
function printCounts(engine: EngineName, minutes: number, counts: EventCounts): boolean {
	const { deliveredOnce, lost, lostBetweenWrites, repeated, invented, interrupted } = counts;
	const formatIds = (ids: number[]) =>
		ids.length === 0 || ids.length > 20 ? String(ids.length) : `${ids.length} (${ids.join(', ')})`;
	const rows = [
		['kills', String(kills)],
		['minutes', String(minutes)],
		['events that started the workflow exactly once', String(deliveredOnce.length)],
		['lost by the trigger', formatIds(lost)],
		["lost between n8n's two writes", formatIds(lostBetweenWrites)],
		['repeated', formatIds(repeated)],
		['reported, but not new', formatIds(invented)],
		['in executions that were killed before they reported them', String(interrupted.length)],
	];
	console.log(`\n${markdownTable(['', ENGINES[engine].title], rows)}\n`);
	// The durable poller writes state and execution in one transaction.
	const n8nLosses = engine === 'durable' ? lostBetweenWrites : [];
	return [lost, repeated, invented, n8nLosses].every((ids) => ids.length === 0);
}

await runScript(async (script) => {
	const failedEngines: EngineName[] = [];
	for (const engine of engines) {
		console.log(`\n${NEWEST_RELEASE.packages.title}, ${ENGINES[engine].title}, ${os.availableParallelism()} cores\n`);
		const startedAtMs = Date.now();
		const counts = await testEngine(script, engine);
		const minutes = Math.round((Date.now() - startedAtMs) / 60_000);
		if (!printCounts(engine, minutes, counts)) failedEngines.push(engine);
	}
	if (failedEngines.length === 0) return console.log('Next: check that docs/reliability.md states the same.');
	throw new UserFacingError(
		`Not every event started the workflow exactly once (${failedEngines.map((name) => ENGINES[name].title).join(', ')}).`,
		'The trigger is in nodes/GoFive/trigger.',
	);
});
