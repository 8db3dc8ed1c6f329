import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { PreparedInstance } from '../instance/startInstance.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { databasePath } from './executionDatabase.mts';
import type { PollMonitor } from './pollMonitor.mts';
import type { SeededRandom } from './seededRandom.mts';

/** Time limit in ms for the next poll after a restart: n8n waits ten seconds, the poll interval is a minute. */
const POLL_TIMEOUT_MS = 120_000;
const RESPONSE_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 2_000;

/** Objects that a scenario needs to find the moment of a kill. */
export interface KillContext {
	script: ScriptContext;
	instance: PreparedInstance;
	polls: PollMonitor;
	random: SeededRandom;
}

/** Moment at which n8n is killed or stopped. */
interface KillScenario {
	name: string;
	/** Relative frequency. */
	weight: number;
	/** Waits for the event after which n8n is killed. By default, for the start of n8n. */
	waitForEvent?(context: KillContext): Promise<void>;
	/** Returns the time in ms between this event and the kill. */
	pauseMs(context: KillContext): number;
}

/** Waits for the first poll after the start, or in a quarter of the cases for the second. */
async function waitForPoll({ polls, random }: KillContext): Promise<void> {
	for (let remaining = random.happens(0.25) ? 2 : 1; remaining > 0; remaining--)
		await polls.waitForPoll(POLL_TIMEOUT_MS);
}

/** Waits for a poll and its responses. */
async function waitForPollResponses(context: KillContext): Promise<void> {
	await waitForPoll(context);
	await context.polls.waitForResponses(RESPONSE_TIMEOUT_MS);
}

/** Waits until n8n writes to its database, or for the time limit, because a poll without new records writes nothing. */
async function waitForFirstWrite({ instance, script }: KillContext): Promise<void> {
	const walFile = `${databasePath(instance)}-wal`;
	const readFileState = (): string => {
		const { mtimeNs, size } = statSync(walFile, { bigint: true });
		return `${mtimeNs} ${size}`;
	};
	const initialState = readFileState();
	const deadlineMs = Date.now() + WRITE_TIMEOUT_MS;
	while (readFileState() === initialState && Date.now() < deadlineMs)
		await setImmediate(undefined, { signal: script.stopSignal });
}

const KILL_SCENARIOS: readonly KillScenario[] = [
	{
		name: 'just after the responses of a poll',
		weight: 6,
		waitForEvent: waitForPollResponses,
		// Cubed, so that most kills are close to n8n's writes.
		pauseMs: ({ random }) => 250 * random.next() ** 3,
	},
	{
		name: "at n8n's first write after a poll",
		weight: 4,
		async waitForEvent(context) {
			await waitForPoll(context);
			await context.polls.waitForReadResponses(RESPONSE_TIMEOUT_MS);
			await waitForFirstWrite(context);
		},
		pauseMs: () => 0,
	},
	{
		name: 'during a poll with slow responses',
		weight: 3,
		async waitForEvent(context) {
			context.instance.sandbox.setBehaviour({ delayMs: context.random.numberBetween(100, 1_500) });
			await waitForPoll(context);
		},
		pauseMs: ({ random, instance }) => random.numberBetween(0, instance.sandbox.behaviour.delayMs),
	},
	{
		name: 'while the workflow runs',
		weight: 2,
		waitForEvent: waitForPollResponses,
		pauseMs: ({ random }) => random.numberBetween(100, 1_500),
	},
	{ name: 'while n8n starts', weight: 2, pauseMs: ({ random }) => random.numberBetween(0, 20_000) },
	{
		name: 'at any time after a poll',
		weight: 3,
		waitForEvent: waitForPoll,
		pauseMs: ({ random }) => random.numberBetween(0, 60_000),
	},
];

/** Picks a scenario by weight. */
export function pickKillScenario(random: SeededRandom): KillScenario {
	return random.pick(KILL_SCENARIOS.flatMap((scenario) => Array.from({ length: scenario.weight }, () => scenario)));
}

/** Waits for the moment of a kill. */
export async function waitForKillMoment({ waitForEvent, pauseMs }: KillScenario, context: KillContext): Promise<void> {
	await waitForEvent?.(context);
	await context.script.pause(pauseMs(context));
}
