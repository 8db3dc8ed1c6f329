import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Answer } from '../../sandbox/index.mts';
import { accountsOf, expectNoSecret, expectNoSecretIn } from './accounts.cts';
import { CredentialStore, loadOptions, testCredential } from './harness.cts';
import { sumOf, worldWithoutWaiting } from './world.cts';

let codes: string[];
const world = worldWithoutWaiting(({ sandbox }) => {
	codes = sandbox.store.seedCustomers(40, 1, 'T');
});

const tokenCalls = (): number => world.sent('createToken').length;
const EVENT = { eventName: '={{ $json.code }}', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const OPERATIONS = { getByCustomerCode: {}, create: EVENT };

interface Stored {
	credentialStore?: CredentialStore;
	credential?: ICredentialDataDecryptedObject;
}

async function run(operation: keyof typeof OPERATIONS, stored: Stored = {}, width = 8) {
	const options = operation === 'create' ? {} : { maxParallelRequests: width };
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', options, ...OPERATIONS[operation] };
	const result = await world.run(operation, parameters, { items: codes.map((code) => ({ code })), onError: 'continueRegularOutput', ...stored });
	expectNoSecretIn(world, result);
	return accountsOf(result, codes.length);
}

const expectAll = (accounts: Awaited<ReturnType<typeof run>>): void => expect(accounts.map(({ data }) => data.length)).toEqual(codes.map(() => 1));

/** What a later run in another process finds: only what n8n has stored. */
function fromDisk(store: CredentialStore): CredentialStore {
	const copy = new CredentialStore();
	copy.seed('credential-1', store.read('credential-1'));
	return copy;
}

describe.each(['getByCustomerCode', 'create'] as const)('%s', (operation) => {
	test('in a scheduled run of a fresh process: the stored token serves; one that has expired is renewed once and stored', async () => {
		const first = new CredentialStore();
		expectAll(await run(operation, { credentialStore: first, credential: world.credential }));
		const second = fromDisk(first);
		expectAll(await run(operation, { credentialStore: second }));
		expect([tokenCalls(), second.writes]).toEqual([1, 0]);

		world.sandbox.expireTokens();
		const third = fromDisk(second);
		expectAll(await run(operation, { credentialStore: third }));
		expect([tokenCalls(), third.writes]).toEqual([2, 1]);
		expectAll(await run(operation, { credentialStore: fromDisk(third) }));
		expect(tokenCalls()).toBe(2);
		if (operation === 'create') expect(world.sandbox.store.customers.get(codes[0] ?? '')?.events).toHaveLength(5);
	});

	test('all tokens refused in the middle of a run, with many requests under way: one token call', async () => {
		world.sandbox.set({ delayMs: 20 });
		const timer = setInterval(() => {
			if (world.sandbox.requests.length < 15) return;
			world.sandbox.expireTokens();
			clearInterval(timer);
		}, 1);
		expectAll(await run(operation, {}, 16));
		clearInterval(timer);
		expect(tokenCalls()).toBe(2);
	});

	test('a key that is withdrawn in the middle of a run is not taken for an expired token', async () => {
		world.sandbox.addFault({ match: { method: operation === 'create' ? 'POST' : 'GET', path: operation === 'create' ? '/v1/customerEvent' : '/v1/customerEvent/filter' }, skip: 10, times: 'always', answer: { kind: 'unauthorized', because: 'invalidKey' } });
		const accounts = await run(operation);
		const served = accounts.filter(({ data }) => data.length > 0);
		expect(served).toHaveLength(10);
		// Reads go side by side, so the first ten to come need not be those of the first ten items.
		if (operation === 'create') expect(accounts.slice(0, 10)).toEqual(served);
		for (const { message } of accounts.filter((account) => !served.includes(account))) expect(message).toMatch(/^GoFive does not accept the subscription key\. /);
		expect(tokenCalls()).toBe(1);
		// What was under way then, and no more.
		expect(world.sandbox.requests.length - 1).toBeLessThanOrEqual(10 + (operation === 'create' ? 1 : 8));
	});

	test('no status but 401 causes a token call', async () => {
		for (const status of [400, 403, 404, 407, 500]) world.sandbox.addFault({ match: { customerCode: codes[status % 40] }, answer: { status, body: { message: 'Access token is missing or invalid.' } } });
		await run(operation);
		expect(tokenCalls()).toBe(1);
	});
});

describe('where GoFive lets a token die when it issues a newer one', () => {
	beforeEach(() => world.sandbox.set({ newTokenEndsOlder: true }));

	test.each(['none is stored', 'the stored one has expired'])('two runs that fetch one at the same moment, since %s, both succeed', async (why) => {
		const credentialStore = new CredentialStore();
		credentialStore.seed('credential-1', world.credential);
		if (why !== 'none is stored') expectAll(await run('getByCustomerCode', { credentialStore }));
		world.sandbox.expireTokens();
		const hold = world.sandbox.hold('createToken');
		const both = Promise.all([run('create', { credentialStore }), run('create', { credentialStore })]);
		await hold.until(2, both);
		hold.end();
		for (const accounts of await both) expectAll(accounts);
		expect(world.sandbox.store.customers.get(codes[0] ?? '')?.events).toHaveLength(3);
	});

	test('a client that GoFive does not let in is told so after one pause in a run', async () => {
		world.sandbox.addFault({ match: { path: '/v1/customerEvent/filter' }, times: 'always', answer: { kind: 'unauthorized', because: 'token' } });
		for (const { message } of await run('getByCustomerCode')) expect(message).toMatch(/^GoFive does not accept the access token that it has just issued/);
		expect(sumOf(world.slept())).toBeGreaterThan(0);
		expect(sumOf(world.slept())).toBeLessThanOrEqual(1000);
		expect(tokenCalls()).toBe(2);
	});
});

/** Answers to the token call: whether a run gets over one of them, and what a person reads when there is no other. */
const TOKEN_FAULTS: Array<[name: string, answer: Answer, passes: boolean, text: RegExp]> = [
	['400', { status: 400, body: { error: 'invalid_client' } }, false, /^GoFive does not accept the client ID or the client secret/],
	['401', { status: 401, body: { error: 'invalid_client' } }, false, /^GoFive does not accept the client ID or the client secret/],
	['401: wrong key', { kind: 'unauthorized', because: 'invalidKey' }, false, /^GoFive does not accept the subscription key/],
	['401: no key', { kind: 'unauthorized', because: 'missingKey' }, false, /^GoFive received no subscription key/],
	['403: quota', { kind: 'quota' }, false, /^The call quota/],
	['404', { status: 404 }, false, /^GoFive has no sign-in at this address \(HTTP 404\)/],
	['429', { kind: 'rateLimited', seconds: 100 }, true, /^GoFive keeps refusing the request because of its rate limit/],
	['429 without Retry-After', { kind: 'rateLimited', retryAfter: 'none' }, true, /^GoFive keeps refusing the request because of its rate limit/],
	['500', { status: 500 }, true, /^GoFive could not handle the request \(HTTP 500/],
	['503', { status: 503 }, true, /^GoFive could not handle the request \(HTTP 503/],
	['reset', { kind: 'resetBefore' }, true, /^The connection to GoFive was cut off/],
	['reset, carried out', { kind: 'resetAfter' }, true, /^The connection to GoFive was cut off/],
	['cut body', { kind: 'cutBody' }, true, /cut off/],
	['cut gzip', { kind: 'cutGzip' }, true, /cut off/],
	['a page', { kind: 'html' }, false, /^GoFive answered the request for a token without a token/],
	['nothing', { kind: 'empty' }, false, /^GoFive answered the request for a token without a token/],
	['no token', { status: 200, body: { token_type: 'Bearer', expires_in: 3600 } }, false, /^GoFive answered the request for a token without a token/],
	['null', { status: 200, body: null }, false, /^GoFive answered the request for a token without a token/],
	['a token of the wrong type', { status: 200, body: { access_token: { a: 1 } } }, false, /^GoFive answered the request for a token without a token/],
	['redirect', { kind: 'redirect' }, false, /^GoFive redirected the request to elsewhere\.invalid/],
];

describe.each(TOKEN_FAULTS)('the token call meets %s', (_, answer, passes, text) => {
	const meet = (times: number | 'always') => world.sandbox.addFault({ match: { operationId: 'createToken' }, times, answer });

	test.each(['getByCustomerCode', 'create'] as const)('once, then always: %s recovers where that helps, else every item says why', async (operation) => {
		codes = codes.slice(0, 3);
		meet(1);
		const accounts = await run(operation);
		if (passes) expectAll(accounts);
		else for (const { message } of accounts) expect(message).toMatch(text);
		expect(tokenCalls()).toBe(passes ? 2 : 1);

		meet('always');
		for (const { data, message } of await run(operation)) {
			expect(data).toEqual([]);
			expect(message).toMatch(text);
			expect(message).not.toContain('carried it out');
		}
	});

	test('always: lists and the test of the credential say why', async () => {
		meet('always');
		await expect(loadOptions('getEventTypes', { credential: world.credential })).rejects.toThrow(text);
		const { status, message, logs } = await testCredential(world.credential);
		expect(status).toBe('Error');
		expect(message).toMatch(text);
		expectNoSecret(world, message, logs);
	});
});

test('when n8n fetches a token in the middle of a run and that does not work, every later item says why', async () => {
	world.sandbox.set({ tokenLifetimeRequests: 10 });
	world.sandbox.addFault({ match: { operationId: 'createToken' }, skip: 1, times: 'always', answer: { status: 400, body: { error: 'invalid_client' } } });
	for (const operation of ['getByCustomerCode', 'create'] as const) {
		world.sandbox.requests.length = 0;
		const accounts = await run(operation, { credential: { ...world.credential, sessionToken: '' } });
		const told = accounts.filter(({ message }) => message !== undefined);
		for (const { message } of told) expect(message).toMatch(/^GoFive does not accept the client ID or the client secret/);
		expect(told.length).toBe(operation === 'create' ? 40 : 30);
	}
});
