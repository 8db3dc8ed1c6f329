import dns from 'node:dns';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { SANDBOX_SIGN_IN, startSandbox } from '../../sandbox/index.mts';
import { accountsOf, expectNoSecret, expectNoSecretIn } from './accounts.cts';
import { CredentialStore, loadOptions, testCredential } from './harness.cts';
import { selfSigned } from './harness/selfSigned.cts';
import { listening } from '../until.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const { accessToken } = SANDBOX_SIGN_IN;
const EVENT = { eventName: '={{ $json.code }}', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const OPERATIONS: Record<string, object> = { getByCustomerCode: {}, create: EVENT, update: { ...EVENT, eventId: '1' } };
const CODES = ['C000055', 'C000154', 'C000349'];

/** Both ways to sign in: the token call meets the network first, or the request itself. */
const signIns = (baseUrl: string) => ({
	'client credentials': { ...world.credential, baseUrl },
	'access token': { ...world.credential, baseUrl, authentication: 'accessToken', accessToken },
});
type SignIn = keyof ReturnType<typeof signIns>;

async function run(operation: string, signIn: SignIn, baseUrl: string) {
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', ...OPERATIONS[operation] };
	const items = CODES.map((code) => ({ code }));
	const result = await world.run(operation, parameters, { items, credential: signIns(baseUrl)[signIn], onError: 'continueRegularOutput' });
	expectNoSecretIn(world, result);
	return accountsOf(result, CODES.length);
}

/** Nobody listens there, and nothing that runs beside the test gets this port by chance. */
const NOBODY = 'http://127.0.0.1:1';

/** Hosts below .invalid are never found, or fail as told; the network is not asked. */
function hostsNotFound(code: string, syscall = 'getaddrinfo') {
	const { lookup } = dns;
	return jest.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
		const notFound = Object.assign(new Error(`${syscall} ${code} ${host}`), { code, syscall });
		if (host.endsWith('.invalid')) process.nextTick(rest.at(-1) as (error: Error) => void, notFound);
		else Reflect.apply(lookup, dns, [host, ...rest]);
	}));
}

const WAYS = Object.keys(OPERATIONS).flatMap((operation) =>
	(['client credentials', 'access token'] as const).map((signIn) => [operation, signIn] as const),
);

describe('the test of the credential says in words what to check', () => {
	const NOT_FOUND = /^The address of GoFive was not found\. Check 'Base URL' .* internet access of n8n\.$/;
	const NO_CONNECTION = /^n8n could not connect to GoFive\. Check 'Base URL' .* firewall or proxy/;

	test.each(['client credentials', 'access token'] as const)('%s', async (signIn) => {
		const lookup = hostsNotFound('ENOTFOUND');
		const unknown = await testCredential(signIns('https://gofive.invalid')[signIn]);
		lookup.mockRestore();
		expect(unknown).toMatchObject({ status: 'Error', message: expect.stringMatching(NOT_FOUND) });
		expect(await testCredential(signIns(NOBODY)[signIn])).toMatchObject({ status: 'Error', message: expect.stringMatching(NO_CONNECTION) });
	});

	test.each(['client credentials', 'access token'] as const)('%s, with a token stored while all was well', async (signIn) => {
		const there = await startSandbox();
		const credentialStore = new CredentialStore();
		const credential = signIns(there.url)['client credentials'];
		expect((await world.run('getTypes', {}, { credential, credentialStore })).error).toBeUndefined();
		const { sessionToken = '' } = credentialStore.read('credential-1');
		expect(sessionToken).not.toBe('');
		await there.close();
		const stored = { ...signIns(there.url)[signIn], sessionToken };
		expect(await testCredential(stored)).toMatchObject({ status: 'Error', message: expect.stringMatching(NO_CONNECTION) });
	});
});

