import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse, ResponseGate, ReceivedRequest } from '../../../sandbox/index.mts';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import { collectItemResults } from '../resultAssertions.cts';
import { buildServerError } from '../../support/expectedMessages.cts';
import { rateLimited, temporaryFailure } from '../../support/responses.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';
import {
	installPausedClock,
	installSimulatedClock,
	sumOf,
	setupExecutionFixture,
	type PausedClock,
} from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const operationId = 'getCustomerEvents';
const getSentRequests = (): ReceivedRequest[] => fixture.findRequests(operationId);
const getMaxInFlight = (requests: ReceivedRequest[]): number => Math.max(...requests.map(({ inFlight }) => inFlight));
const getCustomerCode = ({ query }: ReceivedRequest): string | null => new URLSearchParams(query).get('customerCode');

const readEvents = async (codes: string[], options: IDataObject = {}, extraOptions: object = {}) =>
	await fixture.readEventsOf(codes, { options }, extraOptions);

/** Lists the events of a customer as GoFive returns them. */
function listEvents(customerCode: string) {
	const { customerEvents } = fixture.sandbox.records;
	return customerEvents.find({ customerCode }).map((event) => customerEvents.toRow(event));
}

/** Expects that every item has its event, in input order. */
function expectAllEvents(result: Awaited<ReturnType<typeof readEvents>>, codes: string[]): void {
	const expected = codes.map((code) => ({ data: listEvents(code) }));
	expect(collectItemResults(result, codes.length)).toEqual(expected);
}

/** Expects an exact number of requests in flight. */
async function expectInFlight(hold: ResponseGate, count: number): Promise<void> {
	await hold.waitForRequests(count);
	// An additional request would have arrived by then.
	await fixture.waitUntilIdle();
	expect(hold.waitingCount).toBe(count);
}

let pausedClock: PausedClock;
/** Installs a paused clock for the tests of a block. */
function usePausedClock(): void {
	beforeEach(() => void (pausedClock = installPausedClock()));
	afterEach(() => pausedClock.restore());
}

describe('parallel requests', () => {
	usePausedClock();
	// The other steps and limits are in unit/concurrencyLimiterTests.cts.
	test('sends one, then 16, and doubles up to the limit', async () => {
		const codes = addCustomers(fixture.sandbox.records, buildCodes(120), 1);
		const hold = fixture.sandbox.hold(operationId);
		const resultPromise = readEvents(codes, { maxParallelRequests: 50 });
		for (const concurrency of [1, 16, 32, 50]) {
			await expectInFlight(hold, concurrency);
			hold.release(concurrency);
		}
		hold.end();
		expectAllEvents(await resultPromise, codes);
		expect(getMaxInFlight(getSentRequests())).toBe(50);
	});
});

