import type { IDataObject } from 'n8n-workflow';
import type { Answer, Hold, ReceivedRequest } from '../../sandbox/index.mts';
import { accountsOf } from './accounts.cts';
import { until } from './until.cts';
import { clock, holdTime, skipWaiting, sumOf, World, type HeldTime, type Skipped } from './world.cts';

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());
beforeEach(() => world.sandbox.reset());

const operationId = 'getCustomerEvents';
const sent = (): ReceivedRequest[] => world.sent(operationId);
const most = (requests: ReceivedRequest[]): number => Math.max(...requests.map(({ inFlight }) => inFlight));
const codeOf = ({ query }: ReceivedRequest): string | null => new URLSearchParams(query).get('customerCode');

async function read(codes: string[], options: IDataObject = {}, more: object = {}) {
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', options };
	return await world.run('getByCustomerCode', parameters, { items: codes.map((code) => ({ code })), onError: 'continueRegularOutput', ...more });
}

/** Expects that every item has its one event, in input order. */
function expectAll(result: Awaited<ReturnType<typeof read>>, codes: string[]): void {
	const expected = codes.map((code): unknown => ({ data: world.sandbox.store.customers.get(code)?.events }));
	expect(accountsOf(result, codes.length)).toEqual(expected);
}

/** Expects that exactly so many requests are under way, none of them answered. */
async function expectUnderWay(hold: Hold, count: number): Promise<void> {
	await hold.until(count);
	// One that ought not to come would be here by then.
	await world.settle();
	expect(hold.waiting).toBe(count);
}

let time: HeldTime;
/** For the tests of one block. */
function timeIsHeld(): void {
	beforeEach(() => void (time = holdTime()));
	afterEach(() => time.restore());
}

describe('how many at once', () => {
	test.each([1, 2, 3, 8, 32])('the first alone, then one more with every success, never more than %i', async (maxParallelRequests) => {
		const codes = world.sandbox.store.seedCustomers(maxParallelRequests * 2 + 40, 1);
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes, { maxParallelRequests });
		await expectUnderWay(hold, 1);
		for (const width of Array.from({ length: 30 }, (_, index) => Math.min(8 + index, maxParallelRequests))) {
			hold.release(1);
			await expectUnderWay(hold, width);
		}
		hold.end();
		expectAll(await reading, codes);
		expect(most(sent())).toBe(maxParallelRequests);
	});

	test('32 unless told otherwise', async () => {
		const codes = world.sandbox.store.seedCustomers(140, 1);
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes);
		for (const width of [1, 8, 16, 32, 32]) {
			await expectUnderWay(hold, width);
			hold.release(width);
		}
		hold.end();
		expectAll(await reading, codes);
		expect(most(sent())).toBe(32);
	});

	test('writes go one after the other, in input order', async () => {
		const items = ['ก', 'b', 'ค', 'd', 'จ'].map((name) => ({ name }));
		world.sandbox.set({ delayMs: 10 });
		const event = { customerCode: 'C000055', eventName: '={{ $json.name }}', eventType: 1, eventDate: '2025-02-01' };
		const { error } = await world.run('create', event, { items });
		expect(error).toBeUndefined();
		const writes = world.sent('createCustomerEvent');
		expect(writes.map(({ body }) => (JSON.parse(body) as { eventName: string }).eventName)).toEqual(items.map(({ name }) => name));
		expect(most(writes)).toBe(1);
	});
});