describe('no connection comes about', () => {
	test.each(WAYS)('refused: %s with %s', async (operation, signIn) => {
		const accounts = await run(operation, signIn, NOBODY);
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^n8n could not connect to GoFive\. /) })));
		expect(accounts[0]?.message).not.toContain('carried it out');
	});

	test.each(WAYS)('refused at first: %s with %s goes again, writes too', async (operation, signIn) => {
		// The sandbox listens on 127.0.0.1 only: at its port of ::1 it is as if it had not started yet.
		let refusals = 0;
		const { lookup } = dns;
		const leads = jest.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
			const started = world.slept().length > 0;
			if (!started) refusals += 1;
			Reflect.apply(lookup, dns, [host !== 'localhost' ? host : started ? '127.0.0.1' : '::1', ...rest]);
		}));
		const accounts = await run(operation, signIn, world.sandbox.url.replace('127.0.0.1', 'localhost'));
		leads.mockRestore();
		expect(refusals).toBeGreaterThan(0);
		expect(accounts.map(({ message }) => message)).toEqual([undefined, undefined, undefined]);
		const names = world.sandbox.requests.filter(({ operationId }) => operationId?.endsWith('CustomerEvent')).map(({ body }) => (JSON.parse(body) as { eventName: string }).eventName);
		expect(names).toEqual(operation === 'getByCustomerCode' ? [] : CODES);
	});

	test.each(WAYS.flatMap((way) => ['ENOTFOUND', 'EAI_AGAIN'].map((code) => [...way, code] as const)))('host not found: %s with %s, %s', async (operation, signIn, code) => {
		const lookup = hostsNotFound(code);
		const accounts = await run(operation, signIn, 'https://gofive.invalid');
		lookup.mockRestore();
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^The address of GoFive was not found\. /) })));
	});

	test.each(['ssl-gateway', 'cancelled', 'certificate', 'tls.err_canceled'])('host %s.invalid not found: its name says nothing about the cause', async (name) => {
		const lookup = hostsNotFound('ENOTFOUND');
		const accounts = await run('create', 'client credentials', `https://${name}.invalid`);
		lookup.mockRestore();
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^The address of GoFive was not found\. .*internet access of n8n\.$/) })));
	});

	test.each(WAYS)("the system's own limit for connecting has passed: %s with %s", async (operation, signIn) => {
		const lookup = hostsNotFound('ETIMEDOUT', 'connect');
		const accounts = await run(operation, signIn, 'https://gofive.invalid');
		lookup.mockRestore();
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^n8n could not connect to GoFive\. .*GoFive\.$/) })));
		expect(world.slept().length).toBeGreaterThanOrEqual(4);
	});

	test.each(WAYS)('cut in the TLS handshake: %s with %s goes again, and nothing was carried out', async (operation, signIn) => {
		let connections = 0;
		const server = createTcpServer((socket) => {
			connections += 1;
			socket.once('data', () => socket.end()).on('error', () => undefined);
		});
		const accounts = await run(operation, signIn, `https://127.0.0.1:${await listening(server)}`);
		server.close();
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^The secure connection to GoFive did not work\. .*GoFive\.$/) })));
		expect(connections).toBe(CODES.length * 5);
	});

	test('lists and the test of the credential say so too', async () => {
		const lookup = hostsNotFound('ENOTFOUND');
		const credential = signIns('https://gofive.invalid')['client credentials'];
		await expect(loadOptions('getEventTypes', { credential })).rejects.toThrow('The address of GoFive was not found');
		const tested = await testCredential(credential);
		lookup.mockRestore();
		expect(tested).toMatchObject({ status: 'Error', message: expect.stringContaining('The address of GoFive was not found') });
		expectNoSecret(world, tested.message, tested.logs);
	});
});

describe('a server whose certificate nobody trusts', () => {
	let received = 0;
	const server = createServer(selfSigned(), (_request, response) => {
		received += 1;
		response.end('{"status":{"code":"1000"},"data":[]}');
	});
	let baseUrl: string;
	beforeAll(async () => {
		baseUrl = `https://localhost:${await listening(server)}`;
	});
	afterAll(() => void server.close());

	test.each(WAYS)('gets nothing: %s with %s', async (operation, signIn) => {
		const accounts = await run(operation, signIn, baseUrl);
		expect(accounts).toEqual(CODES.map((): unknown => ({ data: [], message: expect.stringMatching(/^The security certificate of the server is not valid/) })));
		expect([received, world.slept()]).toEqual([0, []]);
	});

	test('gets nothing from lists and from the test of the credential', async () => {
		const credential = signIns(baseUrl)['client credentials'];
		await expect(loadOptions('getEventTypes', { credential })).rejects.toThrow('The security certificate of the server is not valid');
		expect(await testCredential(credential)).toMatchObject({ status: 'Error', message: expect.stringContaining('The security certificate of the server is not valid') });
		expect(received).toBe(0);
	});
});

test('a server that speaks no TLS', async () => {
	const [first] = await run('getByCustomerCode', 'access token', world.sandbox.url.replace('http:', 'https:'));
	expect(first?.message).toMatch(/^The secure connection to GoFive did not work/);
});
