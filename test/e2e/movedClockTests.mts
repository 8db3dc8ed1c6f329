import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEWEST_RELEASE, OLDEST_RELEASE, type N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import { RestClient } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import {
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	GOFIVE_TRIGGER_NAME,
} from '../../scripts/instance/workflowBuilder.mts';
import { EditorRestClient } from './editorRestClient.mts';
import { MovableClock } from './movableClock.mts';
import { assertSucceeded, N8nTestServer } from './n8nTestServer.mts';

/** Poll times every two seconds. */
const POLL_TIMES = {
	item: Array.from({ length: 30 }, (_, index) => ({ mode: 'custom', cronExpression: `${2 * index} * * * * *` })),
};
/** Time in ms after the responses in which n8n stores the result of a poll. */
const STORE_MS = 1_000;
/** Number of requests of a poll of fewer than 1,000 deals. */
const REQUESTS_PER_POLL = 2;
const DAY_MS = 86_400_000;

/** Deal in the sandbox. */
interface SandboxDeal {
	dealsId: number;
	dealStageId: number;
	dealStageName: string;
	dealsValue: number;
	dateModified: string | null;
}

/** Deals of the sandbox, and a published trigger that watches them in an n8n whose clock moves. */
class DealTrigger {
	private workflowId = '';

	private constructor(
		private readonly script: ScriptContext,
		readonly n8nServer: N8nTestServer,
		private readonly clock: MovableClock,
	) {}

	static async launch(script: ScriptContext, release: N8nRelease): Promise<DealTrigger> {
		const clock = await MovableClock.create(script);
		// n8n deletes executions that are older than 14 days.
		const n8nServer = new N8nTestServer(script, release);
		await n8nServer.launch({ ...clock.env, EXECUTIONS_DATA_PRUNE: 'false' });
		return new DealTrigger(script, n8nServer, clock);
	}

	setDeals(deals: SandboxDeal[]): void {
		this.n8nServer.sandbox.records.deals.records = deals as never;
	}

	/** Publishes a workflow with the trigger, and waits until n8n has stored the state of the first poll. */
	async publish(parameters: Record<string, unknown>): Promise<void> {
		const { rest } = this.n8nServer;
		const trigger = buildGoFiveTriggerNode({ pollTimes: POLL_TIMES, ...parameters });
		this.workflowId = await rest.save(buildLinearWorkflow(String(parameters['triggerOn']), [trigger]));
		const waitForPoll = this.startWaitingForPoll();
		await rest.publish(this.workflowId);
		await waitForPoll();
	}

	async unpublish(): Promise<void> {
		await this.n8nServer.rest.unpublish(this.workflowId);
	}

	/** Moves the clock, signs in again, because a session ends after seven days, and waits for a poll. */
	async moveTo(days: number): Promise<void> {
		const { script, clock, n8nServer } = this;
		await clock.moveTo(days);
		const { url, signIn } = { url: n8nServer.url, signIn: n8nServer.instance.signIn };
		n8nServer.rest = new EditorRestClient(script, await RestClient.logIn(script, url, signIn));
		await this.startWaitingForPoll()();
	}

	/** Returns a function that waits for a poll from now on. */
	startWaitingForPoll(): () => Promise<void> {
		const { n8nServer } = this;
		const countBefore = n8nServer.requestCount;
		// A poll that has begun before sees the earlier time.
		const requestCount = 2 * REQUESTS_PER_POLL;
		return async () => {
			await n8nServer.waitFor('a poll', () => n8nServer.getApiRequests(countBefore).length >= requestCount);
			await sleep(STORE_MS);
		};
	}

	/** Returns the items of each execution of the workflow, oldest first. */
	async readItems(): Promise<Array<Array<Record<string, unknown>>>> {
		const { rest } = this.n8nServer;
		const executions = await rest.listEndedExecutions(this.workflowId);
		const items: Array<Array<Record<string, unknown>>> = [];
		for (const { id } of executions.reverse())
			items.push(assertSucceeded(await rest.waitForExecution(id)).items(GOFIVE_TRIGGER_NAME));
		return items;
	}

