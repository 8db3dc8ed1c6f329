import { collectItemResults, expectNoSecretInResult } from '../resultAssertions.cts';
import { CredentialStore } from '../harness.cts';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { flushEventLoop, waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupFixtureWithSimulatedClock();

const MAY_BE_DONE = 'GoFive may have processed the request anyway';
const EVENT = { customerCode: 'C000055', eventName: 'เขียน', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const OPERATIONS = [
	{ operation: 'create', operationId: 'createCustomerEvent', parameters: EVENT },
	{ operation: 'getByCustomerCode', operationId: 'getCustomerEvents', parameters: { customerCode: 'C000055' } },
];

describe('a request that timed out while n8n fetched the token', () => {
	test.each(OPERATIONS)('$operation is never sent later', async ({ operation, operationId, parameters }) => {
		const gate = fixture.sandbox.hold('createToken');
		const { sleepBetweenTimeoutChecks } = clock;
		clock.sleepBetweenTimeoutChecks = async () => {
			await waitForCondition(() => gate.waitingCount > 0);
			await flushEventLoop();
		};
		const result = await fixture.runOperation(
			operation,
			{ ...parameters, output: 'raw', options: { timeout: 1 } },
			{ onError: 'continueRegularOutput' },
		);
		clock.sleepBetweenTimeoutChecks = sleepBetweenTimeoutChecks;
		const [itemResult] = collectItemResults(result, 1);
		expect(itemResult?.message).toMatch(/^GoFive did not respond within 10 seconds/);

		// The token arrives after the node has reported the timeout.
		gate.end();
		await waitForCondition(() => fixture.findRequests('createToken').some(({ status }) => status === 200));
		for (let round = 0; round < 20; round++) await fixture.waitUntilIdle();
		expect(fixture.findRequests(operationId)).toEqual([]);
	});
});

test('the connection of a request that timed out is closed', async () => {
	const gate = fixture.sandbox.hold('getCustomerEvents');
	const { sleepBetweenTimeoutChecks } = clock;
	clock.sleepBetweenTimeoutChecks = async () => {
		await waitForCondition(() => gate.waitingCount > 0);
		await flushEventLoop();
	};
	await fixture.readEventsOf(['C000055'], { options: { timeout: 1 } });
	clock.sleepBetweenTimeoutChecks = sleepBetweenTimeoutChecks;
	const [request] = fixture.findRequests('getCustomerEvents');
	for (let round = 0; round < 20; round++) await fixture.waitUntilIdle();
	expect(request?.answeredAt).toEqual(expect.any(Number));
	gate.end();
});

describe('the credential cannot be read again after a write was sent', () => {
	/** Store that cannot be read from the first write on, as a database without a connection. */
	class FailingCredentialStore extends CredentialStore {
		override read(id: string | null) {
			if (fixture.findRequests('createCustomerEvent').length > 0) throw new Error('Connection terminated');
			return super.read(id);
		}
	}

	test.each([
		['504', { status: 504, acts: true }, /^GoFive could not handle the request \(HTTP 504\)/],
		['a reset', { kind: 'resetAfter' }, /^The connection to GoFive was lost/],
		['no JSON', { kind: 'html' }, /^GoFive returned a web page instead of JSON/],
	] as const)('%s: the message says that it may have been processed', async (_, answer, message) => {
		fixture.addFault('createCustomerEvent', answer);
		const credentialStore = new FailingCredentialStore();
		const result = await fixture.runOperation('create', EVENT, {
			credential: fixture.credential,
			credentialStore,
			onError: 'continueRegularOutput',
		});
		expectNoSecretInResult(fixture, result);
		const [itemResult] = collectItemResults(result, 1);
		expect(itemResult?.message).toMatch(message);
		expect(itemResult?.message).toContain(MAY_BE_DONE);
	});

	test('the secrets of the credential and the token that was sent are masked', async () => {
		const credentialStore = new FailingCredentialStore();
		credentialStore.seed('credential-1', fixture.credential);
		await fixture.runOperation('getTypes', {}, { credentialStore });
		const token = String(fixture.apiRequests[0]?.headers.authorization).replace('Bearer ', '');
		const title = `No ${token} ${fixture.credential.subscriptionApiKey as string}`;
		fixture.addFault('createCustomerEvent', { status: 500, body: { title } });
		const result = await fixture.runOperation('create', EVENT, { credentialStore, onError: 'continueRegularOutput' });
		expectNoSecretInResult(fixture, result);
		expect(result.items[0]?.error).toContain('It said: "No *** ***"');
	});
});

test('a write that is sent again with a new token, and whose response is nested 20,000 levels deep', async () => {
	const credentialStore = new CredentialStore();
	credentialStore.seed('credential-1', fixture.credential);
	await fixture.runOperation('getTypes', {}, { credentialStore });
	fixture.sandbox.expireTokens();
	const body = `{"data":${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}}`;
	const headers = { 'content-type': 'application/json' };
	fixture.addFault('createCustomerEvent', { status: 200, body, headers, acts: true }, { skip: 1 });
	const result = await fixture.runOperation('create', EVENT, { credentialStore, onError: 'continueRegularOutput' });
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(2);
	expect(result.items[0]?.error ?? '').toMatch(
		/^$|GoFive may have processed the request anyway|GoFive processed the request anyway/,
	);
	expect(result.error).toBeUndefined();
});
