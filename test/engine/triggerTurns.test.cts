import type { IDataObject } from 'n8n-workflow';
import { isFirstMajor } from './harness.cts';
import { openTriggerWorld, timeout, told } from './triggerWorld.cts';
import { until } from '../until.cts';

const world = openTriggerWorld();
beforeEach(() => world.stopTime());

describe('two polls at a time', () => {
	test('of one activation: the second is left out', async () => {
		const workflow = await world.active({ customerCodes: 'A,B' });
		const ids = [world.create('A'), world.create('B')];
		const hold = world.sandbox.hold('getCustomerEvents');
		const first = workflow.poll();
		await hold.until(1, first);
		expect((await workflow.poll()).data).toBeNull();
		hold.end();
		expect(told(await first)).toEqual(ids);
		expect(world.asked).toEqual(['A', 'B', 'A', 'B']);
		expect((await workflow.poll()).data).toBeNull();
	});

	test('of two workflows do not wait for each other', async () => {
		const [one, other] = [await world.active(), await world.active()];
		const id = world.create('A');
		const trigger = world.workflow().load();
		expect([...told(await one.poll()), ...told(await other.poll()), ...told(await trigger.poll())]).toEqual([id, id]);
	});

	test('a poll that failed lets the next one go', async () => {
		const workflow = await world.active();
		world.fail('A');
		expect((await workflow.poll()).error).toBeDefined();
		expect((await workflow.poll()).error).toBeUndefined();
	});
});

describe('a new activation while an old poll runs', () => {
	// n8n 1.x would start the workflow with what the old poll found, and n8n 2.x drops it: so the old one must find nothing.
	test.each([
		['reads the customers', 'getCustomerEvents'],
		['asks for the names of the types', 'getCustomerEventTypes'],
	])('while it %s: it takes over, and the event is told once', async (_, operationId) => {
		const workflow = await world.active({ output: 'simplified', customerCodes: 'A,B', options: { timeout } });
		const id = world.create('A');
		const old = workflow.load();
		await old.poll({ activation: 'init' });
		const next = workflow.load();
		const again = world.create('B');
		world.sandbox.addFault({ match: { operationId }, answer: { kind: 'hang' } });

		// Neither gives the request up by itself before jest gives up the test.
		const running = old.poll({ pollBudgetMs: 10_000_000 });
		await until(() => world.sandbox.requests.at(-1)?.fault === 'hang');
		const before = old.staticData();
		// It waits for the end of the old one, which would wait for its answer.
		expect(told(await next.poll({ activation: 'update' }))).toEqual([id, again]);
		const { data, error, emittedErrors } = await running;
		expect([data, error, emittedErrors]).toEqual([null, undefined, []]);
		expect(old.staticData()).toEqual(before);
		expect((await next.poll()).data).toBeNull();
	});

	test('twice: the last one goes on', async () => {
		const workflow = await world.active();
		const id = world.create('A');
		const polls = [workflow.load(), workflow.load(), workflow.load()].map(async (trigger) => await trigger.poll());
		expect((await Promise.all(polls)).map(told)).toEqual([[], [], [id]]);
	});
});

if (!isFirstMajor()) describe('the budget of n8n 2.x', () => {
	test('is kept; what is left is read by the next polls, in a fair order, and nothing is lost', async () => {
		const codes = Array.from({ length: 9 }, (_, index) => `K${index}`);
		for (const code of codes) world.sandbox.store.addCustomer(code);
		const workflow = await world.active({ customerCodes: codes.join(','), options: { maxParallelRequests: 1, timeout } });
		const ids = codes.map((code) => world.create(code));
		for (const found of [ids.slice(0, 4), ids.slice(4, 8)]) {
			expect(told(await world.pollWith(4, async (options) => await workflow.poll(options)))).toEqual(found);
		}
		expect(told(await workflow.poll())).toEqual(ids.slice(8));
		expect((await workflow.poll()).data).toBeNull();
	});

	test('too small for even one customer is told, and changes nothing', async () => {
		const workflow = await world.active({ options: { timeout } });
		const id = world.create('A');
		const before = workflow.memory;
		// Begun after two minutes, the request has more time of its own than the poll.
		const { running } = await world.refuse(120, async () => await workflow.poll({ pollBudgetMs: 280_000 }));
		const hold = world.sandbox.hold('getCustomerEvents');
		await world.pass(120_000);
		await hold.until(1, running);
		const { error } = await world.end(running, 132_000);
		expect(error?.message).toBe('n8n gave the poll too little time to read all customers');
		expect(workflow.memory).toEqual(before);
		hold.end();
		expect(told(await workflow.poll())).toEqual([id]);
	});

	// n8n 2.41 gives an activation up after 84 seconds, whatever it tells.
	test('too small for all baselines fails the activation, which takes little more than a minute', async () => {
		const trigger = world.workflow({ customerCodes: 'A,B,C', options: { maxParallelRequests: 1, timeout } }).load();
		const { error } = await world.pollWith(2, async (options) => await trigger.poll(options), 75_000);
		expect(error).toMatchObject({ message: 'The trigger cannot start, because C could not be read: n8n gave the poll too little time to read all customers' });
	});
});

if (!isFirstMajor()) describe('the durable poller of n8n 2.x, which stores the state after every poll', () => {
	const next = (cursor: IDataObject) => structuredClone(cursor);

	test('tells every event once, each poll with a workflow of its own', async () => {
		const workflow = world.workflow({ customerCodes: 'A,B' });
		let cursor: IDataObject = {};
		const seen: number[] = [];
		const ids: number[] = [];
		for (let poll = 0; poll < 6; poll++) {
			seen.push(...told(await workflow.load().poll({ cursor, activation: 'update', pollBudgetMs: 36_000 })));
			cursor = next(cursor);
			if (poll % 2 === 0) ids.push(world.create('A'), world.create('B'));
		}
		expect(seen).toEqual(ids);
	});

	test('a poll that comes while another one runs is left out', async () => {
		const workflow = world.workflow({}, true);
		await workflow.activate();
		const id = world.create('A');
		const hold = world.sandbox.hold('getCustomerEvents');
		const first = workflow.poll();
		await hold.until(1, first);
		for (let poll = 0; poll < 2; poll++) {
			const { data, error } = await workflow.poll();
			expect([data, error]).toEqual([null, undefined]);
		}
		hold.end();
		expect(told(await first)).toEqual([id]);
	});

	test('a poll that n8n rolls back is told again', async () => {
		const workflow = world.workflow();
		const cursor: IDataObject = {};
		await workflow.load().poll({ cursor });
		const id = world.create('A');
		expect(told(await workflow.load().poll({ cursor: next(cursor) }))).toEqual([id]);
		expect(told(await workflow.load().poll({ cursor: next(cursor) }))).toEqual([id]);
	});

	test('a customer that was added and cannot be read holds up nobody', async () => {
		let cursor: IDataObject = {};
		const poll = async (customerCodes: string) => {
			cursor = next(cursor);
			return told(await world.workflow({ customerCodes }).load().poll({ cursor, activation: 'update' }));
		};
		await poll('A');
		const id = world.create('A');
		world.fail('B');
		expect(await poll('A,B')).toEqual([id]);
		expect(await poll('A,B')).toEqual([]);
		const later = world.create('B');
		expect(await poll('A,B')).toEqual([later]);
	});
});
