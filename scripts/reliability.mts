/**
 * `npm run reliability`: tests that the trigger starts the workflow once for each event while n8n is killed repeatedly.
 * Nothing imports this file. Start reading at reliability/reliabilityRun.mts.
 */
import { randomInt } from 'node:crypto';
import os from 'node:os';
import { prepareInstance } from './instance/startInstance.mts';
import { runN8nCommand } from './instance/userFolder.mts';
import { parseCommandLine, parseInteger } from './instance/commandLine.mts';
import { NEWEST_RELEASE } from './instance/n8nReleases.mts';
import { runScript, type ScriptContext } from './instance/scriptContext.mts';
import { DURABLE_POLLER_ENV, SHORT_LEASE_ENV } from './reliability/pollerSettings.mts';
import { printReliabilityReport } from './reliability/reliabilityReport.mts';
import { runReliabilityTest } from './reliability/reliabilityRun.mts';
import { startEventReceiver } from './reliability/eventReceiver.mts';
import { buildReliabilityWorkflow, RELIABILITY_WORKFLOW_ID } from './reliability/reliabilityWorkflow.mts';

const USAGE = `npm run reliability [-- options]

Publishes a workflow with GoFive Trigger in a real n8n, creates events in the sandbox and kills n8n repeatedly.
Compares the executions of n8n with the events. Each event must start the workflow exactly once.
20 kills take about 20 minutes.

  --kills <number>   number of kills (default: 20)
  --seed <number>    seed of an earlier run, to repeat its choices (default: a random seed)
  --durable          use the durable poller of n8n 2.41 instead of its default engine
  --help             show this text`;

const OPTIONS = {
	kills: { type: 'string', default: '20' },
	seed: { type: 'string', default: String(randomInt(1_000_000)) },
	durable: { type: 'boolean', default: false },
	help: { type: 'boolean' },
} as const;
const MAX_OPTION_VALUE = 999_999_999;

async function runReliability(script: ScriptContext): Promise<void> {
	const options = parseCommandLine('run reliability', OPTIONS, ({ kills, seed, ...values }) => ({
		...values,
		kills: parseInteger('--kills', kills, 0, MAX_OPTION_VALUE),
		seed: parseInteger('--seed', seed, 0, MAX_OPTION_VALUE),
	}));
	if (options.help) return console.log(USAGE);
	const startedAt = new Date();
	const eventReceiver = await startEventReceiver(script);
	const env = { ...SHORT_LEASE_ENV, ...(options.durable ? DURABLE_POLLER_ENV : {}) };
	const instance = await prepareInstance(script, { env, workflows: [buildReliabilityWorkflow(eventReceiver.url)] });
	await runN8nCommand(
		script,
		instance.n8n,
		instance.env,
		['publish:workflow', `--id=${RELIABILITY_WORKFLOW_ID}`],
		/publish/iu,
	);
	const engine = options.durable ? 'durable poller' : 'default engine';
	console.log(
		`\n${NEWEST_RELEASE.packages.title}, ${engine}, ${os.availableParallelism()} cores, seed ${options.seed}, ${startedAt.toISOString().slice(0, 16)} UTC\n`,
	);
	const result = await runReliabilityTest(script, instance, eventReceiver, options);
	printReliabilityReport(result, options, Math.round((Date.now() - startedAt.getTime()) / 60_000));
}

await runScript(runReliability);
