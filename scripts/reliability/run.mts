import type { Running } from '../start/bringUp.mts';
import { startN8n, unexpectedEnd } from '../start/server.mts';
import type { Session } from '../start/session.mts';
import { readDatabase, type Snapshot } from './database.mts';
import { someMoment, type Surroundings } from './kill.mts';
import { Ledger, type Verdict } from './ledger.mts';
import { Life } from './life.mts';
import { Polls } from './polls.mts';
import { Random } from './random.mts';
import { FIRST_PATIENCE, baseline, strike, watch } from './watch.mts';
import type { Witness } from './witness.mts';

const FAULT_CHANCE = 0.4;
/** Polls at the end; after the first of them nothing happens any more, so the last has nothing new. */
const LAST_POLLS = 3;

/** What the person asked for. */
export interface ReliabilityOptions {
	kills: number;
	/** Makes the moments of the kills, the events and the faults; the timing of n8n itself is its own. */
	seed: number;
	/** Whether n8n runs with its durable poller. */
	durable: boolean;
}

/** What a run has to tell. */
export interface Outcome {
	verdict: Verdict;
	life: Life;
	polls: number;
	last: Snapshot;
	/** How often each kind of moment was killed at. */
	moments: Map<string, number>;
	/** How many kills met an execution that was not done, and how many fell between n8n's two writes. */
	met: { executions: number; gaps: number };
}

/** Kills n8n again and again while events come. The workflow is published, n8n does not run yet. */
export async function run(
	session: Session,
	running: Running,
	witness: Witness,
	options: ReliabilityOptions,
): Promise<Outcome> {
	const random = new Random(options.seed);
	const { sandbox } = running;
	const look = (): Promise<Snapshot> => readDatabase(running);
	const life = new Life(sandbox, new Random(options.seed + 1));
	const polls = new Polls(sandbox, session);
	const ledger = new Ledger(life.created);
	const surroundings: Surroundings = { session, running, polls, random };
	const moments = new Map<string, number>();
	const met = { executions: 0, gaps: 0 };

	let n8n = startN8n(session, running);
	session.onEnd(async () => life.end());
	await baseline(session, look, n8n, options.durable);
	life.begin();

	for (let kill = 1; kill <= options.kills; kill++) {
		const moment = someMoment(random);
		sandbox.clearFaults();
		if (random.happens(FAULT_CHANCE)) life.spoilNextPoll();
		life.createSome();
		const come = Promise.race([moment.come(surroundings), unexpectedEnd(session, n8n)]);
		const { snapshot, between } = await strike(look, ledger, kill, come, () => n8n.kill());
		sandbox.set({ delayMs: 0 });
		moments.set(moment.name, (moments.get(moment.name) ?? 0) + 1);
		const told = [`${life.created.size} events, ${ledger.counts().size} of them in executions`];
		if (snapshot.executions.some(({ status }) => status === 'new' || status === 'running')) {
			met.executions += 1;
			told.push('an execution was running');
		}
		if (between.lost + between.doubled > 0) {
			met.gaps += 1;
			told.push(`between n8n's two writes: ${between.lost} stored only, ${between.doubled} started only`);
		}
		console.log(`Kill ${kill} of ${options.kills}, ${moment.name}: ${told.join('; ')}`);
		n8n = startN8n(session, running);
	}

	sandbox.clearFaults();
	const watching = watch(look, ledger);
	console.log('No more kills. Waiting for polls until all is quiet, two to four minutes.');
	for (let left = LAST_POLLS; left > 0; left--) {
		if (left === LAST_POLLS - 1) life.end();
		await Promise.race([polls.begins(FIRST_PATIENCE), unexpectedEnd(session, n8n), watching.failed]);
		await polls.hasItsAnswers(FIRST_PATIENCE);
	}
	await session.pause(5_000);
	await watching.end();
	const last = await look();
	return { verdict: ledger.verdict(last, witness.told), life, polls: polls.count, last, moments, met };
}
