import { createServer, type RequestListener } from 'node:http';
import { messages } from '../../../nodes/GoFive/api/messages';
import { startsWith } from '../../support/expectedMessages.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { mockLookupFailure } from '../mockLookupFailure.cts';
import { expectActionableMessage, expectNoSecretInResult } from '../resultAssertions.cts';

const fixture = setupFixtureWithSimulatedClock();

afterEach(() => jest.restoreAllMocks());

/** Credentials for each way to authenticate: the first request is a token request or a list. */
const buildCredentials = (baseUrl: string) => [
	{ ...fixture.credential, baseUrl },
	{ ...fixture.accessTokenCredential, baseUrl },
];

/** Expects that the check ends with one error, whichever way the credential authenticates. */
async function expectOneError(baseUrl: string, { message }: { message: string }, advice: RegExp): Promise<void> {
	for (const credential of buildCredentials(baseUrl)) {
		const parameters = { resource: 'account', recordIds: {} };
		const result = await fixture.runOperation('checkAccess', parameters, { credential });
		expect(result.items).toEqual([]);
		expect(result.error?.message).toMatch(startsWith(message));
		expect(result.error?.description).toMatch(advice);
		expectActionableMessage(`${result.error?.message}. ${result.error?.description}`);
		expectNoSecretInResult(fixture, result);
	}
}

/** Runs a function with a server that is not GoFive's. */
async function withServer(listener: RequestListener, run: (baseUrl: string) => Promise<void>): Promise<void> {
	const server = createServer(listener);
	try {
		await run(`http://127.0.0.1:${await listenOnLoopback(server)}`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

const PAGE = '<!DOCTYPE html><title>Welcome</title>';
const CHECK_BASE_URL = /Check 'Base URL' in the GoFive credential/;

describe('Check Access ends with one error if no list can be read', () => {
	test('a misspelled host', async () => {
		mockLookupFailure('ENOTFOUND');
		await expectOneError('https://gofive.invalid', messages.hostNotFound, /^Check the spelling of 'Base URL'/);
	});

	// No other process gets a privileged port by chance.
	test('a port that refuses connections', async () => {
		await expectOneError('http://127.0.0.1:1', messages.noConnection, CHECK_BASE_URL);
	});

	test('a server that returns a web page for every path', async () => {
		await withServer(
			(_request, response) => response.setHeader('content-type', 'text/html').end(PAGE),
			async (baseUrl) => await expectOneError(baseUrl, messages.notJson('a web page'), CHECK_BASE_URL),
		);
	});

	test('a server that knows no path', async () => {
		await withServer(
			(_request, response) => response.writeHead(404).end(PAGE),
			async (baseUrl) => {
				for (const credential of buildCredentials(baseUrl)) {
					const { error, items } = await fixture.runOperation('checkAccess', { resource: 'account' }, { credential });
					expect([items, error?.message]).toEqual([[], expect.stringContaining('(HTTP 404)')]);
					expect(error?.description).toMatch(CHECK_BASE_URL);
				}
			},
		);
	});

	test('a server that does not respond', async () => {
		const { timeoutSignal } = clock;
		clock.timeoutSignal = (milliseconds) => timeoutSignal(milliseconds / 100);
		await withServer(
			() => undefined,
			async (baseUrl) => await expectOneError(baseUrl, messages.timeout(11), /firewall or proxy/),
		);
	});
});