describe('cancellation', () => {
	usePausedClock();

	test.each<[when: string, answer: FaultResponse | undefined, underWay: number, isAnswered: boolean]>([
		['while responses arrive', undefined, 4, true],
		['while requests hang', undefined, 4, false],
		['during a pause', { kind: 'rateLimited', seconds: 60 }, 3, false],
		['between two attempts', temporaryFailure(60), 4, false],
	])(
		'a cancelled execution ends within a second, %s, and sends no more requests',
		async (_, answer, requestsInFlight, isAnswered) => {
			const codes = addCustomers(fixture.sandbox.records, buildCodes(300), 1);
			if (answer) fixture.addFault(operationId, answer, { skip: 3 });
			const hold = fixture.sandbox.hold(operationId);
			let cancel = (): void => undefined;
			const cancelWhen = new Promise<void>((resolve) => (cancel = resolve));
			const resultPromise = readEvents(codes, { maxParallelRequests: 4 }, { cancelWhen });
			for (const concurrency of [1, 4, 4]) {
				await hold.waitForRequests(concurrency);
				hold.release(1);
			}
			await hold.waitForRequests(4);
			if (answer) {
				hold.release(1);
				await pausedClock.firstSleep;
			}
			await expectInFlight(hold, requestsInFlight);
			const before = getSentRequests().length;
			expect(before).toBe(3 + (answer ? 1 : 0) + requestsInFlight);

			cancel();
			await cancelWhen;
			if (isAnswered) hold.end();
			pausedClock.resume();
			expect((await resultPromise).status).toBe('canceled');
			expect(sumOf(pausedClock.sleepsMs)).toBeLessThanOrEqual(1000);
			hold.end();
			await fixture.waitUntilIdle();
			expect(getSentRequests()).toHaveLength(before);
		},
	);

	test('with Stop Workflow, a failed item does not wait for hanging requests', async () => {
		const codes = addCustomers(fixture.sandbox.records, buildCodes(8), 1);
		fixture.addFault({ customerCode: codes[1] }, { kind: 'hang' });
		fixture.addFault({ customerCode: codes[3] }, { status: 404 });
		const resultPromise = readEvents(codes, {}, { onError: 'stopWorkflow' });
		await waitForCondition(() =>
			['hang', 'status'].every((kind) => getSentRequests().some(({ fault }) => fault === kind)),
		);
		await fixture.waitUntilIdle();
		pausedClock.resume();
		const { error } = await resultPromise;
		expect(error).toMatchObject({
			message: `${messages.notFound('record', '').message} for customer code 'BULK0004'`,
			context: { itemIndex: 3 },
		});
		// The other requests get one second. Otherwise a hanging request has ten minutes.
		expect(sumOf(pausedClock.sleepsMs)).toBeLessThanOrEqual(1000);
	});

	const readAllCustomers = async (_codes: string[], options: IDataObject, extraOptions: object) =>
		await fixture.runExample('customerEvent.getAll', { customerStateIds: [], eventTypes: [], options }, extraOptions);

	test.each([
		['an item', readEvents],
		['a customer of all', readAllCustomers],
	])('with Stop Workflow, no request takes the place of the one that failed for %s', async (_, read) => {
		fixture.sandbox.records.customers.records = [];
		const codes = addCustomers(fixture.sandbox.records, buildCodes(20), 1);
		fixture.addFault(operationId, { status: 400 }, { skip: 1 });
		const hold = fixture.sandbox.hold(operationId);
		const resultPromise = read(codes, { maxParallelRequests: 4 }, { onError: 'stopWorkflow' });
		for (const requestsInFlight of [1, 4]) {
			await hold.waitForRequests(requestsInFlight, resultPromise);
			hold.release(1);
		}
		await fixture.waitUntilIdle();
		pausedClock.resume();
		expect((await resultPromise).error?.message).toMatch(/rejected the request/);
		expect(getSentRequests()).toHaveLength(5);
	});

	test('with Stop Workflow, no more requests are sent, and the message is about the first failed item', async () => {
		const codes = addCustomers(fixture.sandbox.records, buildCodes(100), 1);
		fixture.sandbox.setBehaviour({ delayMs: 10 });
		for (const customerCode of codes.slice(20, 40)) fixture.addFault({ customerCode }, { status: 500 });
		const { error, outputs } = await readEvents(codes, { maxParallelRequests: 8 }, { onError: 'stopWorkflow' });
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({
			message: buildServerError(500),
			context: { itemIndex: 20 },
		});
		expect(getSentRequests().length).toBeLessThan(40);
	});
});

test('equal requests are sent once, including a failed one: each item has the message with its own number', async () => {
	const codes = Array.from({ length: 30 }, (_, index) => ['C000055', 'C000154', 'NOBODY'][index % 3] ?? '');
	fixture.addFault({ customerCode: 'C000154' }, { status: 500 }, { times: 'always' });
	const expectedResults = [
		{ data: listEvents('C000055') },
		{ data: [], message: expect.stringContaining('HTTP 500') },
		{ data: [], message: expect.stringContaining('Customer not found') },
	];
	const expected = codes.map((_, item) => expectedResults[item % 3]);
	expect(collectItemResults(await readEvents(codes), 30)).toEqual(expected);
	expect(getSentRequests().map(getCustomerCode).sort()).toEqual(['C000055', 'C000154', 'NOBODY']);
});

test.each<[string, FaultResponse, string]>([
	[
		'of 7 s after HTTP 429',
		rateLimited(7),
		"The execution waited 7 s because of GoFive's rate limit. No data was lost.",
	],
	[
		'of 9 s after a temporary failure',
		temporaryFailure(9),
		'1 request had to be sent again because GoFive or the network was temporarily unavailable. The longest wait was 9 s.',
	],
])('a hint shows the wait %s', async (_, answer, hint) => {
	const simulatedClock = installSimulatedClock();
	fixture.addFault(operationId, answer);
	const result = await readEvents(['C000055']).finally(simulatedClock.restore);
	expect(collectItemResults(result, 1)[0]?.message).toBeUndefined();
	expect(result.hints.map(({ message }) => message)).toEqual([hint]);
});

test('a hint about the wait of a write says nothing about data', async () => {
	const simulatedClock = installSimulatedClock();
	fixture.addFault('createCustomerEvent', rateLimited(7));
	const result = await fixture.runExample('customerEvent.create').finally(simulatedClock.restore);
	expect(result.hints.map(({ message }) => message)).toContain(
		"The execution waited 7 s because of GoFive's rate limit.",
	);
});