	/** Returns the IDs of the deals of each execution, oldest first. */
	async readIds(): Promise<number[][]> {
		const items = await this.readItems();
		return items.map((executionItems) => executionItems.map(({ dealId }) => Number(dealId)).sort((a, b) => a - b));
	}
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

/** Starts an n8n for the tests of a release, and returns its trigger. */
function setUpTrigger(script: ScriptContext, release: N8nRelease): () => DealTrigger {
	let trigger: DealTrigger;
	before(async () => {
		trigger = await DealTrigger.launch(script, release);
	});
	after(async () => await (trigger as DealTrigger | undefined)?.n8nServer.stop());
	return () => trigger;
}

function defineNewestReleaseTests(script: ScriptContext): void {
	const getTrigger = setUpTrigger(script, NEWEST_RELEASE);

	test('a deal that moves brings its previous stage and value', async () => {
		const trigger = getTrigger();
		trigger.setDeals([createDeal(1), createDeal(2)]);
		const columnsToWatch = ['dealStageName', 'dealValue'];
		await trigger.publish({ triggerOn: 'newOrChangedDeal', columnsToWatch, options: { includePreviousValues: true } });
		trigger.setDeals([createDeal(1), createDeal(2, { ...MOVED, dealsValue: 210_000 })]);
		await trigger.startWaitingForPoll()();
		const [[item] = []] = await trigger.readItems();
		assert.equal(item?.['dealStageName'], 'Negotiation');
		assert.deepEqual(item['changedFields'], ['dealStageName', 'dealValue']);
		assert.deepEqual(item['previous'], { dealStageName: 'Proposal', dealValue: 250_000 });
		await trigger.unpublish();
	});

	test('included deals that are due start the workflow once', async () => {
		const trigger = getTrigger();
		const dateModified = new Date(Date.now() - 60 * DAY_MS).toISOString();
		trigger.setDeals([createDeal(1), createDeal(2, { dateModified })]);
		await trigger.publish({ triggerOn: 'unchangedDeal', options: { emitExisting: true } });
		await trigger.startWaitingForPoll()();
		const [[item, ...others] = [], ...otherExecutions] = await trigger.readItems();
		assert.deepEqual([others, otherExecutions], [[], []]);
		assert.equal(item?.['dealId'], 2);
		assert.equal(item['daysWithoutChange'], 60);
		await trigger.unpublish();
	});

	test('each deal that does not move starts the workflow once, after its own 14 days', async () => {
		const trigger = getTrigger();
		const moveDeals = async (movedIds: number[]) => {
			trigger.setDeals([1, 2, 3].map((id) => createDeal(id, movedIds.includes(id) ? MOVED : {})));
			await trigger.startWaitingForPoll()();
		};
		trigger.setDeals([createDeal(1), createDeal(2), createDeal(3)]);
		await trigger.publish({ triggerOn: 'unchangedDeal' });
		assert.deepEqual(await trigger.readIds(), []);
		await trigger.moveTo(5);
		await moveDeals([3]);
		await trigger.moveTo(13);
		assert.deepEqual(await trigger.readIds(), []);
		await trigger.moveTo(15);
		assert.deepEqual(await trigger.readIds(), [[1, 2]]);
		await trigger.moveTo(16);
		assert.deepEqual(await trigger.readIds(), [[1, 2]]);
		await trigger.moveTo(19.1);
		assert.deepEqual(await trigger.readIds(), [[1, 2], [3]]);
		// A change starts the days again.
		await moveDeals([1, 3]);
		await trigger.moveTo(33);
		assert.deepEqual(await trigger.readIds(), [[1, 2], [3]]);
		await trigger.moveTo(33.2);
		assert.deepEqual(await trigger.readIds(), [[1, 2], [3], [1]]);
	});
}

function defineOldestReleaseTests(script: ScriptContext): void {
	const getTrigger = setUpTrigger(script, OLDEST_RELEASE);

	test('deals that do not move start the workflow once, after 14 days', async () => {
		const trigger = getTrigger();
		trigger.setDeals([createDeal(1), createDeal(2)]);
		await trigger.publish({ triggerOn: 'unchangedDeal' });
		assert.deepEqual(await trigger.readIds(), []);
		await trigger.moveTo(13);
		assert.deepEqual(await trigger.readIds(), []);
		await trigger.moveTo(15);
		assert.deepEqual(await trigger.readIds(), [[1, 2]]);
	});
}

/** Defines the tests of records that do not change, in an n8n whose clock moves by days. */
export default function defineMovedClockTests(script: ScriptContext): void {
	describe('newest release', () => defineNewestReleaseTests(script));
	describe('oldest release', () => defineOldestReleaseTests(script));
}
