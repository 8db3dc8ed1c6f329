import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { messages } from '../../../nodes/GoFive/api/messages';
import { startSandbox } from '../../../sandbox/index.mts';
import {
	collectItemResults,
	expectAllItemsFail,
	expectFailedCredentialTest,
	expectNoSecretInResult,
	MAY_BE_DONE,
} from '../resultAssertions.cts';
import { CredentialStore } from '../harness.cts';
import { createSelfSignedCertificate } from '../harness/selfSignedCertificate.cts';
import { mockLookupFailure } from '../mockLookupFailure.cts';
import { startsWith } from '../../support/expectedMessages.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const EVENT = { eventName: '={{ $json.code }}', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const OPERATIONS: Record<string, object> = { getByCustomerCode: {}, create: EVENT };
const CODES = ['C000055', 'C000154', 'C000349'];

/** Builds a credential for each way to authenticate: the first request is a token request or the operation. */
const buildCredentials = (baseUrl: string) => ({
	'client credentials': { ...fixture.credential, baseUrl },
	'access token': { ...fixture.accessTokenCredential, baseUrl },
});
type AuthenticationMode = keyof ReturnType<typeof buildCredentials>;

async function runOperation(operation: string, authenticationMode: AuthenticationMode, baseUrl: string) {
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', ...OPERATIONS[operation] };
	const items = CODES.map((code) => ({ code }));
	const result = await fixture.runOperation(operation, parameters, {
		items,
		credential: buildCredentials(baseUrl)[authenticationMode],
		onError: 'continueRegularOutput',
	});
	expectNoSecretInResult(fixture, result);
	return collectItemResults(result, CODES.length);
}

/** Address on which nothing listens. No other process gets a privileged port by chance. */
const UNUSED_URL = 'http://127.0.0.1:1';

afterEach(() => jest.restoreAllMocks());

/** The first request is a token request, or a write. Which requests are sent again is in unit/responseTests.cts. */
const OPERATIONS_BY_AUTHENTICATION = [
	['getByCustomerCode', 'client credentials'],
	['create', 'access token'],
] as const;

describe('credential test names what to check', () => {
	const NOT_FOUND =
		/^n8n could not find the address in 'Base URL'\. Check the spelling of 'Base URL' .* internet connection of n8n\.$/;
	const NO_CONNECTION = /^n8n could not connect to GoFive\. Check 'Base URL' .* firewall or proxy/;

	test.each(['client credentials', 'access token'] as const)('%s', async (authenticationMode) => {
		mockLookupFailure('ENOTFOUND');
		await expectFailedCredentialTest(
			fixture,
			NOT_FOUND,
			buildCredentials('https://gofive.invalid')[authenticationMode],
		);
		await expectFailedCredentialTest(fixture, NO_CONNECTION, buildCredentials(UNUSED_URL)[authenticationMode]);
	});

	test.each(['client credentials', 'access token'] as const)('%s, with a stored token', async (authenticationMode) => {
		const startedSandbox = await startSandbox();
		const credentialStore = new CredentialStore();
		const credential = buildCredentials(startedSandbox.url)['client credentials'];
		expect((await fixture.runOperation('getTypes', {}, { credential, credentialStore })).error).toBeUndefined();
		const { sessionToken = '' } = credentialStore.read('credential-1');
		expect(sessionToken).not.toBe('');
		await startedSandbox.close();
		const storedCredential = { ...buildCredentials(startedSandbox.url)[authenticationMode], sessionToken };
		await expectFailedCredentialTest(fixture, NO_CONNECTION, storedCredential);
	});
});

describe('no connection', () => {
	test.each(OPERATIONS_BY_AUTHENTICATION)('refused connection: %s with %s', async (operation, authenticationMode) => {
		const itemResults = await runOperation(operation, authenticationMode, UNUSED_URL);
		expectAllItemsFail(itemResults, startsWith(`${messages.noConnection.message} (tried 5 times). `));
		expect(itemResults[0]?.message).not.toContain(MAY_BE_DONE);
		expect(fixture.getSleepsMs().length).toBeGreaterThan(0);
	});

	test.each(OPERATIONS_BY_AUTHENTICATION)('failed lookup: %s with %s', async (operation, authenticationMode) => {
		mockLookupFailure('ENOTFOUND');
		const itemResults = await runOperation(operation, authenticationMode, 'https://gofive.invalid');
		expectAllItemsFail(itemResults, startsWith(`${messages.hostNotFound.message} (tried 5 times). `));
		expect(fixture.getSleepsMs().length).toBeGreaterThan(0);
	});

	test.each(OPERATIONS_BY_AUTHENTICATION)(
		'connection lost in the TLS handshake: %s with %s is retried, nothing was processed',
		async (operation, authenticationMode) => {
			let connectionCount = 0;
			const server = createTcpServer((socket) => {
				connectionCount += 1;
				socket.once('data', () => socket.end()).on('error', () => undefined);
			});
			const itemResults = await runOperation(
				operation,
				authenticationMode,
				`https://127.0.0.1:${await listenOnLoopback(server)}`,
			);
			server.close();
			expectAllItemsFail(itemResults, /^The secure connection .* established \(tried 5 times\)\. .*GoFive\.$/);
			expect(connectionCount).toBeGreaterThan(CODES.length);
		},
	);
});

describe('server with an untrusted certificate', () => {
	let receivedCount = 0;
	const server = createServer(createSelfSignedCertificate(), (_request, response) => {
		receivedCount += 1;
		response.end('{"status":{"code":"1000"},"data":[]}');
	});
	let baseUrl: string;
	beforeAll(async () => {
		baseUrl = `https://localhost:${await listenOnLoopback(server)}`;
	});
	afterAll(() => void server.close());

	test.each(OPERATIONS_BY_AUTHENTICATION)('receives no request: %s with %s', async (operation, authenticationMode) => {
		const itemResults = await runOperation(operation, authenticationMode, baseUrl);
		expectAllItemsFail(itemResults, /^The security certificate \(TLS\) of the server is not valid/);
		expect([receivedCount, fixture.getSleepsMs()]).toEqual([0, []]);
	});
});
