/** `npm run reliability`: whether the trigger starts the workflow exactly once for each event, though n8n is killed. See --help. */
import os from 'node:os';
import { bringUp } from './start/bringUp.mts';
import { NEWEST } from './start/releases.mts';
import { inSession, type Session } from './start/session.mts';
import { DURABLE, SHORT_LEASE } from './reliability/engine.mts';
import { readOptions, USAGE } from './reliability/options.mts';
import { report } from './reliability/report.mts';
import { run } from './reliability/run.mts';
import { startWitness } from './reliability/witness.mts';
import { publishWorkflow } from './reliability/workflow.mts';

async function main(session: Session): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) return console.log(USAGE);
	const began = new Date();
	const prepared = await bringUp(session, { serve: false });
	const running = { ...prepared, env: { ...prepared.env, ...SHORT_LEASE, ...(options.durable ? DURABLE : {}) } };
	const witness = await startWitness();
	session.onEnd(() => witness.close());
	await publishWorkflow(session, running, witness.url);
	const engine = options.durable ? 'durable poller' : 'default engine';
	console.log(
		`\n${NEWEST.pinned.title}, ${engine}, ${os.availableParallelism()} cores, seed ${options.seed}, ${began.toISOString().slice(0, 16)} UTC\n`,
	);
	const outcome = await run(session, running, witness, options);
	report(outcome, options, Math.round((Date.now() - began.getTime()) / 60_000));
}

await inSession(main);
