import type { INodeParameters } from 'n8n-workflow';
import type { StoredEvent } from '../../sandbox/store.mts';
import type { PollResult } from './harness.cts';
import { LiveWorkflow } from './liveWorkflow.cts';
import { clock, World } from './world.cts';

const HOUR = 3_600_000;
const realNow = clock.now;

/** A GoFive with the customers A, B and C, who have no events, and a clock that stands still. */
export class TriggerWorld extends World {
	/** Milliseconds; noon in Thailand at the beginning of each test. */
	now = 0;

	/** Before each test. */
	begin(): void {
		this.now = Date.parse('2025-06-15T05:00:00Z');
		clock.now = () => this.now;
		this.sandbox.reset();
		for (const code of ['A', 'B', 'C']) this.sandbox.store.addCustomer(code);
	}

	override async close(): Promise<void> {
		clock.now = realNow;
		await super.close();
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

/** The ids of the events that a poll tells of. @throws what the poll threw */
export function told({ items, error }: PollResult): number[] {
	if (error) throw error;
	return items.map(({ eventId }) => Number(eventId));
}
