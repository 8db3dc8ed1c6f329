import type { INodeParameters } from 'n8n-workflow';
import type { StoredEvent } from '../../sandbox/dataStore.mts';
import type { PollOptions, TriggerPollResult } from './harness.cts';
import { TriggerWorkflow } from './triggerWorkflow.cts';
import { flushEventLoop, waitForCondition } from '../support/waitForCondition.cts';
import { clock, ExecutionFixture } from './executionFixture.cts';

const HOUR_MS = 3_600_000;
const realClock = { ...clock };

/** What n8n usually gives a poll, in milliseconds; with it, no request is given up by real time within a minute. */
export const POLL_BUDGET_MS = 300_000;

/** The longest `Timeout`, in seconds. */
export const MAX_TIMEOUT_SECONDS = 3600;

/** A GoFive with the customers A, B and C, who have no events, and a clock that stands still. */
class TriggerFixture extends ExecutionFixture {
	/** Milliseconds; noon in Thailand at the beginning of each test. */
	now = 0;
	private sleepers: Array<{ endMs: number; wake: () => void }> = [];

	/** Before each test. */
	resetForTest(): void {
		this.now = Date.parse('2025-06-15T05:00:00Z');
		Object.assign(clock, realClock, { now: () => this.now });
		this.sandbox.reset();
		for (const code of ['A', 'B', 'C']) this.sandbox.store.ensureCustomer(code);
	}

	/** Lets nothing that waits for time to pass go on, on a machine however slow, until the test says so: see `pass`. */
	pauseTime(): void {
		this.sleepers = [];
		const sleep = async (milliseconds: number) => {
			await new Promise<void>((wake) => this.sleepers.push({ endMs: this.now + milliseconds, wake }));
		};
		Object.assign(clock, { sleep, sleepBetweenChecks: sleep });
	}

	override async stop(): Promise<void> {
		Object.assign(clock, realClock);
		await super.stop();
	}

	/** Lets time pass for what waits for it, while GoFive answers at once. */
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

	/** Lets time pass for a poll that has to end with it. @throws Error when it goes on */
	async finishPoll(poll: Promise<TriggerPollResult>, milliseconds: number): Promise<TriggerPollResult> {
		await this.advanceTime(milliseconds);
		const timeoutError = flushEventLoop().then(() => {
			throw new Error('The poll goes on, and its time is up');
		});
		return await Promise.race([poll, timeoutError]);
	}

	/**
	 * A poll of one request after the other: GoFive takes two thirds of `budget` for so many answers (two or more, since a
	 * request is given up after two fifths), and gives no other before its end.
	 * @param budgetMs milliseconds; less than n8n tells where the poll may not use up all of that
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
		// n8n needs some of the budget itself.
		const result = await this.finishPoll(pollPromise, (0.9 - 2 / 3) * budgetMs);
		hold.end();
		return result;
	}

	/** Begins a poll that GoFive's rate limit refuses for so long. Resolves when it waits for the end of that. */
	async startRateLimitedPoll(
		seconds: number,
		poll: () => Promise<TriggerPollResult>,
	): Promise<{ pollPromise: Promise<TriggerPollResult> }> {
		this.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { kind: 'rateLimited', seconds } });
		const sleeperCount = this.sleepers.length;
		const pollPromise = poll();
		// One sleeps until the end of the budget, one until that of the request, and then one until that of the pause.
		await waitForCondition(() => this.sleepers.length === sleeperCount + 3);
		return { pollPromise };
	}

	/** Moves the clock on. */
	advanceHours(hours: number): void {
		this.now += hours * HOUR_MS;
	}

	/** GoFive's wall time, so many days from now. */
	formatWallTime(daysFromNow: number): string {
		return new Date(this.now + daysFromNow * 24 * HOUR_MS + 7 * HOUR_MS).toISOString().slice(0, 19);
	}

	/** A new event. @returns its id */
	createEvent(customerCode: string, days = 0, eventType = 1): number {
		return this.sandbox.store.createEvent({
			customerCode,
			eventName: 'นัดหมาย',
			eventType,
			eventDate: this.formatWallTime(days),
		}).eventId;
	}

	/** Changes an event. */
	updateEvent(
		id: number,
		changes: Partial<Pick<StoredEvent, 'eventName' | 'description' | 'eventType'>> & {
			customerCode?: string;
			days?: number;
		},
	): void {
		const { days, ...rest } = changes;
		this.sandbox.store.updateEvent(id, {
			...rest,
			...(days !== undefined && { eventDate: this.formatWallTime(days) }),
		});
	}

	/** Makes the next requests for a customer's events go wrong. */
	failRequests(customerCode: string, times: number | 'always' = 1): void {
		this.sandbox.addFault({
			match: { operationId: 'getCustomerEvents', customerCode },
			times,
			answer: { status: 500 },
		});
	}

	/** Makes GoFive answer the next requests for a customer's events with this data. */
	respondWith(customerCode: string, data: unknown, times: number | 'always' = 1): void {
		const body = { status: { code: '1000', description: 'Success' }, data };
		this.sandbox.addFault({
			match: { operationId: 'getCustomerEvents', customerCode },
			times,
			answer: { status: 200, body },
		});
	}

	/** A workflow that is not active yet; without parameters it watches A, raw. @param isDurable run by n8n's durable poller */
	createWorkflow(parameters: INodeParameters = {}, isDurable = false): TriggerWorkflow {
		return new TriggerWorkflow(this.credential, { customerCodes: 'A', output: 'raw', ...parameters }, isDurable);
	}

	/** A workflow that was activated without telling of anything. */
	async activateWorkflow(parameters: INodeParameters = {}): Promise<TriggerWorkflow> {
		const activatedWorkflow = this.createWorkflow(parameters);
		expect(await activatedWorkflow.activate()).toMatchObject({ data: null });
		return activatedWorkflow;
	}

	/** Codes of the customers whose events were asked for, in order. */
	get requestedCustomerCodes(): string[] {
		return this.findRequests('getCustomerEvents').map(
			({ query }) => new URLSearchParams(query).get('customerCode') ?? '',
		);
	}
}

/** A world that is open while the tests of a file run, and begins anew with each test. */
export function setupTriggerFixture(): TriggerFixture {
	const fixture = new TriggerFixture();
	beforeAll(async () => await fixture.start());
	afterAll(async () => await fixture.stop());
	beforeEach(() => fixture.resetForTest());
	return fixture;
}

/** The ids of the events that a poll tells of. @throws what the poll threw */
export function getEventIds({ items, error }: TriggerPollResult): number[] {
	if (error) throw error;
	return items.map(({ eventId }) => Number(eventId));
}
