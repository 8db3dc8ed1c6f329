import type { IDataObject } from 'n8n-workflow';
import type { FaultResponse, Fault } from '../../../sandbox/index.mts';
import {
	collectItemResults,
	expectActionableMessage,
	expectAllItemsFail,
	expectNoSecretInResult,
	MAY_BE_DONE,
} from '../resultAssertions.cts';
import { SLOW_DRIP_FAULT, FAULT_CASES, HANGING_FAULTS } from '../faultCases.cts';
import { timeOutRequests } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

let ids: string[];
const fixture = setupFixtureWithSimulatedClock(({ sandbox }) => {
	ids = sandbox.store.seedCustomer('F', 3).events.map(({ eventId }) => String(eventId));
});

const NAMES = ['เขียน 1', 'เขียน 2', 'เขียน 3'];
const EVENT = {
	customerCode: 'F',
	eventName: '={{ $json.name }}',
	eventType: 1,
	eventDate: '2025-02-01T10:00:00',
	output: 'raw',
};

type WriteOperation = 'create' | 'update' | 'delete';
const OPERATIONS = {
	create: { operationId: 'createCustomerEvent', parameters: EVENT },
	update: { operationId: 'updateCustomerEvent', parameters: { ...EVENT, eventId: '={{ $json.id }}' } },
	delete: { operationId: 'deleteCustomerEvent', parameters: { eventId: '={{ $json.id }}' } },
};

/** Counts for each item how often its write was received and how often it was processed. */
function countWrites(operation: WriteOperation): { sent: number[]; done: number[] } {
	const { events } = fixture.sandbox.store;
	const sent = fixture.findRequests(OPERATIONS[operation].operationId);
	return {
		sent: NAMES.map(
			(name, item) =>
				sent.filter(({ body, path }) => (operation === 'delete' ? path.endsWith(`/${ids[item]}`) : body.includes(name)))
					.length,
		),
		done: NAMES.map((name, item) =>
			operation === 'delete'
				? Number(!events.some(({ eventId }) => String(eventId) === ids[item]))
				: events.filter(({ eventName }) => eventName === name).length,
		),
	};
}

async function writeEvents(
	operation: WriteOperation,
	fault?: Omit<Fault, 'match'>,
	options: IDataObject = {},
	onError?: 'stopWorkflow',
) {
	const { operationId, parameters } = OPERATIONS[operation];
	if (fault) fixture.sandbox.addFault({ match: { operationId }, ...fault });
	const items = NAMES.map((name, item) => ({ name, id: ids[item] ?? '' }));
	const result = await fixture.runOperation(
		operation,
		{ ...parameters, options },
		{ items, onError: onError ?? 'continueRegularOutput' },
	);
	expectNoSecretInResult(fixture, result);
	return { result, ...countWrites(operation) };
}

const isCarriedOut = (answer: FaultResponse): boolean =>
	('acts' in answer && answer.acts === true) ||
	['resetAfter', 'cutBody', 'cutGzip', 'drip'].includes(answer.kind ?? '');
const ALL_OPERATIONS: WriteOperation[] = ['create', 'update', 'delete'];
// An empty response to a deletion is a success if its Content-Length is 0.
const OPERATION_FAULTS = FAULT_CASES.flatMap((fault) =>
	ALL_OPERATIONS.filter((operation) => operation !== 'delete' || fault.answer.kind !== 'empty').map((operation) => ({
		operation,
		...fault,
	})),
);

