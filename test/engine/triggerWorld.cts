import type { INodeParameters } from 'n8n-workflow';
import type { StoredEvent } from '../../sandbox/store.mts';
import type { PollOptions, PollResult } from './harness.cts';
import { LiveWorkflow } from './liveWorkflow.cts';
import { turn, until } from '../until.cts';
import { clock, World } from './world.cts';

const HOUR = 3_600_000;
const realClock = { ...clock };

/** What n8n usually gives a poll, in milliseconds; with it, no request is given up by real time within a minute. */
export const pollBudgetMs = 300_000;

/** The longest `Timeout`, in seconds. */
export const timeout = 3600;

/** A GoFive with the customers A, B and C, who have no events, and a clock that stands still. */
class TriggerWorld extends World {
	/** Milliseconds; noon in Thailand at the beginning of each test. */
	now = 0;
	private sleepers: Array<{ end: number; wake: () => void }> = [];

	/** Before each test. */
	begin(): void {
		this.now = Date.parse('2025-06-15T05:00:00Z');
		Object.assign(clock, realClock, { now: () => this.now });
		this.sandbox.reset();
		for (const code of ['A', 'B', 'C']) this.sandbox.store.addCustomer(code);
	}

	/** Lets nothing that waits for time to pass go on, on a machine however slow, until the test says so: see `pass`. */
	stopTime(): void {
		this.sleepers = [];
		const sleep = async (milliseconds: number) => {
			await new Promise<void>((wake) => this.sleepers.push({ end: this.now + milliseconds, wake }));
		};
		Object.assign(clock, { sleep, watch: sleep });
	}

	override async close(): Promise<void> {
		Object.assign(clock, realClock);
		await super.close();
	}

	/** Lets time pass for what waits for it, while GoFive answers at once. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.now + milliseconds;
		for (;;) {
			await turn();
			const due = Math.min(...this.sleepers.map((sleeper) => sleeper.end));
			if (due > end) break;
			const [next] = this.sleepers.splice(this.sleepers.findIndex((sleeper) => sleeper.end === due), 1);
			this.now = Math.max(this.now, due);
			next?.wake();
		}
		this.now = end;
	}

	/** Lets time pass for a poll that has to end with it. @throws Error when it goes on */
	async end(poll: Promise<PollResult>, milliseconds: number): Promise<PollResult> {
		await this.pass(milliseconds);
		const late = turn().then(() => {
			throw new Error('The poll goes on, and its time is up');
		});
		return await Promise.race([poll, late]);
	}

	/**
	 * A poll of one request after the other: GoFive takes two thirds of `budget` for so many answers (two or more, since a
	 * request is given up after two fifths), and gives no other before its end.
	 * @param budget milliseconds; less than n8n tells where the poll may not use up all of that
	 */
	async pollWith(answers: number, poll: (options: PollOptions) => Promise<PollResult>, budget = pollBudgetMs): Promise<PollResult> {
		const hold = this.sandbox.hold('getCustomerEvents');
		const running = poll({ pollBudgetMs });
		for (let answered = 0; answered < answers; answered++) {
			await hold.until(1, running);
			await this.pass((2 / 3) * (budget / answers));
			hold.release(1);
		}
		await hold.until(1, running);
		// n8n needs some of the budget itself.
		const result = await this.end(running, (0.9 - 2 / 3) * budget);
		hold.end();
		return result;
	}

	/** Begins a poll that GoFive's rate limit refuses for so long. Resolves when it waits for the end of that. */
	async refuse(seconds: number, poll: () => Promise<PollResult>): Promise<{ running: Promise<PollResult> }> {
		this.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { kind: 'rateLimited', seconds } });
		const before = this.sleepers.length;
		const running = poll();
		// One sleeps until the end of the budget, one until that of the request, and then one until that of the pause.
		await until(() => this.sleepers.length === before + 3);
		return { running };
	}

	/** Moves the clock on. */
	wait(hours: number): void {
		this.now += hours * HOUR;
	}

	/** GoFive's wall time, so many days from now. */
	date(days: number): string {
		return new Date(this.now + days * 24 * HOUR + 7 * HOUR).toISOString().slice(0, 19);
	}

	/** A new event. @returns its id */
	create(customerCode: string, days = 0, eventType = 1): number {
		return this.sandbox.store.createEvent({ customerCode, eventName: 'นัดหมาย', eventType, eventDate: this.date(days) }).eventId;
	}

	/** Changes an event. */
	update(id: number, change: Partial<Pick<StoredEvent, 'eventName' | 'description' | 'eventType'>> & { customerCode?: string; days?: number }): void {
		const { days, ...rest } = change;
		this.sandbox.store.updateEvent(id, { ...rest, ...(days !== undefined && { eventDate: this.date(days) }) });
	}

	/** Makes the next requests for a customer's events go wrong. */
	fail(customerCode: string, times: number | 'always' = 1): void {
		this.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, times, answer: { status: 500 } });
	}

	/** Makes GoFive answer the next requests for a customer's events with this data. */
	answer(customerCode: string, data: unknown, times: number | 'always' = 1): void {
		const body = { status: { code: '1000', description: 'Success' }, data };
		this.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, times, answer: { status: 200, body } });
	}

	/** A workflow that is not active yet; without parameters it watches A, raw. @param durable run by n8n's durable poller */
	workflow(parameters: INodeParameters = {}, durable = false): LiveWorkflow {
		return new LiveWorkflow(this.credential, { customerCodes: 'A', output: 'raw', ...parameters }, durable);
	}

	/** A workflow that was activated without telling of anything. */
	async active(parameters: INodeParameters = {}): Promise<LiveWorkflow> {
		const workflow = this.workflow(parameters);
		expect(await workflow.activate()).toMatchObject({ data: null });
		return workflow;
	}

	/** Codes of the customers whose events were asked for, in order. */
	get asked(): string[] {
		return this.sent('getCustomerEvents').map(({ query }) => new URLSearchParams(query).get('customerCode') ?? '');
	}
}

/** A world that is open while the tests of a file run, and begins anew with each test. */
export function openTriggerWorld(): TriggerWorld {
	const world = new TriggerWorld();
	beforeAll(async () => await world.open());
	afterAll(async () => await world.close());
	beforeEach(() => world.begin());
	return world;
}

/** The ids of the events that a poll tells of. @throws what the poll threw */
export function told({ items, error }: PollResult): number[] {
	if (error) throw error;
	return items.map(({ eventId }) => Number(eventId));
}
