import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import pLimit from 'p-limit';
import { DURABLE_POLLER_ENV } from '../../scripts/reliability/pollerSettings.mts';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import { startN8nProcess, type N8nProcess } from '../../scripts/instance/n8nProcess.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import {
	buildLinearWorkflow,
	customerEventsParameters,
	buildGoFiveNode,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { QueueModeCluster } from './queueModeCluster.mts';
import { measurePollCost, formatPollCost } from './pollCost.mts';
import { PublishedTrigger } from './publishedTrigger.mts';
import { buildCreateEventParameters, type N8nTestServer } from './n8nTestServer.mts';

const LAZY_ISOLATE_ENV = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
const READ_PARAMETERS = customerEventsParameters('={{ $json.body.customerCode }}');
/** Customer code for which events are created. */
const WRITE_CUSTOMER_CODE = 'QUEUE';
const CREATE_PARAMETERS = buildCreateEventParameters(WRITE_CUSTOMER_CODE, '={{ $json.body.eventName }}');
/** Time in ms within which all concurrent executions have to send their write. */
const WRITES_TIMEOUT_MS = 60_000;

/**
 * Builds a webhook node.
 * @param responseMode - Whether n8n responds immediately or at the node Respond
 */
const buildWebhookNode = (path: string, responseMode: 'onReceived' | 'responseNode'): WorkflowNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	webhookId: path,
});

/** Node that responds to a webhook call with its input items. */
const RESPOND_NODE: WorkflowNode = {
	name: 'Respond',
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	parameters: { respondWith: 'allIncomingItems', options: {} },
};

