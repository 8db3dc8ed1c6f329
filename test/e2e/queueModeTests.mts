import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import {
	buildLinearWorkflow,
	customerEventsParameters,
	buildGoFiveNode,
	buildGoFiveTriggerNode,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { DURABLE_POLLER_ENV, EventTrigger } from './eventTrigger.mts';
import { QueueModeCluster } from './queueModeCluster.mts';
import { buildWebhookNode, getCreateEventParameters } from './testWorkflows.mts';
import { POLL_AFTER_RESTART_TIMEOUT_MS } from './pollingWorkflow.mts';

const READ_PARAMETERS = customerEventsParameters('={{ $json.body.customerCode }}');
/** Customer code for which events are created. */
const WRITE_CUSTOMER_CODE = 'QUEUE';
const CREATE_PARAMETERS = getCreateEventParameters(WRITE_CUSTOMER_CODE, '={{ $json.body.eventName }}');

/** Node that keeps an execution in progress for some seconds. */
const WAIT_NODE: WorkflowNode = {
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount: 5, unit: 'seconds' },
	webhookId: 'wait',
};

/** Node that responds to a webhook call with its input items. */
const RESPOND_NODE: WorkflowNode = {
	name: 'Respond',
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	parameters: { respondWith: 'allIncomingItems', options: {} },
};

