import type { INodeParameters } from 'n8n-workflow';
import { addCustomers } from '../../sandbox/addCustomers.mts';
import type { PollOptions, TriggerPollResult } from './harness.cts';
import { TriggerWorkflow } from './triggerWorkflow.cts';
import { flushEventLoop, waitForCondition } from '../support/waitForCondition.cts';
import { abortWhen, clock, ExecutionFixture } from './executionFixture.cts';

const HOUR_MS = 3_600_000;
const realClock = { ...clock };

/** Budget in ms that n8n usually grants a poll. No request times out in real time within a minute of it. */
export const POLL_BUDGET_MS = 300_000;

/** Builds the message with which the trigger does not start, because it could not read records. */
export const buildStartMessage = (subject: string, reasons: string): string =>
	`${subject} could not be read, so the trigger cannot start: ${reasons}`;

/** Upper limit of the option Timeout. */
export const MAX_TIMEOUT_SECONDS = 3600;

/** Sandbox with the customers A, B and C, who have no events, and a clock that stands still. */
class TriggerFixture extends ExecutionFixture {
	/** Current time in ms. Each test starts at noon in Thailand. */
	now = 0;
	private sleepers: Array<{ endMs: number; wake: () => void }> = [];

	/** Resets sandbox and clock before each test. */
	resetForTest(): void {
		this.now = Date.parse('2025-06-15T05:00:00Z');
		Object.assign(clock, realClock, { now: () => this.now });
		this.sandbox.reset();
		addCustomers(this.sandbox.records, ['A', 'B', 'C']);
	}

	/** Lets sleeps end only in `advanceTime`, so that nothing depends on the speed of the machine. */
	pauseTime(): void {
		this.sleepers = [];
		const sleep = async (milliseconds: number) => {
			await new Promise<void>((wake) => this.sleepers.push({ endMs: this.now + milliseconds, wake }));
		};
		Object.assign(clock, { sleep, timeoutSignal: (milliseconds: number) => abortWhen(sleep(milliseconds)) });
	}

	override async stop(): Promise<void> {
		Object.assign(clock, realClock);
		await super.stop();
	}

	/** Moves the clock forward and wakes every sleep that ends on the way. */
	async advanceTime(milliseconds: number): Promise<void> {
		const endMs = this.now + milliseconds;
		for (;;) {
			await flushEventLoop();
			const nextWakeMs = Math.min(...this.sleepers.map((sleeper) => sleeper.endMs));
			if (nextWakeMs > endMs) break;
			const [nextSleeper] = this.sleepers.splice(
				this.sleepers.findIndex((sleeper) => sleeper.endMs === nextWakeMs),
				1,
			);
			this.now = Math.max(this.now, nextWakeMs);
			nextSleeper?.wake();
		}
		this.now = endMs;
	}

	/**
	 * Moves the clock forward for a poll that has to end within this time.
	 * @throws Error when the poll has not ended
	 */
	async finishPoll(poll: Promise<TriggerPollResult>, milliseconds: number): Promise<TriggerPollResult> {
		await this.advanceTime(milliseconds);
		const timeoutError = flushEventLoop().then(() => {
			throw new Error('The poll goes on, and its time is up');
		});
		return await Promise.race([poll, timeoutError]);
	}

	/**
	 * Polls with one request at a time.
	 * GoFive takes two thirds of the budget for `answerCount` responses and sends no other.
	 * @param answerCount - Two or more, because a request times out after two fifths of the budget
	 * @param budgetMs - Budget in ms; smaller than n8n's where the poll may not use all of it
	 */
	async pollWithAnswers(
		answerCount: number,
		poll: (options: PollOptions) => Promise<TriggerPollResult>,
		budgetMs = POLL_BUDGET_MS,
	): Promise<TriggerPollResult> {
		const hold = this.sandbox.hold('getCustomerEvents');
		const pollPromise = poll({ pollBudgetMs: POLL_BUDGET_MS });
		for (let answerIndex = 0; answerIndex < answerCount; answerIndex++) {
			await hold.waitForRequests(1, pollPromise);
			await this.advanceTime((2 / 3) * (budgetMs / answerCount));
			hold.release(1);
		}
		await hold.waitForRequests(1, pollPromise);
		// n8n needs a part of the budget itself.
		const result = await this.finishPoll(pollPromise, (0.9 - 2 / 3) * budgetMs);
		hold.end();
		return result;
	}

