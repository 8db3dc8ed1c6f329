import type { INodeParameters } from 'n8n-workflow';
import type { FaultResponse } from '../../../sandbox/index.mts';
import type { TriggerPollResult } from '../harness.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import { setupTriggerFixture, POLL_BUDGET_MS, MAX_TIMEOUT_SECONDS, getEventIds } from '../triggerFixture.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupTriggerFixture();
beforeEach(() => fixture.pauseTime());

const respondToCustomer = (customerCode: string, answer: FaultResponse, times: number | 'always' = 1) =>
	fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, answer, { times });
/** Options with which the other requests are answered or waiting when time passes for one of them. */
const SEQUENTIAL_OPTIONS = { timeout: MAX_TIMEOUT_SECONDS, maxParallelRequests: 1 };
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

test('Timeout limits the wait for a customer without a response, within the budget', async () => {
	const workflow = await fixture.activateWorkflow({
		customerCodes: 'B,A',
		options: { timeout: 100, maxParallelRequests: 1 },
	});
	respondToCustomer('B', { kind: 'hang' });
	const [b, a] = [fixture.createEvent('B'), fixture.createEvent('A')];
	const socketTimeoutsMs: Array<number | undefined> = [];
	expect(getEventIds(await pollWithSocketTimeouts(socketTimeoutsMs, async () => await workflow.poll()))).toEqual([a]);
	expect(socketTimeoutsMs).toEqual([100_000]);
	expect(getEventIds(await workflow.poll())).toEqual([b]);
});

// Four fifths of the budget, 240 seconds, are for reading. One request gets half of them:
// 120 seconds in total, or 119 seconds without any data.
describe('customer without a response', () => {
	test.each([
		['silent', 'A,C,B', true],
		['silent and first', 'B,A,C', false],
	])('%s: does not delay others and is reported after three polls', async (_, customerCodes, isDurable) => {
		const socketTimeoutsMs: Array<number | undefined> = [];
		const reports = await collectReports(
			{ customerCodes, options: SEQUENTIAL_OPTIONS },
			isDurable,
			{ kind: 'hang' },
			async (poll) => await pollWithSocketTimeouts(socketTimeoutsMs, poll),
		);
		expect(socketTimeoutsMs).toEqual([119_000, 119_000, 119_000]);
		expect(reports).toEqual([
			'2: Events of customer B could not be read in 3 consecutive polls: GoFive did not respond within 119 seconds',
		]);
	});

	test('slow drip and first: does not delay others and is reported after three polls', async () => {
		const reports = await collectReports(
			{ customerCodes: 'B,A,C', options: SEQUENTIAL_OPTIONS },
			true,
			DRIP_ANSWER,
			async (poll) => {
				const pollPromise = poll();
				await waitForRequestOf('B');
				await fixture.advanceTime(120_000);
				return await pollPromise;
			},
		);
		expect(reports).toEqual([
			'2: Events of customer B could not be read in 3 consecutive polls: GoFive did not respond within 120 seconds',
		]);
		// The requests that timed out are closed, although the server would continue to send.
		await waitForCondition(() => fixture.sandbox.requestLog.every(({ answeredAt }) => answeredAt !== undefined));
	});

	/**
	 * Returns what three polls report while B receives `answer` and the other customers have new events.
	 * A fourth poll has to emit the event of B.
	 */
	async function collectReports(
		parameters: INodeParameters,
		isDurable: boolean,
		answer: FaultResponse,
		runPoll: (poll: () => Promise<TriggerPollResult>) => Promise<TriggerPollResult>,
	): Promise<string[]> {
		const workflow = fixture.createWorkflow(parameters, isDurable);
		expect(getEventIds(await workflow.activate())).toEqual([]);
		respondToCustomer('B', answer, 3);
		const b = fixture.createEvent('B');
		const reports: string[] = [];
		for (let poll = 0; poll < 3; poll++) {
			const ids = [fixture.createEvent('A'), fixture.createEvent('C')];
			fixture.sandbox.requestLog.length = 0;
			const result = await runPoll(async () => await workflow.poll({ pollBudgetMs: POLL_BUDGET_MS }));
			expect(getEventIds(result)).toEqual(ids);
			reports.push(...result.emittedErrors.map(({ message }) => `${poll}: ${message}`));
		}
		expect(getEventIds(await workflow.poll({ pollBudgetMs: POLL_BUDGET_MS }))).toEqual([b]);
		return reports;
	}
});

test('several slow drips that come first delay the others for one poll only', async () => {
	fixture.sandbox.store.ensureCustomer('D');
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
		message: 'GoFive keeps rejecting the request because of its rate limit',
		failure: { cause: 'rate-limited', retryAfterMs: 8000 },
	});
	expect(workflow.memoryStaticData).toEqual(before);
	expect(getEventIds(await workflow.poll())).toEqual(ids);
});

test.each([false, true])(
	'baselines that take longer than one poll of the durable poller (Include Existing Records: %s)',
	async (emitExisting) => {
		const codes = ['K0', 'K1', 'K2', 'K3'];
		for (const code of codes) fixture.sandbox.store.ensureCustomer(code);
		const existingIds = codes.map((code) => fixture.createEvent(code));
		const workflow = fixture.createWorkflow(
			{ customerCodes: codes.join(','), options: { ...SEQUENTIAL_OPTIONS, emitExisting } },
			true,
		);
		const getCodesWithBaseline = () =>
			codes.filter((code) => JSON.stringify(workflow.storedStaticData).includes(`["${code}",{"seen"`));
		const first = getEventIds(
			await fixture.pollWithAnswers(2, async (options) => await workflow.activate('activate', {}, options)),
		);
		expect([first, getCodesWithBaseline()]).toEqual([emitExisting ? existingIds.slice(0, 2) : [], ['K0', 'K1']]);
		const second = getEventIds(await fixture.pollWithAnswers(2, async (options) => await workflow.poll(options)));
		expect([second, getCodesWithBaseline()]).toEqual([emitExisting ? existingIds.slice(2) : [], codes]);
		const ids = codes.map((code) => fixture.createEvent(code));
		expect(getEventIds(await workflow.activate())).toEqual(ids);
	},
);

test('a first poll of the durable poller that cannot read a customer for another reason names him', async () => {
	const workflow = fixture.createWorkflow({ customerCodes: 'A,B' }, true);
	fixture.failRequests('B');
	expect((await workflow.activate()).error?.message).toBe(
		'Events of customer B could not be read, so the trigger cannot start: GoFive could not handle the request (HTTP 500)',
	);
	expect(getEventIds(await workflow.poll())).toEqual([]);
});
