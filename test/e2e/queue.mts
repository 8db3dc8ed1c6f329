import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import pLimit from 'p-limit';
import { DURABLE } from '../../scripts/reliability/engine.mts';
import { strike } from '../../scripts/reliability/watch.mts';
import type { Item } from '../../scripts/start/rest.mts';
import { startN8n, type N8nProcess } from '../../scripts/start/server.mts';
import type { Session } from '../../scripts/start/session.mts';
import { chain, eventsOf, goFive, type NodeInput } from '../../scripts/start/workflows.mts';
import { Cluster } from './cluster.mts';
import { pollOfMany, shown } from './pollCost.mts';
import { TriggerRun } from './triggerRun.mts';
import { eventFor, type Whole } from './whole.mts';

const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
const READ = eventsOf('={{ $json.body.customerCode }}');
/** The customer to whom events are written. */
const WRITTEN = 'QUEUE';
const CREATE = eventFor(WRITTEN, '={{ $json.body.eventName }}');
/** Milliseconds until all executions that can be under way at once must have sent their write. */
const PATIENCE = 60_000;

/** Begins a workflow when its path is called. @param responseMode when n8n answers: at once, or when the workflow comes to `respond` */
const webhook = (path: string, responseMode: 'onReceived' | 'responseNode'): NodeInput => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	webhookId: path,
});

/** Answers a call with the items that it gets. */
const respond: NodeInput = {
	name: 'Respond',
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	parameters: { respondWith: 'allIncomingItems', options: {} },
};

