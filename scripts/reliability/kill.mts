import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Running } from '../start/bringUp.mts';
import type { Session } from '../start/session.mts';
import { databaseOf } from './database.mts';
import type { Polls } from './polls.mts';
import type { Random } from './random.mts';

/** Milliseconds from n8n's start, after a kill, to its next poll at most: its own pause of ten seconds, and a minute. */
const POLL_PATIENCE = 120_000;
const ANSWER_PATIENCE = 20_000;
const WRITE_PATIENCE = 2_000;

/** What a moment is found with. */
export interface Surroundings {
	session: Session;
	running: Running;
	polls: Polls;
	random: Random;
}

/** A kind of moment: how it is told, how often it is taken, and how it is waited for. */
interface Moment {
	name: string;
	weight: number;
	come(surroundings: Surroundings): Promise<void>;
}

/** Waits for a poll: most often the first one after the start, at times the second. */
async function poll({ polls, random }: Surroundings): Promise<void> {
	for (let left = random.happens(0.25) ? 2 : 1; left > 0; left--) await polls.begins(POLL_PATIENCE);
}

/** The same until it has its answers. */
async function polled(surroundings: Surroundings): Promise<void> {
	await poll(surroundings);
	await surroundings.polls.hasItsAnswers(ANSWER_PATIENCE);
}

/** Waits until n8n writes into its database, and no longer than a poll without news takes to end. */
async function firstWrite({ running, session }: Surroundings): Promise<void> {
	const log = `${databaseOf(running)}-wal`;
	const state = (): string => {
		const { mtimeNs, size } = statSync(log, { bigint: true });
		return `${mtimeNs} ${size}`;
	};
	const before = state();
	const end = Date.now() + WRITE_PATIENCE;
	while (state() === before && Date.now() < end) await setImmediate(undefined, { signal: session.stopped });
}

const MOMENTS: readonly Moment[] = [
	{
		name: 'just after the answers of a poll',
		weight: 6,
		async come(surroundings) {
			await polled(surroundings);
			// Near the writes of n8n more often than further away.
			await surroundings.session.pause(250 * surroundings.random.next() ** 3);
		},
	},
	{
		name: "at n8n's first write after a poll",
		weight: 4,
		async come(surroundings) {
			await poll(surroundings);
			await surroundings.polls.hasItsEvents(ANSWER_PATIENCE);
			await firstWrite(surroundings);
		},
	},
	{
		name: 'within a poll, with slow answers',
		weight: 3,
		async come(surroundings) {
			const { session, running, random } = surroundings;
			const delayMs = random.between(100, 1_500);
			running.sandbox.set({ delayMs });
			await poll(surroundings);
			await session.pause(random.between(0, delayMs));
		},
	},
	{
		name: 'while the workflow runs',
		weight: 2,
		async come(surroundings) {
			await polled(surroundings);
			await surroundings.session.pause(surroundings.random.between(100, 1_500));
		},
	},
	{
		name: 'while n8n starts',
		weight: 2,
		come: ({ session, random }) => session.pause(random.between(0, 20_000)),
	},
	{
		name: 'anywhere after a poll',
		weight: 3,
		async come(surroundings) {
			await poll(surroundings);
			await surroundings.session.pause(surroundings.random.between(0, 60_000));
		},
	},
];

/** A kind of moment, by the weights. */
export function someMoment(random: Random): Moment {
	return random.pick(MOMENTS.flatMap((moment) => Array.from({ length: moment.weight }, () => moment)));
}