/** Defines the tests of queue mode with a main process and two workers. */
export default function defineQueueModeTests(script: ScriptContext): void {
	const cluster = new QueueModeCluster(script);
	const { main } = cluster;
	/** IDs of the workflows that read and create events. */
	let readWorkflowId: string;
	let writeWorkflowId: string;
	before(async () => {
		await cluster.launch();
		const readNodes = [buildWebhookNode('read', 'responseNode'), buildGoFiveNode(READ_PARAMETERS), RESPOND_NODE];
		readWorkflowId = await main.rest.save(buildLinearWorkflow('Read', readNodes));
		const writeNodes = [buildWebhookNode('write'), buildGoFiveNode(CREATE_PARAMETERS)];
		writeWorkflowId = await main.rest.save(buildLinearWorkflow('Write', writeNodes));
	});
	after(() => cluster.stop());
	beforeEach(async () => {
		await main.reset();
		await main.rest.publish(readWorkflowId);
		await main.rest.publish(writeWorkflowId);
	});

	/** Reads the events of all codes through the webhook, ten at a time. */
	async function readEventsOfAll(codes: string[]): Promise<void> {
		const read = async (customerCode: string): Promise<void> => {
			const response = await main.callWebhook('read', JSON.stringify({ customerCode }));
			const text = await response.text();
			assert.equal(response.status, 200, text);
			const expected = main.sandbox.records.customerEvents
				.find({ customerCode })
				.map(({ eventId }) => [customerCode, eventId]);
			assert.deepEqual(
				(JSON.parse(text) as ItemJson[]).map((item) => [item['customerCode'], item['eventId']]),
				expected,
			);
		};
		const remainingCodes = codes.values();
		const readRemaining = async (): Promise<void> => {
			for (const code of remainingCodes) await read(code);
		};
		await Promise.all(Array.from({ length: 10 }, readRemaining));
	}

	test('both workers process 200 webhook calls, ten in parallel, with few tokens', async (t) => {
		const codes = addCustomers(main.sandbox.records, buildCodes(200, 'HOOK'), 2);
		const done = cluster.workers.map(({ startedExecutionIds }) => startedExecutionIds.size);
		const startedAt = Date.now();
		const first = main.requestCount;
		await readEventsOfAll(codes.slice(0, 100));
		main.sandbox.tokens.expireAll();
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

	test('loses nothing at a shared limit of four requests per second, with one stored token', async (t) => {
		// This call stores a token.
		await readEventsOfAll(addCustomers(main.sandbox.records, buildCodes(1, 'FIRST'), 1));
		main.sandbox.setBehaviour({ rateLimit: { requests: 4, perSeconds: 1 } });
		const [startedAt, count] = [Date.now(), main.requestCount];
		await readEventsOfAll(addCustomers(main.sandbox.records, buildCodes(40, 'LIMIT'), 1));
		const rejectedCount = main.getApiRequests(count).filter(({ status }) => status === 429).length;
		t.diagnostic(`${(Date.now() - startedAt) / 1_000} s, ${rejectedCount} requests with status 429`);
		// Without one, the workers would be slower than the limit, and the test would show nothing.
		assert.ok(rejectedCount > 0);
		assert.equal(main.countTokenRequests(count), 0);
	});

	test('polls 500 customers of one trigger once each', async (t) => {
		const codes = addCustomers(main.sandbox.records, buildCodes(500, 'MANY'));
		const trigger = buildGoFiveTriggerNode({ customerCodes: codes.join('\n') });
		const workflowId = await main.rest.save(buildLinearWorkflow('Many customers', [trigger]));
		const countBefore = main.requestCount;
		await main.rest.publish(workflowId);
		await main.waitFor('all customers are read', () => main.countAnsweredReads(countBefore) >= codes.length);
		await main.rest.unpublish(workflowId);
		const reads = main.getApiRequests(countBefore).filter(({ operationId }) => operationId === 'getCustomerEvents');
		t.diagnostic(`${((reads.at(-1)?.answeredAt ?? 0) - (reads[0]?.at ?? 0)) / 1_000} s`);
		assert.equal(reads.length, codes.length);
		assert.equal(new Set(reads.map(({ query }) => query)).size, codes.length);
	});

	test('killing a worker with 50 executions in progress writes nothing twice', async (t) => {
		const { sandbox, rest } = main;
		addCustomers(sandbox.records, [WRITE_CUSTOMER_CODE]);
		const eventNames = Array.from({ length: 50 }, (_, index) => `Queue ${index}`);
		const hold = sandbox.hold('createCustomerEvent');
		t.after(() => hold.end());
		await Promise.all(eventNames.map((eventName) => main.callWebhook('write', JSON.stringify({ eventName }))));
		await main.waitFor(
			'as many writes as concurrent executions wait for their response',
			() => hold.waitingCount >= cluster.maxConcurrentExecutions,
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
		const writtenEvents = sandbox.records.customerEvents.find({ customerCode: WRITE_CUSTOMER_CODE });
		const writtenNames = writtenEvents.map(({ eventName }) => String(eventName));
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

	test('600 events start the workflow exactly once each, although main and a worker are killed during polls of the durable poller', async () => {
		await main.stop();
		await main.start(DURABLE_POLLER_ENV);
		const trigger = new EventTrigger(main, 'Durable', [WAIT_NODE]);
		await trigger.publish();
		/** Names of the events by execution. */
		const reportedNames = new Map<string, Set<string>>();
		/**
		 * Lists the names of the events in each execution, also if n8n stored it and was killed before it was executed.
		 * Names that were read once stay: n8n may remove the data of an execution whose worker was killed.
		 */
		const listReportedNames = async (): Promise<string[]> => {
			const executions = await main.rest.listExecutions(trigger.id);
			for (const { id } of executions.filter((execution) => !reportedNames.get(execution.id)?.size)) {
				const execution = await main.rest.requestData('GET', `executions/${id}`);
				reportedNames.set(id, new Set(JSON.stringify(execution).match(/Durable event \d+/gu)));
			}
			return [...reportedNames.values()].flatMap((names) => [...names]);
		};
		/** Waits until all events have started an execution. */
		const waitForExecutions = async (): Promise<void> => {
			const areAllReported = async (): Promise<boolean> => {
				const names = new Set(await listReportedNames());
				return trigger.createdEvents.every(({ eventName }) => names.has(eventName));
			};
			await main.waitFor('all events are in executions', areAllReported, POLL_AFTER_RESTART_TIMEOUT_MS, 500);
		};

		for (const endMethod of ['stop', 'kill'] as const) {
			trigger.createEvents(150);
			await trigger.waitForPolls(1);
			// n8n stores the state and the execution shortly after the responses.
			await sleep(15);
			await main[endMethod]();
			await main.start(DURABLE_POLLER_ENV);
			await waitForExecutions();
		}

		const startedCounts = cluster.workers.map(({ startedExecutionIds }) => startedExecutionIds.size);
		const findBusyWorker = () =>
			cluster.workers.find(({ startedExecutionIds }, index) => startedExecutionIds.size > (startedCounts[index] ?? 0));
		trigger.createEvents(150);
		await main.waitFor('a worker executes the workflow', () => findBusyWorker() !== undefined);
		const busyWorker = findBusyWorker();
		await listReportedNames();
		await busyWorker?.kill();
		await busyWorker?.start();

		trigger.createEvents(150);
		await waitForExecutions();
		const createdNames = trigger.createdEvents.map(({ eventName }) => eventName);
		assert.equal(createdNames.length, 600);
		assert.deepEqual((await listReportedNames()).sort(), createdNames.sort());
	});
}
