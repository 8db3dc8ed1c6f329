import { messages } from '../../../nodes/GoFive/api/messages';
import { collectItemResults, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { CredentialStore } from '../harness.cts';
import { abortWhen, clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { buildServerError, startsWith } from '../../support/expectedMessages.cts';
import { temporaryFailure } from '../../support/responses.cts';
import { flushEventLoop, waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupFixtureWithSimulatedClock();

const createEvent = async (options: Parameters<typeof fixture.runOperation>[2]) =>
	await fixture.runExample('customerEvent.create', {}, { ...options, onError: 'continueRegularOutput' });
const OPERATIONS = [
	['create', 'createCustomerEvent'],
	['getByCustomerCode', 'getCustomerEvents'],
] as const;

/** Holds the requests of an operation, and lets requests time out as soon as one is held. */
function timeOutWhenHeld(operationId: string) {
	const gate = fixture.sandbox.hold(operationId);
	clock.timeoutSignal = () => abortWhen(waitForCondition(() => gate.waitingCount > 0).then(flushEventLoop));
	return gate;
}

async function waitUntilLongIdle(): Promise<void> {
	for (let round = 0; round < 20; round++) await fixture.waitUntilIdle();
}

test.each(OPERATIONS)(
	'%s: a request that timed out while n8n fetched the token is never sent later',
	async (operation, operationId) => {
		const gate = timeOutWhenHeld('createToken');
		const parameters = { output: 'raw', options: { timeoutSeconds: 1 } };
		const onError = 'continueRegularOutput';
		const result = await fixture.runExample(`customerEvent.${operation}`, parameters, { onError });
		const [itemResult] = collectItemResults(result, 1);
		expect(itemResult?.message).toMatch(startsWith(messages.timeout(10).message));

		// The token arrives after the node has reported the timeout.
		gate.end();
		await waitForCondition(() => fixture.findRequests('createToken').some(({ status }) => status === 200));
		await waitUntilLongIdle();
		expect(fixture.findRequests(operationId)).toEqual([]);
	},
);

test('the connection of a request that timed out is closed', async () => {
	const gate = timeOutWhenHeld('getCustomerEvents');
	await fixture.readEventsOf(['C000055'], { options: { timeoutSeconds: 1 } });
	const [request] = fixture.findRequests('getCustomerEvents');
	await waitUntilLongIdle();
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
		['a temporary failure', { ...temporaryFailure(), acts: true }, buildServerError(502)],
		['a reset', { kind: 'resetAfter' }, messages.connectionLost.message],
		['no JSON', { kind: 'html' }, messages.notJson('a web page').message],
	] as const)('%s: the message says that it may have been processed', async (_, answer, message) => {
		fixture.addFault('createCustomerEvent', answer);
		const result = await createEvent({ credentialStore: new FailingCredentialStore(fixture.credential) });
		expectNoSecretInResult(fixture, result);
		const [itemResult] = collectItemResults(result, 1);
		expect(itemResult?.message).toMatch(startsWith(message));
		expect(itemResult?.message).toContain(MAY_BE_DONE);
	});

	test('the secrets of the credential and the token that was sent are masked', async () => {
		const credentialStore = new FailingCredentialStore(fixture.credential);
		await fixture.runOperation('getTypes', {}, { credentialStore });
		const token = String(fixture.apiRequests[0]?.headers.authorization).replace('Bearer ', '');
		const title = `No ${token} ${fixture.credential.subscriptionApiKey as string}`;
		fixture.addFault('createCustomerEvent', { status: 500, body: { title } });
		const result = await createEvent({ credentialStore });
		expectNoSecretInResult(fixture, result);
		expect(result.items[0]?.error).toContain('GoFive\'s message: "No *** ***"');
	});
});

test('a write that is sent again with a new token, and whose response is nested 20,000 levels deep, returns its item', async () => {
	const credentialStore = new CredentialStore(fixture.credential);
	await fixture.runOperation('getTypes', {}, { credentialStore });
	fixture.sandbox.tokens.expireAll();
	const body = `{"data":${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}}`;
	const headers = { 'content-type': 'application/json' };
	fixture.addFault('createCustomerEvent', { status: 200, body, headers, acts: true }, { skip: 1 });
	const result = await createEvent({ credentialStore });
	expect(fixture.findRequests('createCustomerEvent')).toHaveLength(2);
	expect(result.items.map(({ error }) => error)).toEqual([undefined]);
	expect(result.error).toBeUndefined();
});
