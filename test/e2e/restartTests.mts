import assert from 'node:assert/strict';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResponseGate } from '../../sandbox/responseGate.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { DURABLE_POLLER_ENV, EventTrigger, SHORT_LEASE_ENV } from './eventTrigger.mts';
import { N8nTestServer } from './n8nTestServer.mts';
import { getDatabaseFile, readStoredPolls, type StoredPolls } from './storedPolls.mts';
import { POLL_AFTER_RESTART_TIMEOUT_MS, STORE_MS } from './pollingWorkflow.mts';

/** Parts of n8n that poll. */
const ENGINES = [
	{ name: 'default engine', env: {}, isDurable: false },
	{ name: 'durable poller', env: DURABLE_POLLER_ENV, isDurable: true },
];

/** Number of events that are created before each kill. */
const EVENTS_PER_KILL = 30;
/** Time limit in ms for the first write after a poll. */
const WRITE_TIMEOUT_MS = 2_000;

/**
 * Responds to the requests of a poll, and waits for the moment at which n8n is killed.
 * @param hold - Holds the responses of the poll
 * @param databaseFile - n8n's database
 */
type KillMoment = (hold: ResponseGate, databaseFile: string) => Promise<void>;

const afterOneResponse: KillMoment = async (hold) => {
	hold.release(1);
	await sleep(100);
};

/** The default engine writes the state of the trigger first, and the execution some milliseconds later. */
const atFirstWrite: KillMoment = async (hold, databaseFile) => {
	const watcher = watch(`${databaseFile}-wal`);
	hold.end();
	await Promise.race([once(watcher, 'change'), sleep(WRITE_TIMEOUT_MS)]);
	watcher.close();
};

const afterAllResponses: KillMoment = async (hold) => {
	hold.end();
	await sleep(15);
};

const KILL_MOMENTS = [afterOneResponse, atFirstWrite, afterAllResponses];

/** Counts how often each event starts the workflow, over all executions. */
class EventCounter {
	private readonly eventIdsByExecution = new Map<number, number[]>();
	private readonly seenWithoutExecution = new Set<number>();

	/** Counts new executions. n8n may rewrite a killed execution, so the first snapshot with its events counts. */
	countExecutions({ executions }: StoredPolls): void {
		for (const { id, eventIds } of executions)
			if (eventIds.length > 0 && !this.eventIdsByExecution.has(id)) this.eventIdsByExecution.set(id, eventIds);
	}

	/** Counts what n8n stored until it was killed. */
	countKilled(storedPolls: StoredPolls): void {
		this.countExecutions(storedPolls);
		const { startedIds } = this;
		for (const id of storedPolls.seenIds) if (!startedIds.includes(id)) this.seenWithoutExecution.add(id);
	}

	/** IDs of the events that started the workflow, once for each time. */
	get startedIds(): number[] {
		return [...this.eventIdsByExecution.values()].flat();
	}

	/** Whether a kill between n8n's two writes lost an event. */
	isLostBetweenWrites = (id: number): boolean => this.seenWithoutExecution.has(id) && !this.startedIds.includes(id);
}

/** Defines the tests of a published trigger whose n8n is killed in the middle of polls. */
export default function defineRestartTests(script: ScriptContext): void {
	// At the same time, because both mostly wait for polls.
	describe('engines', { concurrency: true }, () => {
		for (const { name, env, isDurable } of ENGINES) {
			test(`${name}: each event starts the workflow once, although n8n is killed during polls`, async (t) => {
				const n8nServer = new N8nTestServer(script, NEWEST_RELEASE);
				t.after(() => n8nServer.stop());
				await n8nServer.launch({ ...SHORT_LEASE_ENV, ...env });
				const trigger = new EventTrigger(n8nServer, name);
				await trigger.publish();
				const readPolls = () => readStoredPolls(script, n8nServer.instance, trigger.id);
				const counter = new EventCounter();
				for (const waitForMoment of KILL_MOMENTS) {
					await killDuringPoll(n8nServer, trigger, waitForMoment);
					counter.countKilled(await readPolls());
					await n8nServer.start();
					await trigger.waitForPolls(1);
				}
				assert.equal((await readPolls()).isDurable, isDurable);

				const createdIds = trigger.createdEvents.map(({ eventId }) => eventId);
				const areAllCounted = async (): Promise<boolean> => {
					counter.countExecutions(await readPolls());
					return createdIds.every((id) => counter.startedIds.includes(id) || counter.isLostBetweenWrites(id));
				};
				await script.waitFor(areAllCounted, POLL_AFTER_RESTART_TIMEOUT_MS, 1_000);
				// A further poll must not repeat an event.
				await trigger.waitForPolls(1);
				await sleep(STORE_MS);
				counter.countExecutions(await readPolls());

				const { startedIds } = counter;
				const lostIds = createdIds.filter((id) => !startedIds.includes(id));
				const lostBetweenWrites = createdIds.filter(counter.isLostBetweenWrites);
				const repeatedCount = startedIds.length - new Set(startedIds).size;
				t.diagnostic(
					`${KILL_MOMENTS.length} kills, ${createdIds.length} events: ${lostBetweenWrites.length} lost between n8n's two writes, ${lostIds.length - lostBetweenWrites.length} lost otherwise, ${repeatedCount} repeated`,
				);
				// The durable poller writes state and execution in one transaction.
				assert.deepEqual(lostIds, isDurable ? [] : lostBetweenWrites);
				// Neither repeated nor existing events.
				const deliveredIds = createdIds.filter((id) => !lostIds.includes(id));
				assert.deepEqual(
					startedIds.toSorted((a, b) => a - b),
					deliveredIds,
				);
			});
		}
	});
}

/** Creates events, and kills n8n in the poll that reads them. */
async function killDuringPoll(
	n8nServer: N8nTestServer,
	trigger: EventTrigger,
	waitForMoment: KillMoment,
): Promise<void> {
	const hold = n8nServer.sandbox.hold('getCustomerEvents');
	trigger.createEvents(EVENTS_PER_KILL);
	const isPollWaiting = () => hold.waitingCount >= trigger.customerCodes.length;
	await n8nServer.waitFor('the requests of a poll', isPollWaiting, POLL_AFTER_RESTART_TIMEOUT_MS);
	await waitForMoment(hold, getDatabaseFile(n8nServer.instance));
	await n8nServer.kill();
	hold.end();
}
