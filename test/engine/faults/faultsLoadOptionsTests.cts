import { stringify } from 'flatted';
import { NodeOperationError } from 'n8n-workflow';
import type { FaultResponse, Fault } from '../../../sandbox/index.mts';
import { expectActionableMessage, expectFailedCredentialTest, expectNoSecretInTexts } from '../resultAssertions.cts';
import { SLOW_DRIP_FAULT, FAULT_CASES, UNUSUAL_ANSWERS, type FaultCase } from '../faultCases.cts';
import { RESPONSES } from '../../support/responses.cts';
import { runLoadOptions, runCredentialTest } from '../harness.cts';
import { fastForwardSlowRequests } from '../fastForwardSlowRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const operationId = 'getCustomerEventTypes';
const countRequests = (): number => fixture.findRequests(operationId).length;
const respondWith = (answer: FaultResponse, times?: Fault['times']): void =>
	fixture.addFault(operationId, answer, { times });

const loadEventTypes = async () => await runLoadOptions('getEventTypes', { credential: fixture.credential });

/** Expects that the list shows a message instead of options. */
async function expectListMessage(messagePattern: RegExp): Promise<void> {
	const error = (await loadEventTypes().catch((caughtError: unknown) => caughtError)) as NodeOperationError;
	expect(error).toBeInstanceOf(NodeOperationError);
	// In such a list n8n shows only the message.
	expect(error.message).toMatch(messagePattern);
	expectActionableMessage(error.message);
	expectNoSecretInTexts(fixture, error.message, JSON.stringify(error), stringify(error));
}

/** Whether a list is requested again. It waits for 20 seconds at most, because a user is watching. */
const isRetriedByList = ({ answer, retriesReads, isRateLimit }: FaultCase): boolean =>
	retriesReads === true && (!isRateLimit || answer === RESPONSES.rateLimitedWithoutTime);

test.each(FAULT_CASES.filter(isRetriedByList))('load options, $name once: retried', async ({ answer }) => {
	respondWith(answer);
	const eventTypeIds = fixture.sandbox.store.eventTypes.map(({ eventTypeId }) => eventTypeId);
	expect((await loadEventTypes()).map(({ value }) => value)).toEqual(eventTypeIds);
	expect(countRequests()).toBe(2);
});

const unretriedCases = FAULT_CASES.filter((faultCase) => !isRetriedByList(faultCase));
test.each(unretriedCases)('load options, $name once: a message', async ({ answer, messagePattern }) => {
	respondWith(answer);
	await expectListMessage(messagePattern);
	expect(countRequests()).toBe(1);
});

test.each(FAULT_CASES)('load options, $name always: a message', async (faultCase) => {
	respondWith(faultCase.answer, 'always');
	await expectListMessage(faultCase.messagePattern);
	const attempts = faultCase.isTokenRefused ? 2 : faultCase.isRateLimit ? 6 : 5;
	expect(countRequests()).toBe(isRetriedByList(faultCase) ? attempts : 1);
});

test.each<[string, FaultResponse]>([
	['hangs', { kind: 'hang' }],
	['drips', SLOW_DRIP_FAULT.answer],
])('load options time out after ten minutes if the response %s', async (_, answer) => {
	respondWith(answer);
	const restore = fastForwardSlowRequests(fixture.sandbox);
	await expectListMessage(SLOW_DRIP_FAULT.messagePattern);
	restore();
	expect(countRequests()).toBe(1);
});

describe('credential test', () => {
	const expectFailedTest = async (answer: FaultResponse, messagePattern: RegExp): Promise<string> => {
		respondWith(answer, 'always');
		const message = await expectFailedCredentialTest(fixture, messagePattern, fixture.credential);
		expect(countRequests()).toBeLessThanOrEqual(2);
		return message;
	};

	test.each(FAULT_CASES.filter(({ isConnectionBroken }) => !isConnectionBroken))(
		'$name: does not pass and shows the message of a run',
		async ({ answer, messagePattern }) => expectActionableMessage(await expectFailedTest(answer, messagePattern)),
	);

	// Without a response n8n shows its own message, an error code.
	test.each(FAULT_CASES.filter(({ isConnectionBroken }) => isConnectionBroken))(
		'$name: does not pass',
		async ({ answer }) => void (await expectFailedTest(answer, /./)),
	);

	test.each(UNUSUAL_ANSWERS)('$name: passes', async ({ answer }) => {
		respondWith(answer, 'always');
		expect(await runCredentialTest(fixture.credential)).toMatchObject({ status: 'OK' });
	});
});
