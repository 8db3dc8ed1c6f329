/**
 * `npm run reliability`: tests that each record starts the workflow once while n8n is killed and stopped.
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
import { startRecordReceiver } from './reliability/recordReceiver.mts';
import { buildReliabilityWorkflow, RELIABILITY_WORKFLOW_ID } from './reliability/reliabilityWorkflow.mts';
import { WATCHED_SOURCES } from './reliability/watchedSources.mts';

const USAGE = `npm run reliability [-- options]

Publishes a workflow with GoFive Trigger in a real n8n, creates and changes records in the sandbox, and kills and
stops n8n repeatedly. Compares the executions of n8n with the records. Each new record and each
changed quotation must start the workflow exactly once. A kill takes about one minute.

  --source <name>    ${Object.entries(WATCHED_SOURCES)
		.map(([name, { kills, stops }]) => `${name} (${kills} kills, ${stops} stops)`)
		.join(' or ')} (default: event)
  --kills <number>   number of kills, with SIGKILL
  --stops <number>   number of ordinary stops, with SIGTERM
  --seed <number>    seed of an earlier run, to repeat its choices (default: a random seed)
  --durable          use the durable poller of n8n 2.41 instead of its default engine
  --help             show this text`;

const OPTIONS = {
	source: { type: 'string', default: 'event' },
	kills: { type: 'string' },
	stops: { type: 'string' },
	seed: { type: 'string', default: String(randomInt(1_000_000)) },
	durable: { type: 'boolean', default: false },
	help: { type: 'boolean' },
} as const;
const MAX_OPTION_VALUE = 999_999_999;

async function runReliability(script: ScriptContext): Promise<void> {
	const options = parseCommandLine('run reliability', OPTIONS, (values) => {
		const source = Object.entries(WATCHED_SOURCES).find(([name]) => name === values.source)?.[1];
		if (!source) throw new Error(`There is no source "${values.source}".`);
		const kills = parseInteger('--kills', values.kills ?? String(source.kills), 0, MAX_OPTION_VALUE);
		const stops = parseInteger('--stops', values.stops ?? String(source.stops), 0, MAX_OPTION_VALUE);
		return { ...values, source, kills, stops, seed: parseInteger('--seed', values.seed, 0, MAX_OPTION_VALUE) };
	});
	if (options.help) return console.log(USAGE);
	const startedAt = new Date();
	const recordReceiver = await startRecordReceiver(script);
	const env = { ...SHORT_LEASE_ENV, ...(options.durable ? DURABLE_POLLER_ENV : {}) };
	const workflows = [buildReliabilityWorkflow(recordReceiver.url, options.source)];
	const instance = await prepareInstance(script, { env, workflows });
	const publishCommand = ['publish:workflow', `--id=${RELIABILITY_WORKFLOW_ID}`];
	await runN8nCommand(script, instance.n8n, instance.env, publishCommand, /publish/iu);
	const engine = options.durable ? 'durable poller' : 'default engine';
	console.log(
		`\n${options.source.pluralName}, ${NEWEST_RELEASE.packages.title}, ${engine}, ${os.availableParallelism()} cores, seed ${options.seed}, ${startedAt.toISOString().slice(0, 16)} UTC\n`,
	);
	const result = await runReliabilityTest(script, instance, recordReceiver, options);
	printReliabilityReport(result, options, Math.round((Date.now() - startedAt.getTime()) / 60_000));
}

await runScript(runReliability);
