import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import type { Answer } from '../../sandbox/index.mts';
import { accountsOf, expectNoSecretIn } from './accounts.cts';
import { isFirstMajor } from './harness.cts';
import { selfSigned } from './harness/selfSigned.cts';
import { whenHanging } from './sockets.cts';
import { listening, until } from '../until.cts';
import { holdTime, sumOf, worldWithoutWaiting } from './world.cts';

let codes: string[];
const world = worldWithoutWaiting(({ sandbox }) => {
	codes = sandbox.store.seedCustomers(40, 1, 'M');
});
const operationId = 'getCustomerEvents';

async function read(options: IDataObject = { maxParallelRequests: 16 }, more: object = {}) {
	const parameters = { customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw', options };
	const items = codes.map((code) => ({ code }));
	const result = await world.run('getByCustomerCode', parameters, { items, onError: 'continueRegularOutput', ...more });
	expectNoSecretIn(world, result);
	return result;
}

const EVENT = { customerCode: 'C000055', eventName: '={{ $json.name }}', eventType: 1, eventDate: '2025-02-01', output: 'raw' };
const NAMES = ['a', 'b', 'c'];
async function create(more: object = {}) {
	return await world.run('create', EVENT, { items: NAMES.map((name) => ({ name })), onError: 'continueRegularOutput', ...more });
}

const lost = (result: Awaited<ReturnType<typeof read>>) =>
	accountsOf(result, codes.length).flatMap(({ message }, item) => (message === undefined ? [] : [{ item, message }]));
const tokenCalls = (): number => world.sent('createToken').length;

/** Lets every token expire once so many requests for events have come. */
function expireAfter(requests: number): () => void {
	const timer = setInterval(() => {
		if (world.sent(operationId).length < requests) return;
		world.sandbox.expireTokens();
		clearInterval(timer);
	}, 1);
	return () => clearInterval(timer);
}

describe('the token expires in the middle of a run, with many requests under way', () => {
	test.each<[string, Answer, number]>([
		['429', { kind: 'rateLimited', seconds: 2 }, 3],
		['429', { kind: 'rateLimited', seconds: 2 }, 8],
		['503', { status: 503 }, 4],
		['500', { status: 500 }, 2],
		['a reset', { kind: 'resetBefore' }, 4],
	])('and the call for a new one meets %s: everybody waits, nothing is lost, one call at a time', async (_, answer, times) => {
		world.sandbox.set({ delayMs: 20 });
		world.sandbox.addFault({ match: { operationId: 'createToken' }, skip: 1, times, answer });
		const stop = expireAfter(20);
		const result = await read();
		stop();
		expect(lost(result)).toEqual([]);
		expect(tokenCalls()).toBe(2 + times);
	});

	test.each([1, 3, 6, 15])('and again after every %i requests: nothing is lost', async (tokenLifetimeRequests) => {
		world.sandbox.set({ tokenLifetimeRequests, delayMs: 5 });
		expect(lost(await read({ maxParallelRequests: 32 }))).toEqual([]);
		// Once per death, and once more for those that the next one finds under way.
		expect(tokenCalls()).toBeLessThanOrEqual(2 + Math.ceil(world.sent(operationId).length / tokenLifetimeRequests));
	});
});

describe('GoFive answers 401 for some customers and not for others', () => {
	test.each([[[0]], [[20]], [[3, 4, 5, 6]], [[0, 1, 2]]])('items %j have a message, all others their data', async (items) => {
		for (const item of items) world.sandbox.addFault({ match: { customerCode: codes[item] }, times: 'always', answer: { kind: 'unauthorized', because: 'token' } });
		const told = lost(await read());
		expect(told.map(({ item }) => item)).toEqual(items);
		for (const { message } of told) expect(message).toMatch(/^GoFive does not (?:accept the access token that it has just issued|permit this request)\. /);
		expect(tokenCalls()).toBeLessThanOrEqual(1 + items.length);
	});

	test('where it is so for all, the run ends soon, and asks for one new token only', async () => {
		world.sandbox.addFault({ match: { operationId }, times: 'always', answer: { kind: 'unauthorized', because: 'token' } });
		expect(lost(await read())).toHaveLength(40);
		expect(world.sent(operationId).length).toBeLessThanOrEqual(2 + 10 + 8);
		expect(tokenCalls()).toBe(2);
	});
});

describe('the execution is cancelled', () => {
	const hanging = async (): Promise<void> => await until(() => world.sandbox.requests.at(-1)?.fault === 'hang');

	test('while a write is under way: that one may have been carried out, and says so', async () => {
		world.sandbox.addFault({ match: { operationId: 'createCustomerEvent' }, skip: 1, answer: { kind: 'hang', acts: true } });
		const { runDataText, status } = await create({ cancelWhen: hanging() });
		expect(status).toBe('canceled');
		await world.settle();
		expect(world.sent('createCustomerEvent')).toHaveLength(2);
		expect(runDataText).toContain('The execution was stopped while this item was under way');
		expect(runDataText).toContain('GoFive may have carried it out all the same');
	});

	test.each(['getByCustomerCode', 'create'])('while the call for a token hangs: %s ends within a second', async (operation) => {
		world.sandbox.addFault({ match: { operationId: 'createToken' }, answer: { kind: 'hang' } });
		const time = holdTime();
		const cancelWhen = hanging();
		const running = operation === 'create' ? create({ cancelWhen }) : read({}, { cancelWhen });
		await cancelWhen;
		time.letGo();
		expect((await running).status).toBe('canceled');
		expect(sumOf([...time.slept, ...time.watched])).toBeLessThanOrEqual(1000);
		await world.settle();
		expect(world.sandbox.requests.filter(({ operationId: sent }) => sent !== 'createToken')).toEqual([]);
	});
});

describe('a connection that breaks once GoFive has the write', () => {
	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE'])('with %s: it is not sent again, and may have been carried out', async (code) => {
		world.sandbox.addFault({ match: { operationId: 'createCustomerEvent' }, skip: 1, answer: { kind: 'hang', acts: true } });
		const broken = Object.assign(new Error(`read ${code}`), { code, syscall: 'read', errno: -113 });
		const undo = whenHanging(world.sandbox, (connection) => connection.destroy(broken));
		const accounts = accountsOf(await create(), 3);
		undo();
		expect(accounts.map(({ data }) => data.length)).toEqual([1, 0, 1]);
		expect(accounts[1]?.message).toMatch(/^The connection to GoFive was cut off, for customer code 'C000055'\. GoFive may have carried it out all the same/);
		expect(world.sent('createCustomerEvent')).toHaveLength(3);
	});
});

