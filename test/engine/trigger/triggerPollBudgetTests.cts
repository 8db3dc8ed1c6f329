import type { INodeParameters } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { addCustomers } from '../../../sandbox/addCustomers.mts';
import type { TriggerPollResult } from '../harness.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import {
	buildStartMessage,
	setupTriggerFixture,
	POLL_BUDGET_MS,
	MAX_TIMEOUT_SECONDS,
	getEventIds,
} from '../triggerFixture.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupTriggerFixture();
beforeEach(() => fixture.pauseTime());

const respondToCustomer = (customerCode: string, answer: FaultResponse, times: number | 'always' = 1) =>
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, answer, { times });
/** Options with which the other requests are answered or waiting when time passes for one of them. */
const SEQUENTIAL_OPTIONS = { timeoutSeconds: MAX_TIMEOUT_SECONDS, maxParallelRequests: 1 };
const DRIP_ANSWER: FaultResponse = { kind: 'drip', everyMs: 20, blanks: 100_000 };

/** Resolves when the newest request is for this customer. */
const waitForRequestOf = async (customerCode: string) =>
	await waitForCondition(() => fixture.requestedCustomerCodes.at(-1) === customerCode);

/**
 * Polls while requests without a response end with a socket timeout.
 * @param socketTimeoutsMs - Receives the timeout of each of these connections in ms
 */
async function pollWithSocketTimeouts<T>(
	socketTimeoutsMs: Array<number | undefined>,
	poll: () => Promise<T>,
): Promise<T> {
	const restore = onHangingRequest(fixture.sandbox, (connection) => {
		socketTimeoutsMs.push(connection.timeout);
		emitSocketTimeout(connection);
	});
	return await poll().finally(restore);
}

describe('a customer without a response delays no other, and its request ends', () => {
	/** Polls while B receives `answer` and A has a new event. The next poll has to report the event of B. */
	async function pollWithHangingCustomer(
		options: INodeParameters,
		answer: FaultResponse,
		runPoll: (poll: () => Promise<TriggerPollResult>) => Promise<TriggerPollResult>,
	): Promise<void> {
		const workflow = await fixture.activateWorkflow({
			customerCodes: 'B,A',
			options: { ...SEQUENTIAL_OPTIONS, ...options },
		});
		respondToCustomer('B', answer);
		const [b, a] = [fixture.createEvent('B'), fixture.createEvent('A')];
		const poll = async () => await workflow.poll({ pollBudgetMs: POLL_BUDGET_MS });
		expect(getEventIds(await runPoll(poll))).toEqual([a]);
		expect(getEventIds(await poll())).toEqual([b]);
	}

	// Four fifths of the budget, 240 seconds, are for reading. One request gets half of them: 120 seconds in total, or
	// 119 seconds without any data.
	test.each([
		['half of the time for reading', {}, 119_000],
		['Timeout', { timeoutSeconds: 100 }, 100_000],
	])('silent: after %s', async (_, options, timeoutMs) => {
		const socketTimeoutsMs: Array<number | undefined> = [];
		const answer: FaultResponse = { kind: 'hang' };
		const runPoll = async <T,>(poll: () => Promise<T>) => await pollWithSocketTimeouts(socketTimeoutsMs, poll);
		await pollWithHangingCustomer(options, answer, runPoll);
		expect(socketTimeoutsMs).toEqual([timeoutMs]);
	});

	test('slow drip: after half of the time for reading', async () => {
		await pollWithHangingCustomer({}, DRIP_ANSWER, async (poll) => {
			const pollPromise = poll();
			await waitForRequestOf('B');
			await fixture.advanceTime(120_000);
			return await pollPromise;
		});
		// The requests that timed out are closed, although the server would continue to send.
		await waitForCondition(() => fixture.sandbox.requestLog.every(({ answeredAt }) => answeredAt !== undefined));
	});
});

test('several slow drips that come first delay the others for one poll only', async () => {
	addCustomers(fixture.sandbox.records, ['D']);
	const workflow = await fixture.activateWorkflow({ customerCodes: 'B,C,D,A', options: SEQUENTIAL_OPTIONS });
	for (const customerCode of ['B', 'C', 'D']) respondToCustomer(customerCode, DRIP_ANSWER, 'always');
	const id = fixture.createEvent('A');
	/** Polls while each of these customers takes half of the time for reading, and the last one the rest. */
	const poll = async (...tricklingCodes: string[]) => {
		const pollPromise = workflow.poll({ pollBudgetMs: POLL_BUDGET_MS + 2000 });
		for (const code of tricklingCodes.slice(0, -1)) {
			await waitForRequestOf(code);
			await fixture.advanceTime(120_000);
		}
		await waitForRequestOf(tricklingCodes.at(-1) ?? '');
		return getEventIds(await fixture.finishPoll(pollPromise, 30_000));
	};
	expect(await poll('B', 'C', 'D')).toEqual([]);
	fixture.sandbox.requestLog.length = 0;
	expect(await poll('D', 'B', 'C')).toEqual([id]);
	expect(fixture.requestedCustomerCodes).toEqual(['D', 'A', 'B', 'C']);
});

