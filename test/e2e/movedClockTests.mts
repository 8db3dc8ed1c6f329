import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEWEST_RELEASE, OLDEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import { RestClient } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { EditorRestClient } from './editorRestClient.mts';
import { MovableClock } from './movableClock.mts';
import { N8nTestServer } from './n8nTestServer.mts';
import { buildPollTimes } from './testWorkflows.mts';
import { PollingWorkflow } from './pollingWorkflow.mts';

/** Interval of the polls in seconds, so that the tests take less time. */
const POLL_INTERVAL_SECONDS = 2;
/** Requests of a poll of fewer than 1,000 deals: one for the deals, and one that finds no further ones. */
const POLL_REQUESTS = { operationId: 'findDeals', count: 2 };
/** Time in ms within which a poll ends after its responses. */
const POLL_END_MS = 500;
/** Title of the error of a poll during which the clock moved, on a machine that is slow at that moment. The next poll reads again. */
const CLOCK_MOVED_ERROR = 'The time for a poll was too short to read all records';
const DAY_MS = 86_400_000;

/** Deal in the sandbox. */
interface SandboxDeal {
	dealsId: number;
	dealStageId: number;
	dealStageName: string;
	dealsValue: number;
	dateModified: string | null;
}

/** n8n server whose clock moves. */
class MovedClockServer extends N8nTestServer {
	private clock!: MovableClock;

	override async launch(): Promise<void> {
		this.clock = await MovableClock.create(this.script);
		// n8n deletes executions that are older than 14 days.
		await super.launch({ ...this.clock.env, EXECUTIONS_DATA_PRUNE: 'false' });
	}

	/** Moves the clock to a number of days after the present. Signs in again, because a session ends after seven days. */
	async moveTo(days: number): Promise<void> {
		await this.clock.moveTo(days);
		const client = await RestClient.logIn(this.script, this.url, this.instance.signIn);
		this.rest = new EditorRestClient(this.script, client, this.rest.publishedIds);
	}

	setDeals(deals: SandboxDeal[]): void {
		this.sandbox.records.deals.records = deals as never;
	}
}

/** Publishes a workflow with a trigger that watches the deals. */
async function publishTrigger(
	n8nServer: MovedClockServer,
	parameters: Record<string, unknown>,
): Promise<PollingWorkflow> {
	const pollTimes = buildPollTimes(POLL_INTERVAL_SECONDS);
	const trigger = new PollingWorkflow(n8nServer, 'Deals', { pollTimes, ...parameters }, POLL_REQUESTS);
	await trigger.publish();
	return trigger;
}

/** Moves the clock between two polls, because one in progress would end with an error, and waits for the next one. */
async function moveBetweenPolls(n8nServer: MovedClockServer, trigger: PollingWorkflow, days: number): Promise<void> {
	await trigger.waitForPolls(1);
	await sleep(POLL_END_MS);
	await n8nServer.moveTo(days);
	await trigger.waitForStoredPoll();
}

/** Returns the IDs of the deals of each execution that the clock did not interrupt, oldest first. */
async function readIds(trigger: PollingWorkflow): Promise<number[][]> {
	const executions = await trigger.readItems(CLOCK_MOVED_ERROR);
	return executions.map((items) => items.map(({ dealId }) => Number(dealId)).sort((a, b) => a - b));
}

const createDeal = (dealsId: number, changes: Partial<SandboxDeal> = {}): SandboxDeal => ({
	dealsId,
	dealStageId: 11,
	dealStageName: 'Proposal',
	dealsValue: 250_000,
	dateModified: null,
	...changes,
});

const MOVED = { dealStageId: 12, dealStageName: 'Negotiation' };

