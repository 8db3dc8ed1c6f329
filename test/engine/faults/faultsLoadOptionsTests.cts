import { stringify } from 'flatted';
import { NodeOperationError } from 'n8n-workflow';
import type { FaultResponse, Fault } from '../../../sandbox/index.mts';
import { expectActionableMessage, expectNoSecretInTexts } from '../resultAssertions.cts';
import { SLOW_DRIP_FAULT, FAULT_CASES, UNUSUAL_ANSWERS } from '../faultCases.cts';
import { runLoadOptions, runCredentialTest } from '../harness.cts';
import { fastForwardSlowRequests } from '../fastForwardSlowRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const operationId = 'getCustomerEventTypes';
const countRequests = (): number => fixture.findRequests(operationId).length;
const respondWith = (answer: FaultResponse, times?: Fault['times']): void =>
	fixture.addFault(operationId, answer, { times });

/** Loads the list, or returns the text that n8n shows instead. */
async function loadDropdown(): Promise<{ values: unknown[]; text?: string }> {
	try {
		return {
			values: (await runLoadOptions('getEventTypes', { credential: fixture.credential })).map(({ value }) => value),
		};
	} catch (caughtError) {
		const error = caughtError as NodeOperationError;
		// In such a list n8n shows only the message.
		const text = error.message;
		expect(error).toBeInstanceOf(NodeOperationError);
		expectActionableMessage(text);
		expectNoSecretInTexts(fixture, text, JSON.stringify(error), stringify(error));
		return { values: [], text };
	}
}

const getEventTypeIds = () => fixture.sandbox.store.eventTypes.map(({ eventTypeId }) => eventTypeId);
/** Whether a list waits for the rate limit. It waits for 20 seconds at most, because a user is watching. */
const isWithinWaitLimit = (answer: FaultResponse): boolean =>
	answer.kind !== 'rateLimited' || (answer.seconds ?? 1) <= 20;

/** Faults with the message of a list, which names no record. */
const listFaultCases = FAULT_CASES.map(({ messagePattern, ...faultCase }) => ({
	...faultCase,
	messagePattern: new RegExp(messagePattern.source.replace('the requested \\w+', 'the list of event types')),
}));

describe.each(listFaultCases)(
	'load options, fault: $name',
	({ answer, retriesReads, isTokenRefused, isRateLimit, messagePattern }) => {
		test('once: returns the options or a message', async () => {
			respondWith(answer);
			const { values, text: dropdownMessage } = await loadDropdown();
			const isRetried = retriesReads === true && isWithinWaitLimit(answer);
			if (isRetried) expect(values).toEqual(getEventTypeIds());
			else expect(dropdownMessage).toMatch(messagePattern);
			expect(countRequests()).toBe(isRetried ? 2 : 1);
		});

		test('always: returns a message', async () => {
			respondWith(answer, 'always');
			expect((await loadDropdown()).text).toMatch(messagePattern);
			if (isRateLimit) expect(countRequests()).toBeLessThanOrEqual(45);
			else expect(countRequests()).toBe(retriesReads ? (isTokenRefused ? 3 : 5) : 1);
		});
	},
);

test.each<[string, FaultResponse]>([
	['hangs', { kind: 'hang' }],
	['drips', SLOW_DRIP_FAULT.answer],
])('load options time out after ten minutes if the response %s', async (_, answer) => {
	respondWith(answer);
	const restore = fastForwardSlowRequests(fixture.sandbox);
	const { text } = await loadDropdown();
	restore();
	expect(text).toMatch(SLOW_DRIP_FAULT.messagePattern);
	expect(countRequests()).toBe(1);
});

describe('credential test', () => {
	test.each(FAULT_CASES)('$name: does not pass and shows the cause', async ({ answer, isConnectionBroken }) => {
		respondWith(answer, 'always');
		const { status, message, logs } = await runCredentialTest(fixture.credential);
		expect(status).toBe('Error');
		expect(message).not.toBe('');
		expectNoSecretInTexts(fixture, message, logs);
		// Without a response n8n shows its own message: an error code on 2.x, a sentence on 1.x.
		if (!isConnectionBroken) expectActionableMessage(message);
		expect(countRequests()).toBeLessThanOrEqual(2);
	});

	test.each(UNUSUAL_ANSWERS)('$name: passes', async ({ answer }) => {
		respondWith(answer, 'always');
		expect(await runCredentialTest(fixture.credential)).toMatchObject({ status: 'OK' });
	});
});