test('reports a rate limit pause that is longer than the budget', async () => {
	const workflow = await fixture.activateWorkflow({ customerCodes: 'A,B', options: SEQUENTIAL_OPTIONS });
	const ids = [fixture.createEvent('A'), fixture.createEvent('B')];
	const before = workflow.memoryStaticData;
	const { pollPromise } = await fixture.startRateLimitedPoll(
		120,
		async () => await workflow.poll({ pollBudgetMs: 140_000 }),
	);
	const { error } = await fixture.finishPoll(pollPromise, 126_000);
	expect(error).toMatchObject({
		message: messages.rateLimit().message,
		failure: { cause: 'rate-limited', retryAfterMs: 8000 },
	});
	expect(workflow.memoryStaticData).toEqual(before);
	expect(getEventIds(await workflow.poll())).toEqual(ids);
});

test.each([false, true])(
	'baselines that take longer than one poll of the durable poller (Include Existing Records: %s)',
	async (includeExistingRecords) => {
		const codes = ['K0', 'K1', 'K2', 'K3'];
		addCustomers(fixture.sandbox.records, codes);
		const existingIds = codes.map((code) => fixture.createEvent(code));
		const workflow = fixture.createWorkflow(
			{ customerCodes: codes.join(','), options: { ...SEQUENTIAL_OPTIONS, includeExistingRecords } },
			true,
		);
		const getCodesWithBaseline = () =>
			codes.filter((code) => JSON.stringify(workflow.storedStaticData).includes(`["${code}",{"seen"`));
		const first = getEventIds(
			await fixture.pollWithAnswers(2, async (options) => await workflow.activate('activate', {}, options)),
		);
		expect([first, getCodesWithBaseline()]).toEqual([
			includeExistingRecords ? existingIds.slice(0, 2) : [],
			['K0', 'K1'],
		]);
		const second = getEventIds(await fixture.pollWithAnswers(2, async (options) => await workflow.poll(options)));
		expect([second, getCodesWithBaseline()]).toEqual([includeExistingRecords ? existingIds.slice(2) : [], codes]);
		const ids = codes.map((code) => fixture.createEvent(code));
		expect(getEventIds(await workflow.activate())).toEqual(ids);
	},
);

test('the budget is respected: the next polls read the other customers in a fair order, and nothing is lost', async () => {
	const codes = Array.from({ length: 9 }, (_, index) => `K${index}`);
	addCustomers(fixture.sandbox.records, codes);
	const workflow = await fixture.activateWorkflow({
		customerCodes: codes.join(','),
		options: SEQUENTIAL_OPTIONS,
	});
	const ids = codes.map((code) => fixture.createEvent(code));
	for (const expectedIds of [ids.slice(0, 4), ids.slice(4, 8)]) {
		const result = await fixture.pollWithAnswers(4, async (options) => await workflow.poll(options));
		expect(getEventIds(result)).toEqual(expectedIds);
		// A customer whose request was not sent has not failed.
		expect(result.emittedErrors).toEqual([]);
	}
	expect(getEventIds(await workflow.poll())).toEqual(ids.slice(8));
	expect((await workflow.poll()).data).toBeNull();
});

test('a budget that is too small for one customer is reported and keeps the state', async () => {
	const workflow = await fixture.activateWorkflow({ options: { timeoutSeconds: MAX_TIMEOUT_SECONDS } });
	const id = fixture.createEvent('A');
	const before = workflow.memoryStaticData;
	// The request starts after two minutes, so its timeout is later than the end of the poll.
	const { pollPromise } = await fixture.startRateLimitedPoll(
		120,
		async () => await workflow.poll({ pollBudgetMs: 280_000 }),
	);
	const hold = fixture.sandbox.hold('getCustomerEvents');
	await fixture.advanceTime(120_000);
	await hold.waitForRequests(1, pollPromise);
	const { error } = await fixture.finishPoll(pollPromise, 132_000);
	expect(error?.message).toBe('The time for a poll was too short to read all records');
	const advice = 'Watch fewer customers in one trigger.';
	expect(error).toMatchObject({ description: expect.stringContaining(advice) });
	expect(workflow.memoryStaticData).toEqual(before);
	hold.end();
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});

// n8n 2.41 cancels an activation after 84 seconds, whatever budget it reports.
test('a budget that is too small for all baselines fails the activation within little more than a minute', async () => {
	const trigger = fixture.createWorkflow({ customerCodes: 'A,B,C', options: SEQUENTIAL_OPTIONS }).load();
	const { error } = await fixture.pollWithAnswers(2, async (options) => await trigger.poll(options), 75_000);
	expect(error).toMatchObject({
		message: buildStartMessage('Events of customer C', messages.pollEnded('').message),
	});
});
