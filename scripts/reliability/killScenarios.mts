import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { PreparedInstance } from '../instance/startInstance.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { databasePath } from './executionDatabase.mts';
import type { PollMonitor } from './pollMonitor.mts';
import type { SeededRandom } from './seededRandom.mts';

/** Milliseconds from n8n's start, after a kill, to its next poll at most: its own pause of ten seconds, and a minute. */
const POLL_TIMEOUT_MS = 120_000;
const RESPONSE_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 2_000;

/** What a moment is found with. */
export interface KillContext {
	script: ScriptContext;
	instance: PreparedInstance;
	polls: PollMonitor;
	random: SeededRandom;
}

/** A kind of moment: how it is told, how often it is taken, and how it is waited for. */
interface KillScenario {
	name: string;
	weight: number;
	waitForMoment(context: KillContext): Promise<void>;
}

/** Waits for a poll: most often the first one after the start, at times the second. */
async function waitForPoll({ polls, random }: KillContext): Promise<void> {
	for (let remaining = random.happens(0.25) ? 2 : 1; remaining > 0; remaining--)
		await polls.waitForPoll(POLL_TIMEOUT_MS);
}

/** The same until it has its answers. */
async function waitForPollResponses(context: KillContext): Promise<void> {
	await waitForPoll(context);
	await context.polls.waitForResponses(RESPONSE_TIMEOUT_MS);
}

/** Waits until n8n writes into its database, and no longer than a poll without news takes to end. */
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
		name: 'just after the answers of a poll',
		weight: 6,
		async waitForMoment(context) {
			await waitForPollResponses(context);
			// Near the writes of n8n more often than further away.
			await context.script.pause(250 * context.random.next() ** 3);
		},
	},
	{
		name: "at n8n's first write after a poll",
		weight: 4,
		async waitForMoment(context) {
			await waitForPoll(context);
			await context.polls.waitForEventsResponses(RESPONSE_TIMEOUT_MS);
			await waitForFirstWrite(context);
		},
	},
	{
		name: 'within a poll, with slow answers',
		weight: 3,
		async waitForMoment(context) {
			const { script, instance, random } = context;
			const delayMs = random.numberBetween(100, 1_500);
			instance.sandbox.setBehaviour({ delayMs });
			await waitForPoll(context);
			await script.pause(random.numberBetween(0, delayMs));
		},
	},
	{
		name: 'while the workflow runs',
		weight: 2,
		async waitForMoment(context) {
			await waitForPollResponses(context);
			await context.script.pause(context.random.numberBetween(100, 1_500));
		},
	},
	{
		name: 'while n8n starts',
		weight: 2,
		waitForMoment: ({ script, random }) => script.pause(random.numberBetween(0, 20_000)),
	},
	{
		name: 'anywhere after a poll',
		weight: 3,
		async waitForMoment(context) {
			await waitForPoll(context);
			await context.script.pause(context.random.numberBetween(0, 60_000));
		},
	},
];

/** A kind of moment, by the weights. */
export function pickKillScenario(random: SeededRandom): KillScenario {
	return random.pick(KILL_SCENARIOS.flatMap((scenario) => Array.from({ length: scenario.weight }, () => scenario)));
}