/** Defines the tests of queue mode with a main process and two workers. */
export default function defineQueueModeTests(script: ScriptContext): void {
	let cluster: QueueModeCluster;
	let main: N8nTestServer;
	/** ID of the workflow that creates events. */
	let writeWorkflowId: string;
	before(async () => {
		cluster = await QueueModeCluster.launch(script);
		({ main } = cluster);
		await main.rest.publish(
			await main.rest.save(
				buildLinearWorkflow('Read', [
					buildWebhookNode('read', 'responseNode'),
					buildGoFiveNode(READ_PARAMETERS),
					RESPOND_NODE,
				]),
			),
		);
		writeWorkflowId = await main.rest.save(
			buildLinearWorkflow('Write', [buildWebhookNode('write', 'onReceived'), buildGoFiveNode(CREATE_PARAMETERS)]),
		);
		await main.rest.publish(writeWorkflowId);
	});
	beforeEach(() => cluster.ensureMainRunning());

	/** Reads the events of all codes through the webhook, ten at a time. */
	async function readEventsOfAll(codes: string[]): Promise<void> {
		const limit = pLimit(10);
		const read = async (customerCode: string): Promise<void> => {
			const response = await main.callWebhook('read', JSON.stringify({ customerCode }));
			const text = await response.text();
			assert.equal(response.status, 200, text);
			const expected = main.sandbox.store.findEvents(customerCode).map(({ eventId }) => [customerCode, eventId]);
			assert.deepEqual(
				(JSON.parse(text) as ItemJson[]).map((item) => [item['customerCode'], item['eventId']]),
				expected,
			);
		};
		await Promise.all(codes.map((code) => limit(read, code)));
	}

	test('both workers process 200 webhook calls, ten in parallel, with few tokens', async (t) => {
		const codes = main.sandbox.store.seedCustomers(200, 2, 'HOOK');
		const done = cluster.workers.map(({ startedExecutionIds }) => startedExecutionIds.size);
		const startedAt = Date.now();
		const first = main.requestCount;
		await readEventsOfAll(codes.slice(0, 100));
		main.sandbox.expireTokens();
		const second = main.requestCount;
		await readEventsOfAll(codes.slice(100));
		const seconds = (Date.now() - startedAt) / 1_000;
		const executionsByWorker = cluster.workers.map(
			({ startedExecutionIds }, index) => startedExecutionIds.size - (done[index] ?? 0),
		);
		const renewedTokens = main.countTokenRequests(second);
		const fetchedTokens = main.countTokenRequests(first) - renewedTokens;
		t.diagnostic(
			`${seconds} s; by worker: ${executionsByWorker.join(', ')}; tokens: ${fetchedTokens} at first, ${renewedTokens} at the expiry`,
		);
		for (const executionCount of executionsByWorker)
			assert.ok(executionCount >= 20, `by worker: ${executionsByWorker.join(', ')}`);
		for (const tokens of [fetchedTokens, renewedTokens])
			assert.ok(tokens >= 1 && tokens <= cluster.maxConcurrentExecutions, `${tokens} tokens`);
	});

	test('loses nothing at a shared limit of 20 requests per second, with one stored token', async (t) => {
		// This call stores a token.
		await readEventsOfAll(main.sandbox.store.seedCustomers(1, 1, 'FIRST'));
		t.after(() => main.sandbox.setBehaviour({ rateLimit: null }));
		main.sandbox.setBehaviour({ rateLimit: { requests: 20, perSeconds: 1 } });
		const [startedAt, count] = [Date.now(), main.requestCount];
		await readEventsOfAll(main.sandbox.store.seedCustomers(200, 1, 'LIMIT'));
		t.diagnostic(
			`${(Date.now() - startedAt) / 1_000} s, ${main.getApiRequests(count).filter(({ status }) => status === 429).length} answers 429`,
		);
		assert.equal(main.countTokenRequests(count), 0);
	});

	test('polls 500 customers of one trigger once each, in less than half the time with the lazy isolate', async (t) => {
		const eager = await measurePollCost(script, main);
		await main.stop();
		await main.start(LAZY_ISOLATE_ENV);
		const lazy = await measurePollCost(script, main);
		const summary = `${formatPollCost(eager)}; with the lazy isolate ${formatPollCost(lazy)}`;
		t.diagnostic(summary);
		assert.ok(lazy.cpuSeconds * 2 < eager.cpuSeconds && lazy.seconds * 2 < eager.seconds, summary);
	});

	test('stopping n8n during polls loses only events that its default engine loses', async (t) => {
		const trigger = await PublishedTrigger.publish(script, cluster);
		let n8n: N8nProcess | undefined;
		t.after(async () => {
			main.sandbox.setBehaviour({ delayMs: 0 });
			await n8n?.stop();
			await cluster.ensureMainRunning();
			await main.rest.unpublish(trigger.workflowId);
		});
		await trigger.waitForBaseline(false);
		await main.stop();
		// Stops n8n just after the responses, and before them, when it still waits for them.
		for (const [round, delayMs] of [0, 0, 300, 1_000].entries()) {
			trigger.events.create(50);
			main.sandbox.setBehaviour({ delayMs });
			n8n = startN8nProcess(script, main.instance);
			await (delayMs > 0 ? trigger.events.waitForPoll() : trigger.waitForPollAnswers(round * 40));
			await n8n.stop();
			await trigger.recordEnd();
		}
		main.sandbox.setBehaviour({ delayMs: 0 });
		const lastEvents = trigger.events.create(50);
		await Promise.all([main.start(), trigger.waitForPollAnswers(0)]);
		await trigger.waitForDeliveries(lastEvents, lastEvents.length);
		const { deliveredOnce, lostBetweenWrites } = await trigger.assertCounts(t);
		assert.equal(deliveredOnce.length + lostBetweenWrites.length, 250);
	});

	describe('durable poller', () => {
		let trigger: PublishedTrigger;
		before(async () => {
			await main.stop();
			await main.start(DURABLE_POLLER_ENV);
			trigger = await PublishedTrigger.publish(script, cluster);
		});

		// The first poll, which records the existing events, runs during this test.
		test('killing a worker with 50 executions in progress writes nothing twice', async (t) => {
			const { sandbox, rest } = main;
			const { customerCode } = sandbox.store.seedCustomer(WRITE_CUSTOMER_CODE);
			const eventNames = Array.from({ length: 50 }, (_, index) => `Queue ${index}`);
			const hold = sandbox.hold('createCustomerEvent');
			t.after(() => hold.end());
			await Promise.all(eventNames.map((eventName) => main.callWebhook('write', JSON.stringify({ eventName }))));
			const isInTime = await script.waitFor(
				() => hold.waitingCount >= cluster.maxConcurrentExecutions,
				WRITES_TIMEOUT_MS,
				20,
			);
			assert.ok(
				isInTime,
				`${hold.waitingCount} of ${cluster.maxConcurrentExecutions} writes wait for their answer after ${WRITES_TIMEOUT_MS / 1_000} seconds`,
			);
			const [worker] = cluster.workers;
			assert.ok(worker);
			await worker.kill();
			// A worker that starts before the end marks its executions as crashed.
			t.after(() => worker.start());
			const startedAt = Date.now();
			hold.end();
			await rest.waitForNewestExecution(writeWorkflowId, eventNames.length);
			const done = await rest.listEndedExecutions(writeWorkflowId);
			const seconds = (Date.now() - startedAt) / 1_000;
			const writtenNames = sandbox.store.findEvents(customerCode).map(({ eventName }) => eventName);
			const succeededCount = done.filter(({ status }) => status === 'success').length;
			const stalledExecutions = await Promise.all(
				done.filter(({ status }) => status === 'error').map(({ id }) => rest.waitForExecution(id)),
			);
			const withoutDataCount = stalledExecutions.filter(({ items }) => items('Webhook').length === 0).length;
			t.diagnostic(
				`${writtenNames.length} written; ${succeededCount} executions well, ${stalledExecutions.length} stalled, ${withoutDataCount} of them without data, all ended after ${seconds} s`,
			);
			for (const { error } of stalledExecutions)
				assert.match(error?.message ?? '', /failed to be processed too many times/u);
			// Includes the writes of the killed worker: the sandbox had received them and processes what it holds.
			assert.deepEqual(writtenNames.sort(), eventNames.sort());
			assert.deepEqual(
				[succeededCount, stalledExecutions.length],
				[eventNames.length - cluster.maxConcurrentExecutions / 2, cluster.maxConcurrentExecutions / 2],
			);
		});

		test('600 events start the workflow exactly once each, although main and a worker are killed during polls', async (t) => {
			await trigger.waitForBaseline(true);
			const instance = { ...main.instance, env: { ...main.instance.env, ...DURABLE_POLLER_ENV } };
			let n8n: N8nProcess = main.serverProcess;
			for (const endMethod of ['stop', 'kill'] as const) {
				trigger.events.create(150);
				await trigger.waitForPollAnswers(15);
				await n8n[endMethod]();
				await trigger.recordEnd();
				n8n = startN8nProcess(script, instance);
			}
			const interruptedEvents = trigger.events.create(150);
			await trigger.waitForPollAnswers(0);
			const execution = await trigger.waitForDeliveries(interruptedEvents, 1);
			await trigger.recordExecutions();
			const worker = cluster.workers.find(({ startedExecutionIds }) => startedExecutionIds.has(String(execution)));
			assert.ok(worker);
			await worker.kill();
			await worker.start();
			const lastEvents = trigger.events.create(150);
			await trigger.waitForPollAnswers(0);
			await trigger.waitForDeliveries(lastEvents, lastEvents.length);
			const { deliveredOnce } = await trigger.assertCounts(t);
			assert.equal(deliveredOnce.length, 600);
		});
	});
}
