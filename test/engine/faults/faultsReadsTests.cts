import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/index.mts';
import {
	collectItemResults,
	expectActionableMessage,
	expectAllItemsFail,
	expectNoSecretInResult,
} from '../resultAssertions.cts';
import { SLOW_DRIP_FAULT, FAULT_CASES, HANGING_FAULTS, UNUSUAL_ANSWERS } from '../faultCases.cts';
import { timeOutRequests } from '../hangingRequests.cts';
import { sumOf, setupFixtureWithSimulatedClock } from '../executionFixture.cts';

let codes: string[];
const fixture = setupFixtureWithSimulatedClock(({ sandbox }) => {
	codes = sandbox.store.seedCustomers(4, 2, 'F');
});

async function readEvents(
	fault?: Partial<Fault> & Pick<Fault, 'answer'>,
	options: IDataObject = {},
	onError?: 'stopWorkflow',
) {
	if (fault) fixture.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, ...fault });
	const result = await fixture.readEventsOf(codes, { options }, onError && { onError });
	expectNoSecretInResult(fixture, result);
	return result;
}

/** Returns the events of an item without a fault. */
const getExpectedEvents = (item: number): unknown[] =>
	fixture.sandbox.store.customers.get(codes[item] ?? '')?.events ?? [];
const countRequests = (): number => fixture.findRequests('getCustomerEvents').length;

/** Expects a message for these items, and data for all others. */
function expectFailedItems(items: number[], text: RegExp, result: Awaited<ReturnType<typeof readEvents>>): void {
	const failure = { data: [], message: expect.stringMatching(text) };
	const expected = codes.map((_, item) => (items.includes(item) ? failure : { data: getExpectedEvents(item) }));
	expect(collectItemResults(result, codes.length)).toEqual(expected);
}

describe.each(FAULT_CASES)(
	'read, fault: $name',
	({ answer, retriesReads, stopsAllRequests, isTokenRefused, isRateLimit, messagePattern }) => {
		test('once, at the second item: it has data or a message, the other items have data', async () => {
			const fault = { answer, match: { operationId: 'getCustomerEvents', customerCode: codes[1] } };
			// Otherwise the last two requests could be sent before the key is rejected.
			const result = await readEvents(fault, stopsAllRequests ? { maxParallelRequests: 1 } : {});
			expectFailedItems(retriesReads ? [] : stopsAllRequests ? [1, 2, 3] : [1], messagePattern, result);
			expect(
				fixture.findRequests('getCustomerEvents').filter(({ query }) => query.includes(codes[1] ?? '')),
			).toHaveLength(retriesReads ? 2 : 1);
		});

		test('always: every item has a message', async () => {
			const result = await readEvents({ answer, times: 'always' });
			expectAllItemsFail(collectItemResults(result, 4), messagePattern);
			const attempts = isTokenRefused ? codes.length + 1 : retriesReads ? codes.length * 5 : codes.length;
			const exactCount = stopsAllRequests ? 1 : attempts;
			const [fewestRequests, mostRequests] = isRateLimit ? [7, 15] : [exactCount, exactCount];
			expect(countRequests()).toBeGreaterThanOrEqual(fewestRequests);
			expect(countRequests()).toBeLessThanOrEqual(mostRequests);
			expect(fixture.findRequests('createToken')).toHaveLength(isTokenRefused ? 2 : 1);
			// A rejected new token is checked once more after a pause.
			expect(fixture.getSleepsMs().length > 0).toBe(retriesReads === true || isTokenRefused === true);
		});

		test('always, with Stop Workflow: one message for the first item', async () => {
			const { error, outputs } = await readEvents({ answer, times: 'always' }, {}, 'stopWorkflow');
			expect(outputs).toEqual([]);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
			expect(`${error?.message}. ${error?.description}`).toMatch(messagePattern);
			expectActionableMessage(`${error?.message}. ${error?.description}`);
		});
	},
);

test('a rate limit that rejects every request ends the run after ten minutes in total', async () => {
	codes = fixture.sandbox.store.seedCustomers(30, 1, 'L');
	const result = await readEvents({ answer: { kind: 'rateLimited', seconds: 60 }, times: 'always' });
	expectAllItemsFail(collectItemResults(result, 30), /^GoFive keeps rejecting the request because of its rate limit/);
	expect(sumOf(fixture.getSleepsMs())).toBe(10 * 60_000);
	expect(countRequests()).toBe(11);
});

test('only a request that is rejected for ten minutes fails', async () => {
	const result = await readEvents({
		answer: { kind: 'rateLimited', seconds: 110 },
		times: 'always',
		match: { customerCode: codes[2] },
	});
	expectFailedItems([2], /^GoFive keeps rejecting the request because of its rate limit/, result);
});

test.each([...HANGING_FAULTS, SLOW_DRIP_FAULT])(
	'read, $name at the second item: it times out, the other items have data',
	async ({ answer, messagePattern }) => {
		const restore = timeOutRequests(fixture.sandbox, answer);
		const fault: Fault = { answer, times: 'always', match: { customerCode: codes[1] } };
		const result = await readEvents(fault, { maxParallelRequests: 1 });
		restore();
		expectFailedItems([1], messagePattern, result);
		expect(countRequests()).toBe(codes.length);
	},
);

test.each(UNUSUAL_ANSWERS)('read, valid response: $name', async ({ answer }) => {
	expectFailedItems([], /^/, await readEvents({ answer, times: 'always' }));
});

test.each([
	[1, []],
	[2, [0]],
])('HTTP 401 for the token %i times in a row: items %j fail', async (times, failedItems) => {
	const result = await readEvents({ answer: { kind: 'unauthorized', because: 'token' }, times });
	expectFailedItems(failedItems, /^GoFive rejected an access token that it had just issued/, result);
});