	/** Starts a poll that meets the rate limit. Resolves when the poll waits for Retry-After. */
	async startRateLimitedPoll(
		seconds: number,
		poll: () => Promise<TriggerPollResult>,
	): Promise<{ pollPromise: Promise<TriggerPollResult> }> {
		this.addFault('getCustomerEvents', { kind: 'rateLimited', seconds });
		const sleeperCount = this.sleepers.length;
		const pollPromise = poll();
		// Three sleeps: until the end of the budget, the timeout of the request, and the end of the pause.
		await waitForCondition(() => this.sleepers.length === sleeperCount + 3);
		return { pollPromise };
	}

	/** Formats GoFive's wall time a number of days from now. */
	formatWallTime(daysFromNow: number): string {
		return new Date(this.now + daysFromNow * 24 * HOUR_MS + 7 * HOUR_MS).toISOString().slice(0, 19);
	}

	/**
	 * Creates an event.
	 * @returns its ID
	 */
	createEvent(customerCode: string, days = 0, eventType = 1): number {
		const eventDate = this.formatWallTime(days);
		const event = { customerCode, eventName: 'นัดหมาย', eventType, eventDate };
		return Number(this.sandbox.records.customerEvents.createFromRequest(event)['eventId']);
	}

	/** Answers the next reads of a customer's events with HTTP 500. */
	failRequests(customerCode: string, times: number | 'always' = 1): void {
		this.addFault({ operationId: 'getCustomerEvents', customerCode }, { status: 500 }, { times });
	}

	/** Answers the next read of a customer's events with this data. */
	respondWith(customerCode: string, data: unknown): void {
		this.respondWithData({ operationId: 'getCustomerEvents', customerCode }, data);
	}

	/**
	 * Creates an inactive workflow. By default it watches customer A with raw output.
	 * @param isDurable - Whether n8n's durable poller runs it
	 */
	createWorkflow(parameters: INodeParameters = {}, isDurable = false): TriggerWorkflow {
		return new TriggerWorkflow(this.credential, { customerCodes: 'A', output: 'raw', ...parameters }, isDurable);
	}

	/** Creates and activates a workflow, and expects that the activation emits nothing. */
	async activateWorkflow(parameters: INodeParameters = {}): Promise<TriggerWorkflow> {
		const activatedWorkflow = this.createWorkflow(parameters);
		expect(await activatedWorkflow.activate()).toMatchObject({ data: null });
		return activatedWorkflow;
	}

	/** Fetches a test event, and expects that it stores nothing. */
	async fetchTestEvent(parameters: INodeParameters = {}): Promise<TriggerPollResult> {
		const trigger = this.createWorkflow(parameters).load();
		const result = await trigger.poll({ mode: 'manual' });
		expect(trigger.staticData()).toEqual({});
		return result;
	}

	/** Customer codes of all reads of events, in order. */
	get requestedCustomerCodes(): string[] {
		return this.findRequests('getCustomerEvents').map(
			({ query }) => new URLSearchParams(query).get('customerCode') ?? '',
		);
	}
}

/** Starts a fixture for the tests of a file that is reset for each test. */
export function setupTriggerFixture(): TriggerFixture {
	const fixture = new TriggerFixture();
	beforeAll(async () => await fixture.start());
	afterAll(async () => await fixture.stop());
	beforeEach(() => fixture.resetForTest());
	return fixture;
}

/**
 * Returns the IDs of the events that a poll emitted.
 * @throws the error of the poll
 */
export function getEventIds({ items, error }: TriggerPollResult): number[] {
	if (error) throw error;
	return items.map(({ eventId }) => Number(eventId));
}