describe('a pause that GoFive asks for', () => {
	timeIsHeld();

	test('halves the width once, all wait until it has passed, and what was refused goes first', async () => {
		const codes = world.sandbox.store.seedCustomers(60, 1);
		world.sandbox.addFault({ match: { operationId }, skip: 25, times: 4, answer: { kind: 'rateLimited', seconds: 1 } });
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes, { maxParallelRequests: 8 });
		await hold.until(1);
		for (let answered = 0; answered < 25; answered++) {
			hold.release(1);
			await hold.until(8);
		}
		hold.release(4);
		await time.asleep;
		await expectUnderWay(hold, 4);
		hold.release(4);
		await expectUnderWay(hold, 0);
		time.letGo();
		await expectUnderWay(hold, 4);
		expect(sumOf(time.slept)).toBe(1000);

		const refused = sent().filter(({ status }) => status === 429);
		expect(refused).toHaveLength(4);
		expect(sent().slice(-4).map(codeOf).sort()).toEqual(refused.map(codeOf).sort());
		hold.end();
		const result = await reading;
		expectAll(result, codes);
		expect(result.hints.map(({ message }) => message)).toEqual(["The run waited 1 s because GoFive's rate limit asked for it. Nothing was lost."]);
	});

	test('without one there is no hint', async () => {
		expect((await read(['C000055', 'C000154'])).hints).toEqual([]);
	});
});

describe('stopping', () => {
	timeIsHeld();

	test.each<[when: string, answer: Answer | undefined, underWay: number, isAnswered: boolean]>([
		['while requests are answered', undefined, 4, true],
		['while requests hang', undefined, 4, false],
		['during a pause', { kind: 'rateLimited', seconds: 60 }, 3, false],
		['between two attempts', { status: 503, headers: { 'retry-after': '60' } }, 4, false],
	])('a cancelled execution ends within a second, %s, and nothing more is sent', async (_, answer, underWay, isAnswered) => {
		const codes = world.sandbox.store.seedCustomers(300, 1);
		if (answer) world.sandbox.addFault({ match: { operationId }, skip: 3, answer });
		const hold = world.sandbox.hold(operationId);
		let cancel = (): void => undefined;
		const cancelWhen = new Promise<void>((resolve) => (cancel = resolve));
		const reading = read(codes, { maxParallelRequests: 4 }, { cancelWhen });
		for (const width of [1, 4, 4]) {
			await hold.until(width);
			hold.release(1);
		}
		await hold.until(4);
		if (answer) {
			hold.release(1);
			await time.asleep;
		}
		await expectUnderWay(hold, underWay);
		const before = sent().length;
		expect(before).toBe(3 + (answer ? 1 : 0) + underWay);

		cancel();
		await cancelWhen;
		if (isAnswered) hold.end();
		time.letGo();
		expect((await reading).status).toBe('canceled');
		expect(sumOf(time.slept)).toBeLessThanOrEqual(1000);
		expect(sumOf(time.watched)).toBeLessThanOrEqual(1000);
		hold.end();
		await world.settle();
		expect(sent()).toHaveLength(before);
	});

	test('where On Error stops the node, a failed item does not wait for those that hang', async () => {
		const codes = world.sandbox.store.seedCustomers(8, 1);
		world.sandbox.addFault({ match: { customerCode: codes[1] }, answer: { kind: 'hang' } });
		world.sandbox.addFault({ match: { customerCode: codes[3] }, answer: { status: 404 } });
		const reading = read(codes, {}, { onError: 'stopWorkflow' });
		await until(() => ['hang', 'status'].every((kind) => sent().some(({ fault }) => fault === kind)));
		await world.settle();
		time.letGo();
		const { error } = await reading;
		expect(error).toMatchObject({ message: 'GoFive does not know what was asked for (HTTP 404)', context: { itemIndex: 3 } });
		// The moment that the others get; a request that hangs has ten minutes otherwise.
		expect(sumOf(time.watched)).toBeLessThanOrEqual(5000);
	});

	test('a cancelled execution is no failed one, where On Error stops the node', async () => {
		const codes = world.sandbox.store.seedCustomers(8, 1);
		world.sandbox.addFault({ match: { operationId }, skip: 2, times: 'always', answer: { kind: 'hang' } });
		const cancelWhen = until(() => sent().filter(({ fault }) => fault === 'hang').length === 6);
		const { status } = await read(codes, {}, { onError: 'stopWorkflow', cancelWhen });
		expect(status).toBe('canceled');
	});

	test('where On Error stops the node, what was not sent yet is not sent; the message is of the first item that failed', async () => {
		const codes = world.sandbox.store.seedCustomers(100, 1);
		world.sandbox.set({ delayMs: 10 });
		for (const customerCode of codes.slice(20, 40)) world.sandbox.addFault({ match: { customerCode }, answer: { status: 500 } });
		const { error, outputs } = await read(codes, { maxParallelRequests: 8 }, { onError: 'stopWorkflow' });
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({ message: 'GoFive could not handle the request (HTTP 500)', context: { itemIndex: 20 } });
		expect(sent().length).toBeLessThan(40);
	});
});