describe('TLS that breaks once GoFive has the write', () => {
	let received = 0;
	let port = 0;
	const raw: Socket[] = [];
	const server = createSecureServer(selfSigned(), () => {
		received += 1;
		// As a middlebox does that answers in the open.
		raw.at(-1)?.write('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	server.on('connection', (socket: Socket) => raw.push(socket));
	beforeAll(async () => {
		port = await listening(server);
		const { connect } = tls;
		const trusting = (options: tls.ConnectionOptions): tls.TLSSocket => connect({ ...options, rejectUnauthorized: false });
		jest.spyOn(tls, 'connect').mockImplementation(trusting as typeof tls.connect);
	});
	afterAll(() => {
		jest.restoreAllMocks();
		server.close();
	});

	test('it is not sent again, may have been carried out, and no certificate is blamed', async () => {
		const { accessToken, subscriptionApiKey } = SANDBOX_SIGN_IN;
		const baseUrl = `https://localhost:${port}`;
		const result = await create({ items: [{ name: 'a' }], credential: { authentication: 'accessToken', accessToken, subscriptionApiKey, baseUrl } });
		const [account] = accountsOf(result, 1);
		expect(account?.message).toMatch(/^The secure connection to GoFive did not work, for customer code 'C000055'\. GoFive may have carried it out all the same/);
		expect(received).toBe(1);
	});
});

describe('how often', () => {
	test('refusals by the rate limit do not count among the five attempts of everything else', async () => {
		codes = codes.slice(0, 1);
		world.sandbox.addFault({ match: { operationId }, times: 5, answer: { kind: 'rateLimited', seconds: 1 } });
		world.sandbox.addFault({ match: { operationId }, times: 4, answer: { status: 503 } });
		expect(lost(await read())).toEqual([]);
		expect(world.sent(operationId)).toHaveLength(10);
	});

	test('the request that renews the token obeys Retry-After like any other', async () => {
		codes = codes.slice(0, 1);
		// A 401, the request that renews (401, token, then 429), and whatever n8n 1.x needs to read the header.
		world.sandbox.addFault({ match: { operationId }, times: 2, answer: { kind: 'unauthorized', because: 'token' } });
		world.sandbox.addFault({ match: { operationId }, times: isFirstMajor() ? 2 : 1, answer: { kind: 'rateLimited', seconds: 60 } });
		expect(lost(await read())).toEqual([]);
		expect(sumOf(world.slept())).toBe(60_000);
	});
});

describe('what the run tells of its waits', () => {
	const hints = async () => (await read()).hints.map(({ message }) => message);

	test('that nothing was lost only where nothing was', async () => {
		codes = codes.slice(0, 2);
		world.sandbox.addFault({ match: { operationId }, times: 'always', answer: { kind: 'rateLimited', seconds: 100 } });
		const told = await hints();
		expect(told).toEqual([
			expect.stringMatching(/^The run waited \d+ s because GoFive's rate limit asked for it\.$/),
			"2 of 2 items failed: M0001, M0002. Their messages are in the column 'error'.",
		]);
	});

	test('also what was sent again after other trouble, and how long the longest waited', async () => {
		codes = codes.slice(0, 3);
		world.sandbox.addFault({ match: { customerCode: codes[1] }, times: 3, answer: { status: 503, headers: { 'retry-after': '90' } } });
		expect(await hints()).toEqual(['1 request had to be sent again because of a short interruption at GoFive or in the network; the longest wait was 270 s.']);
	});
});

describe('where On Error stops the node', () => {
	test('nothing waits any more once an item has failed', async () => {
		codes = codes.slice(0, 12);
		world.sandbox.addFault({ match: { customerCode: codes[1] }, times: 'always', answer: { status: 503, headers: { 'retry-after': '100' } } });
		world.sandbox.addFault({ match: { customerCode: codes[9] }, times: 'always', answer: { status: 404 } });
		const time = holdTime();
		const reading = read({ maxParallelRequests: 8 }, { onError: 'stopWorkflow' });
		await time.asleep;
		await until(() => world.sent(operationId).some(({ status }) => status === 404));
		await world.settle();
		time.letGo();
		const { error } = await reading;
		expect(sumOf(time.slept)).toBeLessThanOrEqual(1000);
		expect(error).toMatchObject({ message: "GoFive could not find what was asked for (HTTP 404), for customer code 'M0010'", context: { itemIndex: 9 } });
	});
});

test.each(['subscriptionApiKey', 'clientSecret', 'accessToken'] as const)('%s does not come out where GoFive repeats it', async (field) => {
	codes = codes.slice(0, 2);
	const [first, second] = codes;
	const secret = SANDBOX_SIGN_IN[field];
	world.sandbox.addFault({ match: { customerCode: first }, answer: { status: 403, body: { message: `Not for ${secret}` } } });
	world.sandbox.addFault({ match: { customerCode: second }, answer: { status: 200, body: { status: { code: '4001', description: `Unknown: ${secret}` }, data: null } } });
	const pasted = { ...world.credential, authentication: 'accessToken', accessToken: SANDBOX_SIGN_IN.accessToken };
	const told = lost(await read({}, { credential: field === 'accessToken' ? pasted : world.credential }));
	expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('It said: "Not for ***". '), expect.stringContaining("GoFive answered: Unknown: *** (code 4001), for customer code 'M0002'. ")]);
});
