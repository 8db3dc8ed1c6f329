/** `npm run reliability`: whether the trigger starts the workflow exactly once for each event, though n8n is killed. See --help. */
import { randomInt } from 'node:crypto';
import os from 'node:os';
import { prepare } from './start/bringUp.mts';
import { runCommand } from './start/home.mts';
import { readOptions, wholeNumber } from './start/options.mts';
import { NEWEST } from './start/releases.mts';
import { inSession, type Session } from './start/session.mts';
import { DURABLE, SHORT_LEASE } from './reliability/engine.mts';
import { report } from './reliability/report.mts';
import { run } from './reliability/run.mts';
import { startWitness } from './reliability/witness.mts';
import { watched, WORKFLOW } from './reliability/workflow.mts';

const USAGE = `npm run reliability [-- options]

Publishes a workflow with the GoFive Trigger in a real n8n, creates events in the sandbox, kills n8n hard again and
again, and compares n8n's executions with the events: each must have started the workflow exactly once.
Twenty kills take about 20 minutes.

  --kills <number>   how often n8n is killed (20)
  --seed <number>    repeats the choices of an earlier run (a new one each time)
  --durable          n8n 2.41's durable poller instead of its default engine
  --help             this text`;

const OPTIONS = {
	kills: { type: 'string', default: '20' },
	seed: { type: 'string', default: String(randomInt(1_000_000)) },
	durable: { type: 'boolean', default: false },
	help: { type: 'boolean' },
} as const;
const LARGEST = 999_999_999;

async function main(session: Session): Promise<void> {
	const options = readOptions('run reliability', OPTIONS, ({ kills, seed, ...values }) => ({
		...values,
		kills: wholeNumber('--kills', kills, 0, LARGEST),
		seed: wholeNumber('--seed', seed, 0, LARGEST),
	}));
	if (options.help) return console.log(USAGE);
	const began = new Date();
	const witness = await startWitness(session);
	const env = { ...SHORT_LEASE, ...(options.durable ? DURABLE : {}) };
	const running = await prepare(session, { env, workflows: [watched(witness.url)] });
	await runCommand(session, running.n8n, running.env, ['publish:workflow', `--id=${WORKFLOW}`], /publish/iu);
	const engine = options.durable ? 'durable poller' : 'default engine';
	console.log(
		`\n${NEWEST.pinned.title}, ${engine}, ${os.availableParallelism()} cores, seed ${options.seed}, ${began.toISOString().slice(0, 16)} UTC\n`,
	);
	const outcome = await run(session, running, witness, options);
	report(outcome, options, Math.round((Date.now() - began.getTime()) / 60_000));
}

await inSession(main);
