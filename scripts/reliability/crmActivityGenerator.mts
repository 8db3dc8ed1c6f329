import type { FaultResponse, Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { SeededRandom } from './seededRandom.mts';
import { WATCHED_CUSTOMER_CODES } from './reliabilityWorkflow.mts';

const DAY_MS = 86_400_000;
/** Milliseconds between two doings, at most. */
const MAX_PAUSE_MS = 5_000;
/** None of these is sent again within a poll, so each fails what it meets. */
const POLL_FAULTS: readonly FaultResponse[] = [
	{ status: 500 },
	{ kind: 'html' },
	{ status: 200, body: { status: { code: '5000', description: 'Busy' }, data: null } },
];

/** What goes on at GoFive, whether n8n runs or not. */
export class CrmActivityGenerator {
	/** IDs of the events created so far. */
	readonly createdEventIds = new Set<number>();
	/** How often an answer to a poll was spoilt: for one customer, or for all. */
	readonly faultCounts = { one: 0, all: 0 };
	changedCount = 0;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly random: SeededRandom,
	) {}

	/** Events come from now on. */
	start(): void {
		const actAndReschedule = (): void => {
			this.performRandomAction();
			this.start();
		};
		this.timer = setTimeout(actAndReschedule, this.random.numberBetween(0, MAX_PAUSE_MS));
	}

	/** Nothing happens any more. */
	stop(): void {
		clearTimeout(this.timer);
	}

	/** New events now, so that the poll that follows has something to tell. */
	createEvents(count = this.random.integerBetween(1, 3)): void {
		for (let remaining = count; remaining > 0; remaining--) this.createEvent();
	}

	/** Spoils the next answer for one customer, or one answer for each. */
	failNextPoll(): void {
		const affectsAllCustomers = this.random.happens(0.5);
		this.faultCounts[affectsAllCustomers ? 'all' : 'one']++;
		const answer = this.random.pick(POLL_FAULTS);
		for (const customerCode of affectsAllCustomers
			? WATCHED_CUSTOMER_CODES
			: [this.random.pick(WATCHED_CUSTOMER_CODES)]) {
			const match = { operationId: 'getCustomerEvents', customerCode };
			this.sandbox.addFault({ match, answer: affectsAllCustomers ? { status: 500 } : answer });
		}
	}

	private performRandomAction(): void {
		if (this.createdEventIds.size > 0 && this.random.happens(0.1)) this.changeEvent();
		// Several in one second, as an import makes them.
		else if (this.random.happens(0.1)) for (let remaining = 5; remaining > 0; remaining--) this.createEvent();
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

	/** A change is no new event. */
	private changeEvent(): void {
		const eventId = this.random.pick([...this.createdEventIds]);
		this.sandbox.store.updateEvent(eventId, { eventName: 'Changed', eventDate: this.pickEventDate() });
		this.changedCount++;
	}

	/** Well inside the trigger's window of 30 days back and 365 ahead, in the past as often as in the future. */
	private pickEventDate(): string {
		const days = this.random.happens(0.5) ? this.random.integerBetween(-25, 0) : this.random.integerBetween(1, 300);
		return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19);
	}
}
