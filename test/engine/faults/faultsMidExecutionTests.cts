import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import { collectItemResults, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { createSelfSignedCertificate } from '../harness/selfSignedCertificate.cts';
import { onHangingRequest } from '../hangingRequests.cts';
import { startsWith } from '../../support/expectedMessages.cts';
import { listenOnLoopback, waitForCondition } from '../../support/waitForCondition.cts';
import { installPausedClock, sumOf, setupFixtureWithSimulatedClock } from '../executionFixture.cts';

let codes: string[];
const fixture = setupFixtureWithSimulatedClock(({ sandbox }) => {
	codes = addCustomers(sandbox.records, buildCodes(40, 'M'), 1);
});
const operationId = 'getCustomerEvents';

async function readEvents(options: IDataObject = { maxParallelRequests: 16 }, extraOptions: object = {}) {
	const result = await fixture.readEventsOf(codes, { options }, extraOptions);
	expectNoSecretInResult(fixture, result);
	return result;
}

const NAMES = ['a', 'b', 'c'];
async function createEvents(extraOptions: object = {}) {
	const items = NAMES.map((name) => ({ name }));
	const options = { items, onError: 'continueRegularOutput' as const, ...extraOptions };
	return await fixture.runExample('customerEvent.create', { eventName: '={{ $json.name }}', output: 'raw' }, options);
}

const findFailedItems = (result: Awaited<ReturnType<typeof readEvents>>) =>
	collectItemResults(result, codes.length).flatMap(({ message }, item) =>
		message === undefined ? [] : [{ item, message }],
	);
const countTokenCalls = (): number => fixture.findRequests('createToken').length;

/**
 * Expires all tokens once a number of reads has arrived.
 * @returns a function that stops waiting for them
 */
function expireTokensAfter(requests: number): () => void {
	const timer = setInterval(() => {
		if (fixture.findRequests(operationId).length < requests) return;
		fixture.sandbox.tokens.expireAll();
		clearInterval(timer);
	}, 1);
	return () => clearInterval(timer);
}

describe('token that expires with many requests in progress', () => {
	test('all requests wait while the rate limit rejects the token request, and nothing is lost', async () => {
		fixture.sandbox.setBehaviour({ delayMs: 20 });
		fixture.addFault('createToken', { kind: 'rateLimited', seconds: 2 }, { skip: 1, times: 3 });
		const stopExpiring = expireTokensAfter(20);
		const result = await readEvents().finally(stopExpiring);
		expect(findFailedItems(result)).toEqual([]);
		expect(countTokenCalls()).toBe(2 + 3);
	});

	test('expires again after every six requests: nothing is lost', async () => {
		const tokenLifetimeRequests = 6;
		fixture.sandbox.setBehaviour({ tokenLifetimeRequests, delayMs: 5 });
		expect(findFailedItems(await readEvents({ maxParallelRequests: 32 }))).toEqual([]);
		// One per expiry, and one more for the requests in flight at the next expiry.
		expect(countTokenCalls()).toBeLessThanOrEqual(
			2 + Math.ceil(fixture.findRequests(operationId).length / tokenLifetimeRequests),
		);
	});
});

describe('cancelled execution', () => {
	const waitForHangingRequest = async (): Promise<void> =>
		await waitForCondition(() => fixture.sandbox.requestLog.at(-1)?.fault === 'hang');

	test.each(['stopWorkflow', 'continueRegularOutput'])(
		'a write in progress reports that it may have been processed, with On Error %s',
		async (onError) => {
			fixture.addFault('createCustomerEvent', { kind: 'hang', acts: true }, { skip: 1 });
			const { runDataText, status } = await createEvents({ onError, cancelWhen: waitForHangingRequest() });
			expect(status).toBe('canceled');
			await fixture.waitUntilIdle();
			expect(fixture.findRequests('createCustomerEvent')).toHaveLength(2);
			expect(runDataText).toContain(messages.cancelledInProgress.message);
			expect(runDataText).toContain(MAY_BE_DONE);
			expect(runDataText).toContain(messages.cancelledWrite.description);
		},
	);

	test.each(['getByCustomerCode', 'create'])(
		'%s ends within a second while the token request hangs',
		async (operation) => {
			fixture.addFault('createToken', { kind: 'hang' });
			const pausedClock = installPausedClock();
			const cancelWhen = waitForHangingRequest();
			const resultPromise = operation === 'create' ? createEvents({ cancelWhen }) : readEvents({}, { cancelWhen });
			await cancelWhen;
			pausedClock.resume();
			expect((await resultPromise).status).toBe('canceled');
			expect(sumOf(pausedClock.sleepsMs)).toBeLessThanOrEqual(1000);
			await fixture.waitUntilIdle();
			expect(fixture.apiRequests).toEqual([]);
		},
	);
});

test('connection lost after GoFive received the write, with a code that also means that nothing was sent: no retry', async () => {
	fixture.addFault('createCustomerEvent', { kind: 'hang', acts: true }, { skip: 1 });
	const code = 'EHOSTUNREACH';
	const connectionError = Object.assign(new Error(`read ${code}`), { code, syscall: 'read', errno: -113 });
	const restore = onHangingRequest(fixture.sandbox, (connection) => connection.destroy(connectionError));
	const itemResults = collectItemResults(await createEvents().finally(restore), 3);
	expect(itemResults.map(({ data }) => data.length)).toEqual([1, 0, 1]);
	expect(itemResults[1]?.message).toMatch(
		startsWith(`${messages.connectionLost.message} for customer code 'C000055'. ${MAY_BE_DONE}`),
	);
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(3);
});

test('TLS connection lost after GoFive received the write: reports that it may have been processed, without a retry and without naming a certificate', async () => {
	let receivedCount = 0;
	const rawSockets: Socket[] = [];
	const server = createSecureServer(createSelfSignedCertificate(), () => {
		receivedCount += 1;
		// Behaves like a proxy that answers without encryption.
		rawSockets.at(-1)?.write('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	server.on('connection', (socket: Socket) => rawSockets.push(socket));
	const baseUrl = `https://localhost:${await listenOnLoopback(server)}`;
	const { connect } = tls;
	const connectUnverified = (options: tls.ConnectionOptions): tls.TLSSocket =>
		connect({ ...options, rejectUnauthorized: false });
	const connectSpy = jest.spyOn(tls, 'connect').mockImplementation(connectUnverified as typeof tls.connect);
	const { accessToken, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
	const result = await createEvents({
		items: [{ name: 'a' }],
		credential: { authentication: 'accessToken', accessToken, subscriptionApiKey, baseUrl },
	}).finally(() => {
		connectSpy.mockRestore();
		server.close();
	});
	expect(collectItemResults(result, 1)[0]?.message).toMatch(
		startsWith(`${messages.tls.message} for customer code 'C000055'. ${messages.tls.description} ${MAY_BE_DONE}`),
	);
	expect(receivedCount).toBe(1);
});

test('a hint says that nothing was lost only if nothing was lost', async () => {
	codes = codes.slice(0, 2);
	fixture.addFault(operationId, { kind: 'rateLimited', seconds: 100 }, { times: 'always' });
	expect((await readEvents()).hints.map(({ message }) => message)).toEqual([
		"The execution waited 600 s because of GoFive's rate limit.",
		expect.stringMatching(/^2 of 2 items failed: M0001, M0002\./),
	]);
});
