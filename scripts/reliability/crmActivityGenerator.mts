import { DateTime } from 'luxon';
import type { FaultResponse, Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { SeededRandom } from './seededRandom.mts';
import { WATCHED_CUSTOMER_CODES } from './reliabilityWorkflow.mts';

/** Maximum time in ms between two changes. The average of 2.5 s gives most polls something new. */
const MAX_PAUSE_MS = 5_000;
/** Faults that the trigger does not retry within a poll. */
const POLL_FAULTS: readonly FaultResponse[] = [
	{ status: 500 },
	{ kind: 'html' },
	{ status: 200, body: { status: { code: '5000', description: 'Busy' }, data: null } },
];

/** Creates and changes events in the sandbox, whether n8n runs or not. */
export class CrmActivityGenerator {
	/** Ids of the created events. */
	readonly createdEventIds = new Set<number>();
	/** Number of polls with a fault for one customer, and for all. */
	readonly faultCounts = { oneCustomer: 0, allCustomers: 0 };
	changedCount = 0;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly random: SeededRandom,
	) {}

	/** Starts to create and change events at random times. */
	start(): void {
		const actAndReschedule = (): void => {
			this.performRandomAction();
			this.start();
		};
		this.timer = setTimeout(actAndReschedule, this.random.numberBetween(0, MAX_PAUSE_MS));
	}

	/** Stops creating and changing events. */
	stop(): void {
		clearTimeout(this.timer);
	}

	/** Creates events immediately, so that the next poll returns something new. */
	createEvents(count = this.random.integerBetween(1, 3)): void {
		for (let remaining = count; remaining > 0; remaining--) this.createEvent();
	}

	/** Adds a fault to the next poll, for one customer or for all. */
	failNextPoll(): void {
		const affectsAllCustomers = this.random.happens(0.5);
		this.faultCounts[affectsAllCustomers ? 'allCustomers' : 'oneCustomer']++;
		const answer = affectsAllCustomers ? { status: 500 } : this.random.pick(POLL_FAULTS);
		const customerCodes = affectsAllCustomers ? WATCHED_CUSTOMER_CODES : [this.random.pick(WATCHED_CUSTOMER_CODES)];
		for (const customerCode of customerCodes)
			this.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, answer });
	}

	private performRandomAction(): void {
		if (this.createdEventIds.size > 0 && this.random.happens(0.1)) this.changeEvent();
		// Several in one second, as by an import.
		else if (this.random.happens(0.1)) this.createEvents(5);
		else this.createEvent();
	}

	private createEvent(): void {
		const { random, sandbox } = this;
		const eventNumber = this.createdEventIds.size + 1;
		const { eventId } = sandbox.store.createEvent({
			customerCode: random.pick(WATCHED_CUSTOMER_CODES),
			eventName: `Event ${eventNumber} / กิจกรรมที่ ${eventNumber}`,
			eventType: random.integerBetween(1, 6),
			eventDate: this.pickEventDate(),
		});
		this.createdEventIds.add(eventId);
	}

	/** Changes an event, which must not start the workflow. */
	private changeEvent(): void {
		const eventId = this.random.pick([...this.createdEventIds]);
		this.sandbox.store.updateEvent(eventId, { eventName: 'Changed', eventDate: this.pickEventDate() });
		this.changedCount++;
	}

	/** Returns a date in the past or in the future, inside the trigger's default window of 30 days back and 365 ahead. */
	private pickEventDate(): string {
		const days = this.random.happens(0.5) ? this.random.integerBetween(-25, 0) : this.random.integerBetween(1, 300);
		return DateTime.utc().plus({ days }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
	}
}