function defineNewestReleaseTests(script: ScriptContext): void {
	const n8nServer = new MovedClockServer(script, NEWEST_RELEASE);
	n8nServer.addHooks();

	test('a deal that moves brings its previous stage and value', async () => {
		n8nServer.setDeals([createDeal(1), createDeal(2)]);
		const fieldsToWatch = ['dealStageName', 'dealValue'];
		const options = { includePreviousValues: true };
		const trigger = await publishTrigger(n8nServer, { triggerOn: 'newOrChangedDeal', fieldsToWatch, options });
		n8nServer.setDeals([createDeal(1), createDeal(2, { ...MOVED, dealsValue: 210_000 })]);
		await trigger.waitForStoredPoll();
		const [[item] = []] = await trigger.readItems();
		assert.equal(item?.['dealStageName'], 'Negotiation');
		assert.deepEqual(item['changedFields'], ['dealStageName', 'dealValue']);
		assert.deepEqual(item['previous'], { dealStageName: 'Proposal', dealValue: 250_000 });
	});

	test('included deals that are due start the workflow once', async () => {
		const dateModified = new Date(Date.now() - 60 * DAY_MS).toISOString();
		n8nServer.setDeals([createDeal(1), createDeal(2, { dateModified })]);
		const trigger = await publishTrigger(n8nServer, {
			triggerOn: 'unchangedDeal',
			options: { includeExistingRecords: true },
		});
		await trigger.waitForStoredPoll();
		const [[item, ...others] = [], ...otherExecutions] = await trigger.readItems();
		assert.deepEqual([others, otherExecutions], [[], []]);
		assert.equal(item?.['dealId'], 2);
		assert.equal(item['daysWithoutChange'], 60);
	});

	// The last test, because the clock stays where it moves it.
	test('each deal that does not move starts the workflow once, after its own 14 days', async () => {
		n8nServer.setDeals([createDeal(1), createDeal(2), createDeal(3)]);
		const trigger = await publishTrigger(n8nServer, { triggerOn: 'unchangedDeal' });
		const moveTo = (days: number) => moveBetweenPolls(n8nServer, trigger, days);
		const moveDeals = async (movedIds: number[]) => {
			n8nServer.setDeals([1, 2, 3].map((id) => createDeal(id, movedIds.includes(id) ? MOVED : {})));
			await trigger.waitForStoredPoll();
		};
		assert.deepEqual(await readIds(trigger), []);
		await moveTo(5);
		await moveDeals([3]);
		await moveTo(13);
		assert.deepEqual(await readIds(trigger), []);
		await moveTo(15);
		assert.deepEqual(await readIds(trigger), [[1, 2]]);
		await moveTo(16);
		assert.deepEqual(await readIds(trigger), [[1, 2]]);
		await moveTo(19.1);
		assert.deepEqual(await readIds(trigger), [[1, 2], [3]]);
		// A change starts the days again.
		await moveDeals([1, 3]);
		await moveTo(33);
		assert.deepEqual(await readIds(trigger), [[1, 2], [3]]);
		await moveTo(33.2);
		assert.deepEqual(await readIds(trigger), [[1, 2], [3], [1]]);
	});
}

function defineOldestReleaseTests(script: ScriptContext): void {
	const n8nServer = new MovedClockServer(script, OLDEST_RELEASE);
	n8nServer.addHooks();

	test('deals that do not move start the workflow once, after 14 days', async () => {
		n8nServer.setDeals([createDeal(1), createDeal(2)]);
		const trigger = await publishTrigger(n8nServer, { triggerOn: 'unchangedDeal' });
		assert.deepEqual(await readIds(trigger), []);
		for (const [days, expectedIds] of [
			[13, []],
			[15, [[1, 2]]],
		] as const) {
			await moveBetweenPolls(n8nServer, trigger, days);
			assert.deepEqual(await readIds(trigger), expectedIds);
		}
	});
}

/** Defines the tests of records that do not change, in an n8n whose clock moves by days. */
export default function defineMovedClockTests(script: ScriptContext): void {
	// At the same time, because both mostly wait for polls.
	describe('releases', { concurrency: true }, () => {
		describe('newest release', { concurrency: false }, () => defineNewestReleaseTests(script));
		describe('oldest release', { concurrency: false }, () => defineOldestReleaseTests(script));
	});
}