describe.each(OPERATION_FAULTS)(
	'$operation, fault: $name',
	({
		operation,
		answer,
		retriesWrites,
		mayHaveBeenDone,
		stopsAllRequests,
		isTokenRefused,
		isRateLimit,
		messagePattern,
	}) => {
		test('once, at the second item: retried only if it cannot have been processed', async () => {
			const { result, sent, done } = await writeEvents(operation, { answer, skip: 1 });
			const itemResults = collectItemResults(result, 3);
			expect(sent).toEqual([1, retriesWrites ? 2 : 1, stopsAllRequests ? 0 : 1]);
			expect(done).toEqual([1, retriesWrites || isCarriedOut(answer) ? 1 : 0, stopsAllRequests ? 0 : 1]);
			const success = { data: [expect.anything()] };
			const failure = { data: [], message: expect.stringMatching(messagePattern) };
			const expectedThird = stopsAllRequests ? failure : success;
			expect(itemResults).toEqual([success, retriesWrites ? success : failure, expectedThird]);
			expect(String(itemResults[1]?.message).includes(MAY_BE_DONE)).toBe(mayHaveBeenDone === true);
		});

		test('always: every item has a message', async () => {
			const { result, sent, done } = await writeEvents(operation, { answer, times: 'always' });
			expectAllItemsFail(collectItemResults(result, 3), messagePattern);
			const [fewestAttempts, mostAttempts] = isRateLimit ? [7, 15] : isTokenRefused ? [2, 2] : [1, 1];
			expect(sent[0]).toBeGreaterThanOrEqual(fewestAttempts);
			expect(sent[0]).toBeLessThanOrEqual(mostAttempts);
			expect(sent.slice(1)).toEqual(isRateLimit || stopsAllRequests ? [0, 0] : [1, 1]);
			expect(done).toEqual(NAMES.map(() => Number(isCarriedOut(answer))));
		});

		test('always, with Stop Workflow: one message with the progress, the other items are not sent', async () => {
			const { result, sent } = await writeEvents(operation, { answer, times: 'always' }, {}, 'stopWorkflow');
			const { error, outputs } = result;
			expect(outputs).toEqual([]);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
			expectActionableMessage(`${error?.message}. ${error?.description}`);
			expect(`${error?.message}. ${error?.description}`).toMatch(messagePattern);
			expect(error?.description).toMatch(/ (?:Not|Possibly) processed: [^.]+\. Not sent: [^.]+\.$/);
			expect(sent.slice(1)).toEqual([0, 0]);
		});
	},
);

describe.each(
	[...HANGING_FAULTS, SLOW_DRIP_FAULT].flatMap((fault) => ALL_OPERATIONS.map((operation) => ({ operation, ...fault }))),
)('$operation, fault: $name', ({ operation, answer, messagePattern }) => {
	test('times out without a retry, the other items continue', async () => {
		const restore = timeOutRequests(fixture.sandbox, answer);
		const { result, sent, done } = await writeEvents(operation, { answer, skip: 1 });
		restore();
		const [first, second, third] = collectItemResults(result, 3);
		expect(second?.message).toMatch(messagePattern);
		expect(second?.message).toContain(MAY_BE_DONE);
		expect([first?.data.length, third?.data.length]).toEqual([1, 1]);
		expect(sent).toEqual([1, 1, 1]);
		expect(done).toEqual([1, Number(isCarriedOut(answer)), 1]);
	});
});

test.each([200, 202, 204])('a deletion with HTTP %i and no body succeeds', async (status) => {
	const { result, sent, done } = await writeEvents('delete', {
		answer: { status, body: '', acts: true },
		times: 'always',
	});
	expect(collectItemResults(result, 3).map(({ data }) => data)).toEqual(
		NAMES.map(() => [{ eventId: expect.any(Number), deleted: true }]),
	);
	expect([sent, done]).toEqual([
		[1, 1, 1],
		[1, 1, 1],
	]);
});

test.each(ALL_OPERATIONS)(
	'%s: a token that expires after every request loses and repeats nothing, and is renewed once each time',
	async (operation) => {
		fixture.sandbox.setBehaviour({ tokenLifetimeRequests: 1 });
		const { result, done } = await writeEvents(operation);
		expect(collectItemResults(result, 3).map(({ data }) => data.length)).toEqual([1, 1, 1]);
		expect(done).toEqual([1, 1, 1]);
		expect(fixture.findRequests('createToken')).toHaveLength(3);
	},
);
