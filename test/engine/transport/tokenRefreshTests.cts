import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import {
	collectItemResults,
	expectAllItemsFail,
	expectFailedCredentialTest,
	expectNoSecretInResult,
	MAY_BE_DONE,
} from '../resultAssertions.cts';
import { CredentialStore, runLoadOptions } from '../harness.cts';
import { abortWhen, clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { startsWith } from '../../support/expectedMessages.cts';
import { LOST_CONNECTIONS, RESPONSES, TOKEN_RESPONSES, withStatus } from '../../support/responses.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';

let codes: string[];
const fixture = setupFixtureWithSimulatedClock(({ sandbox }) => {
	codes = addCustomers(sandbox.records, buildCodes(40, 'T'), 1);
});

const listEvents = (customerCode?: string) => fixture.sandbox.records.customerEvents.find({ customerCode });
const countTokenCalls = (): number => fixture.findRequests('createToken').length;
const EVENT = { eventName: '={{ $json.code }}', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const OPERATIONS = { getByCustomerCode: {}, create: EVENT };

interface CredentialOptions {
	credentialStore?: CredentialStore;
	credential?: ICredentialDataDecryptedObject;
}

async function runOperation(operation: keyof typeof OPERATIONS, credentialOptions: CredentialOptions = {}) {
	const options = operation === 'create' ? {} : { maxParallelRequests: 8 };
	const parameters = { customerCode: '={{ $json.code }}', output: 'raw', options, ...OPERATIONS[operation] };
	const result = await fixture.runOperation(operation, parameters, {
		items: codes.map((code) => ({ code })),
		onError: 'continueRegularOutput',
		...credentialOptions,
	});
	expectNoSecretInResult(fixture, result);
	return collectItemResults(result, codes.length);
}

/** Result of an item with one record. */
const SUCCESS = { data: [expect.anything()] };
const expectAllItems = (itemResults: Awaited<ReturnType<typeof runOperation>>): void =>
	expect(itemResults).toEqual(codes.map(() => SUCCESS));

/** Copies a store as a later execution in another process finds it. */
const copyStore = (store: CredentialStore) => new CredentialStore(store.read('credential-1'));

describe.each(['getByCustomerCode', 'create'] as const)('%s', (operation) => {
	test('in a new process: uses the stored token, and renews and stores an expired one once', async () => {
		const first = new CredentialStore(fixture.credential);
		expectAllItems(await runOperation(operation, { credentialStore: first }));
		const second = copyStore(first);
		expectAllItems(await runOperation(operation, { credentialStore: second }));
		expect([countTokenCalls(), second.writeCount]).toEqual([1, 0]);

		fixture.sandbox.tokens.expireAll();
		const third = copyStore(second);
		expectAllItems(await runOperation(operation, { credentialStore: third }));
		expect([countTokenCalls(), third.writeCount]).toEqual([2, 1]);
		expectAllItems(await runOperation(operation, { credentialStore: copyStore(third) }));
		expect(countTokenCalls()).toBe(2);
		const createdCount = operation === 'create' ? 4 : 0;
		expect(listEvents(codes[0])).toHaveLength(1 + createdCount);
	});
});

test.each([0, 1])(
	'two runs with %i expired tokens stored request one at the same time, and a new token invalidates the older one',
	async (storedTokens) => {
		fixture.sandbox.setBehaviour({ newTokenEndsOlder: true });
		const credentialStore = new CredentialStore(fixture.credential);
		if (storedTokens > 0) await runOperation('getByCustomerCode', { credentialStore });
		expect(credentialStore.writeCount).toBe(storedTokens);
		fixture.sandbox.tokens.expireAll();
		const hold = fixture.sandbox.hold('createToken');
		const bothRuns = Promise.all([
			runOperation('create', { credentialStore }),
			runOperation('create', { credentialStore }),
		]);
		await hold.waitForRequests(2, bothRuns);
		hold.end();
		for (const itemResults of await bothRuns) expectAllItems(itemResults);
		expect(listEvents(codes[0])).toHaveLength(3);
	},
);

/**
 * Responses to n8n's token request, which its error handling passes on: whether the run recovers from one of them, and
 * the message if it does not. What each response means is in unit/responseTests.cts.
 */
const TOKEN_FAULTS: Array<[name: string, answer: FaultResponse, isRetried: boolean, message: string]> = [
	['400', TOKEN_RESPONSES.clientRejected, false, messages.clientCredentialsRejected.message],
	['401: wrong key', RESPONSES.keyInvalid, false, messages.subscriptionKeyInvalid.message],
	['429', RESPONSES.rateLimited, true, messages.rateLimit().message],
	['reset', LOST_CONNECTIONS.resetBefore, true, messages.connectionLost.message],
	[
		'no token',
		TOKEN_RESPONSES.noToken,
		false,
		`${messages.noTokenInResponse.message}. ${messages.noTokenInResponse.description}`,
	],
];

describe.each(TOKEN_FAULTS)('token request, fault: %s', (_, answer, isRetried, message) => {
	const messagePattern = startsWith(message);
	const failTokenCall = (times: number | 'always') => fixture.addFault('createToken', answer, { times });

	test.each(['getByCustomerCode', 'create'] as const)(
		'once, then always: %s recovers if possible, else every item has a message',
		async (operation) => {
			codes = codes.slice(0, 3);
			failTokenCall(1);
			const failure = { data: [], message: expect.stringMatching(messagePattern) };
			expect(await runOperation(operation)).toEqual(codes.map(() => (isRetried ? SUCCESS : failure)));
			expect(countTokenCalls()).toBe(isRetried ? 2 : 1);

			failTokenCall('always');
			const itemResults = await runOperation(operation);
			expect(itemResults).toEqual(codes.map(() => failure));
			expect(JSON.stringify(itemResults)).not.toContain(MAY_BE_DONE);
		},
	);

	test('always: load options and credential test show the cause', async () => {
		failTokenCall('always');
		await expect(runLoadOptions('getEventTypes', { credential: fixture.credential })).rejects.toThrow(messagePattern);
		await expectFailedCredentialTest(fixture, messagePattern, fixture.credential);
	});
});

// n8n itself sends a request again after HTTP 401.
test.each(['credential', 'accessTokenCredential'] as const)(
	'a write with HTTP 401 that may have been processed is not sent again: %s',
	async (credentialName) => {
		codes = codes.slice(0, 1);
		fixture.addFault('createCustomerEvent', RESPONSES.successCodeWith401);
		const itemResults = await runOperation('create', { credential: fixture[credentialName] });
		expect(JSON.stringify(itemResults)).toContain(MAY_BE_DONE);
		expect(fixture.findRequests('createCustomerEvent')).toHaveLength(1);
	},
);

test('a write whose response with HTTP 401 cannot be read is sent again with a new token, since nothing was processed', async () => {
	codes = codes.slice(0, 1);
	fixture.addFault('createCustomerEvent', withStatus(401, LOST_CONNECTIONS.damagedGzip));
	expectAllItems(await runOperation('create'));
	expect([fixture.findRequests('createCustomerEvent').length, countTokenCalls()]).toEqual([2, 2]);
});

test('writes whose token expires after each of them are sent once, and each token is renewed once', async () => {
	fixture.sandbox.setBehaviour({ tokenLifetimeRequests: 1 });
	expectAllItems(await runOperation('create'));
	expect(fixture.findRequests('createCustomerEvent').filter(({ status }) => status === 200)).toHaveLength(40);
	for (const code of codes) expect(listEvents(code)).toHaveLength(2);
	expect(countTokenCalls()).toBe(40);
});

test('a token request that never ends is cancelled after a minute, and ends the run', async () => {
	fixture.addFault('createToken', { kind: 'drip' }, { times: 'always' });
	const { timeoutSignal } = clock;
	clock.timeoutSignal = (milliseconds) =>
		milliseconds <= 60_000 ? abortWhen(waitForCondition(() => countTokenCalls() > 0)) : timeoutSignal(milliseconds);
	const itemResults = await runOperation('getByCustomerCode');
	expectAllItemsFail(itemResults, startsWith(messages.timeout(60).message));
	expect(countTokenCalls()).toBe(1);
});