test('equal requests go once, also one that fails: each item has the message with its own number', async () => {
	const codes = Array.from({ length: 30 }, (_, index) => ['C000055', 'C000154', 'NOBODY'][index % 3] ?? '');
	world.sandbox.addFault({ match: { customerCode: 'C000154' }, times: 'always', answer: { status: 500 } });
	const accounts = accountsOf(await read(codes), 30);
	for (const [item, { data, message }] of accounts.entries()) {
		if (item % 3 === 0) expect(data.length).toBeGreaterThan(5);
		else expect(message).toMatch(item % 3 === 1 ? /HTTP 500/ : /Customer not found/);
	}
	expect(sent().map(codeOf).sort()).toEqual(['C000055', 'C000154', 'NOBODY']);
});

describe('how long', () => {
	let waiting: Skipped;
	beforeEach(() => void (waiting = skipWaiting()));
	afterEach(() => waiting.restore());

	const slept = (): number => sumOf(waiting.slept) / 1000;
	const meet = async (answer: Answer, times = 1) => {
		world.sandbox.addFault({ match: { operationId }, times, answer });
		const result = await read(['C000055']);
		return { ...result, message: accountsOf(result, 1)[0]?.message };
	};
	const told = (status: number, retryAfter: string): Answer => ({ status, headers: { 'retry-after': retryAfter } });
	/** By the clock that the node sees. */
	const date = (seconds: number): string => new Date(clock.now() + seconds * 1000).toUTCString();

	test.each<[string, () => Answer, number]>([
		['seconds', () => told(429, '7'), 7],
		['a date', () => told(429, date(30)), 30],
		['an hour', () => told(429, '3600'), 120],
		['a date of tomorrow', () => told(429, date(86_400)), 120],
		['seconds, with 503', () => told(503, '9'), 9],
		['an hour, with 503', () => told(503, '3600'), 120],
		['nothing', () => ({ kind: 'rateLimited', retryAfter: 'none' }), 0.375],
	])('the wait is what Retry-After says, two minutes at most: %s', async (_, answer, expected) => {
		const { message, hints } = await meet(answer());
		expect(message).toBeUndefined();
		expect(slept()).toBe(expected);
		const seconds = Math.max(1, expected);
		const limited = `The run waited ${seconds} s because GoFive's rate limit asked for it. Nothing was lost.`;
		const other = `1 request had to be sent again because of passing trouble at GoFive or on the way there; the longest wait was ${seconds} s.`;
		expect(hints.map(({ message: hint }) => hint)).toEqual([sent()[0]?.status === 429 ? limited : other]);
	});

	test.each([[10, 10, true], [11, 11, false], [500, 11, false]])('429 %i times, each asking for a minute', async (times, refusals, recovers) => {
		const { message } = await meet({ kind: 'rateLimited', seconds: 60 }, times);
		expect(message === undefined).toBe(recovers);
		expect(sent().filter(({ status }) => status === 429)).toHaveLength(refusals);
	});

	test('five attempts for anything else, each wait longer than the one before', async () => {
		const { message } = await meet({ status: 504 }, 500);
		expect(message).toMatch(/\(HTTP 504, tried 5 times\)/);
		expect(sent()).toHaveLength(5);
		expect(slept()).toBe(0.75 * (0.5 + 1 + 2 + 4));
	});
});
