import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import type { Answer, Hold, ReceivedRequest } from '../../sandbox/index.mts';
import { accountsOf } from './accounts.cts';
import { CredentialStore } from './harness.cts';
import { until } from '../until.cts';
import { clock, holdTime, skipWaiting, sumOf, openWorld, type HeldTime, type Skipped } from './world.cts';

const world = openWorld();

const operationId = 'getCustomerEvents';
const sent = (): ReceivedRequest[] => world.sent(operationId);
const most = (requests: ReceivedRequest[]): number => Math.max(...requests.map(({ inFlight }) => inFlight));
const codeOf = ({ query }: ReceivedRequest): string | null => new URLSearchParams(query).get('customerCode');

async function read(codes: string[], options: IDataObject = {}, more: object = {}) {
	const parameters = { customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw', options };
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
	timeIsHeld();
	const WIDTHS = [16, 32, 64, 96, 128];

	/** Expects those widths one after the other, each as soon as all of the one before are answered. */
	async function expectWidths(hold: Hold, widths: number[]): Promise<void> {
		for (const width of widths) {
			await expectUnderWay(hold, width);
			hold.release(width);
		}
		hold.end();
	}

	test.each([1, 2, 16, 50, 128])('the first alone, then sixteen, twice as many up to 64, and from there on half as many more for as long as that helps, never more than %i', async (maxParallelRequests) => {
		const codes = world.sandbox.store.seedCustomers(450, 1);
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes, { maxParallelRequests });
		await expectWidths(hold, [1, ...WIDTHS.map((width) => Math.min(width, maxParallelRequests))]);
		expectAll(await reading, codes);
		expect(most(sent())).toBe(maxParallelRequests);
	});

	test('128 unless told otherwise', async () => {
		const codes = world.sandbox.store.seedCustomers(450, 1);
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes);
		await expectWidths(hold, [1, ...WIDTHS]);
		expectAll(await reading, codes);
		expect(most(sent())).toBe(128);
	});

	test('sixteen at once where a token is stored; one that has expired is renewed once', async () => {
		const codes = world.sandbox.store.seedCustomers(450, 1);
		const credentialStore = new CredentialStore();
		await read(codes.slice(0, 1), {}, { credential: world.credential, credentialStore });
		for (const tokenCalls of [1, 2]) {
			const hold = world.sandbox.hold(operationId);
			const reading = read(codes, {}, { credentialStore });
			await expectUnderWay(hold, 16);
			hold.end();
			expectAll(await reading, codes);
			expect(world.sent('createToken')).toHaveLength(tokenCalls);
			world.sandbox.expireTokens();
		}
	});

	test('sixteen at once with a pasted token', async () => {
		const codes = world.sandbox.store.seedCustomers(40, 1);
		const credential = { ...world.credential, authentication: 'accessToken', accessToken: SANDBOX_SIGN_IN.accessToken };
		const hold = world.sandbox.hold(operationId);
		const reading = read(codes, {}, { credential });
		await expectUnderWay(hold, 16);
		hold.end();
		expectAll(await reading, codes);
	});

	test('a GoFive that works on 24 requests at a time is kept busy, and few wait there', async () => {
		const codes = world.sandbox.store.seedCustomers(720, 1);
		const hold = world.sandbox.hold(operationId);
		let finished = false;
		const reading = read(codes).finally(() => (finished = true));
		const underWay: number[] = [];
		for (;;) {
			for (let before = -1; before !== hold.waiting; ) {
				before = hold.waiting;
				await world.settle();
			}
			if (finished) break;
			underWay.push(hold.waiting);
			time.pass(50);
			hold.release(24);
		}
		expectAll(await reading, codes);
		expect(underWay.length).toBeLessThanOrEqual((1.15 * codes.length) / 24);
		expect(sumOf(underWay) / underWay.length).toBeLessThanOrEqual(56);
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
		const reading = read(codes, { maxParallelRequests: 16 });
		await hold.until(1);
		for (let answered = 0; answered < 25; answered++) {
			hold.release(1);
			await hold.until(16);
		}
		hold.release(4);
		await time.asleep;
		await expectUnderWay(hold, 12);
		hold.release(12);
		await expectUnderWay(hold, 0);
		time.letGo();
		await expectUnderWay(hold, 8);
		expect(sumOf(time.slept)).toBe(1000);

		const refused = sent().filter(({ status }) => status === 429);
		expect(refused).toHaveLength(4);
		expect(sent().slice(-8).map(codeOf)).toEqual(expect.arrayContaining(refused.map(codeOf)));
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
		expect(error).toMatchObject({ message: "GoFive could not find what was asked for (HTTP 404), for customer code 'BULK0004'", context: { itemIndex: 3 } });
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
		const other = `1 request had to be sent again because of a short interruption at GoFive or in the network; the longest wait was ${seconds} s.`;
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