/** Queue mode: a main and two workers. */
export default function queue(session: Session): void {
	let cluster: Cluster;
	let main: Whole;
	/** The workflow that writes. */
	let writes: string;
	before(async () => {
		cluster = await Cluster.bringUp(session);
		({ main } = cluster);
		await main.rest.publish(await main.rest.save(chain('Read', [webhook('read', 'responseNode'), goFive(READ), respond])));
		writes = await main.rest.save(chain('Write', [webhook('write', 'onReceived'), goFive(CREATE)]));
		await main.rest.publish(writes);
	});
	beforeEach(() => cluster.revive());

	/** Asks for the events of each of the codes, ten at a time. */
	async function readAll(codes: string[]): Promise<void> {
		const limit = pLimit(10);
		const read = async (customerCode: string): Promise<void> => {
			const answer = await main.hook('read', JSON.stringify({ customerCode }));
			const text = await answer.text();
			assert.equal(answer.status, 200, text);
			const expected = main.sandbox.store.findEvents(customerCode).map(({ eventId }) => [customerCode, eventId]);
			assert.deepEqual((JSON.parse(text) as Item[]).map((item) => [item['customerCode'], item['eventId']]), expected);
		};
		await Promise.all(codes.map((code) => limit(read, code)));
	}

	test('200 webhook calls, ten at a time, are done by both workers, with few tokens', async (t) => {
		const codes = main.sandbox.store.seedCustomers(200, 2, 'HOOK');
		const done = cluster.workers.map(({ began }) => began.size);
		const begin = Date.now();
		const first = main.count;
		await readAll(codes.slice(0, 100));
		main.sandbox.expireTokens();
		const second = main.count;
		await readAll(codes.slice(100));
		const seconds = (Date.now() - begin) / 1_000;
		const shares = cluster.workers.map(({ began }, index) => began.size - (done[index] ?? 0));
		const renewed = main.tokens(second);
		const fetched = main.tokens(first) - renewed;
		t.diagnostic(`${seconds} s; by worker: ${shares.join(', ')}; tokens: ${fetched} at first, ${renewed} at the expiry`);
		for (const share of shares) assert.ok(share >= 20, `by worker: ${shares.join(', ')}`);
		for (const tokens of [fetched, renewed]) assert.ok(tokens >= 1 && tokens <= cluster.width, `${tokens} tokens`);
	});

	test('at a shared limit of 20 requests per second nothing is lost, and a stored token serves all', async (t) => {
		// It leaves the token that is stored then.
		await readAll(main.sandbox.store.seedCustomers(1, 1, 'FIRST'));
		t.after(() => main.sandbox.set({ rateLimit: null }));
		main.sandbox.set({ rateLimit: { requests: 20, perSeconds: 1 } });
		const [begin, count] = [Date.now(), main.count];
		await readAll(main.sandbox.store.seedCustomers(200, 1, 'LIMIT'));
		t.diagnostic(`${(Date.now() - begin) / 1_000} s, ${main.received(count).filter(({ status }) => status === 429).length} answers 429`);
		assert.equal(main.tokens(count), 0);
	});

	test('500 customers in one trigger are polled, each once; with the lazy isolate in less than half the time', async (t) => {
		const eager = await pollOfMany(session, main);
		await main.stop();
		await main.start(LAZY);
		const lazy = await pollOfMany(session, main);
		const both = `${shown(eager)}; with the lazy isolate ${shown(lazy)}`;
		t.diagnostic(both);
		assert.ok(lazy.cpu * 2 < eager.cpu && lazy.seconds * 2 < eager.seconds, both);
	});

	test('n8n stopped in order within polls: what its default engine loses is its own', async (t) => {
		const run = await TriggerRun.publish(session, cluster);
		let n8n: N8nProcess | undefined;
		t.after(async () => {
			main.sandbox.set({ delayMs: 0 });
			await n8n?.stop();
			await cluster.revive();
			await main.rest.unpublish(run.id);
		});
		await run.baseline(false);
		await main.stop();
		// Just after the answers, and before: then n8n, which ends, still waits for them.
		for (const [stop, delayMs] of [0, 0, 300, 1_000].entries()) {
			run.create(50);
			main.sandbox.set({ delayMs });
			const started = (n8n = startN8n(session, main.running));
			const come = delayMs > 0 ? run.polls() : run.polled(stop * 40);
			await strike(run.look, run.ledger, stop, come, () => started.stop());
		}
		main.sandbox.set({ delayMs: 0 });
		const last = run.create(50);
		await Promise.all([main.start(), run.until(run.polled(0).then(() => run.tells(last, last.length)))]);
		const { once, lostBetweenWrites, doubledBetweenWrites } = await run.verdict(t);
		assert.equal(once.length + lostBetweenWrites.length + doubledBetweenWrites.length, 250);
	});

	describe('with the durable poller', () => {
		let run: TriggerRun;
		before(async () => {
			await main.stop();
			await main.start(DURABLE);
			run = await TriggerRun.publish(session, cluster);
		});

		// The first poll, which takes note of what is there, comes meanwhile.
		test('a worker is killed with 50 executions under way: nothing is written twice', async (t) => {
			const { sandbox, rest } = main;
			const { customerCode } = sandbox.store.seedCustomer(WRITTEN);
			const names = Array.from({ length: 50 }, (_, index) => `Queue ${index}`);
			const hold = sandbox.hold('createCustomerEvent');
			t.after(() => hold.end());
			await Promise.all(names.map((eventName) => main.hook('write', JSON.stringify({ eventName }))));
			const inTime = await session.until(() => hold.waiting >= cluster.width, PATIENCE, 20);
			assert.ok(inTime, `${hold.waiting} of ${cluster.width} writes wait for their answer after ${PATIENCE / 1_000} seconds`);
			const [worker] = cluster.workers;
			assert.ok(worker);
			await worker.kill();
			// Started again before the end, it would mark its executions as crashed by itself.
			t.after(() => worker.start());
			const begin = Date.now();
			hold.end();
			await rest.newest(writes, names.length);
			const done = await rest.executionsOf(writes);
			const seconds = (Date.now() - begin) / 1_000;
			const written = sandbox.store.findEvents(customerCode).map(({ eventName }) => eventName);
			const well = done.filter(({ status }) => status === 'success').length;
			const stalled = await Promise.all(done.filter(({ status }) => status === 'error').map(({ id }) => rest.ended(id)));
			const emptied = stalled.filter(({ items }) => items('Webhook').length === 0).length;
			t.diagnostic(`${written.length} written; ${well} executions well, ${stalled.length} stalled, ${emptied} of them without data, all ended after ${seconds} s`);
			for (const { error } of stalled) assert.match(error?.message ?? '', /failed to be processed too many times/u);
			// Those of the killed worker too: the sandbox had them already, and writes what it holds back whoever still waits for the answer.
			assert.deepEqual(written.sort(), names.sort());
			assert.deepEqual([well, stalled.length], [names.length - cluster.width / 2, cluster.width / 2]);
		});

		test('600 events start the workflow exactly once, though main and a worker are ended within polls', async (t) => {
			await run.baseline(true);
			const running = { ...main.running, env: { ...main.running.env, ...DURABLE } };
			let n8n: N8nProcess = main.server;
			for (const [kill, blow] of (['stop', 'kill'] as const).entries()) {
				run.create(150);
				const old = n8n;
				await strike(run.look, run.ledger, kill, run.polled(15), () => old[blow]());
				n8n = startN8n(session, running);
			}
			const cut = run.create(150);
			const worker = async (): Promise<void> => {
				await run.polled(0);
				const execution = await run.tells(cut, 1);
				const worker = cluster.workers.find(({ began }) => began.has(String(execution)));
				assert.ok(worker);
				await worker.kill();
				await worker.start();
			};
			await run.until(worker());
			const last = run.create(150);
			await run.until(run.polled(0).then(() => run.tells(last, last.length)));
			const { once } = await run.verdict(t);
			assert.equal(once.length, 600);
		});
	});
}
