import type { Answer, Sandbox } from '../../sandbox/types.mts';
import type { Random } from './random.mts';
import { CODES } from './workflow.mts';

const DAY = 86_400_000;
/** Milliseconds between two doings, at most. */
const LONGEST_PAUSE = 5_000;
/** None of these is sent again within a poll, so each fails what it meets. */
const FAULTS: readonly Answer[] = [
	{ status: 500 },
	{ kind: 'html' },
	{ status: 200, body: { status: { code: '5000', description: 'Busy' }, data: null } },
];

/** What goes on at GoFive, whether n8n runs or not. */
export class Life {
	/** IDs of the events created so far. */
	readonly created = new Set<number>();
	/** How often an answer to a poll was spoilt: for one customer, or for all. */
	readonly faults = { one: 0, all: 0 };
	changed = 0;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly random: Random,
	) {}

	/** Events come from now on. */
	begin(): void {
		const goOn = (): void => {
			this.doSomething();
			this.begin();
		};
		this.timer = setTimeout(goOn, this.random.between(0, LONGEST_PAUSE));
	}

	/** Nothing happens any more. */
	end(): void {
		clearTimeout(this.timer);
	}

	/** New events now, so that the poll that follows has something to tell. */
	createSome(count = this.random.whole(1, 3)): void {
		for (let left = count; left > 0; left--) this.create();
	}

	/** Spoils the next answer for one customer, or one answer for each. */
	spoilNextPoll(): void {
		const all = this.random.happens(0.5);
		this.faults[all ? 'all' : 'one']++;
		const answer = this.random.pick(FAULTS);
		for (const customerCode of all ? CODES : [this.random.pick(CODES)]) {
			const match = { operationId: 'getCustomerEvents', customerCode };
			this.sandbox.addFault({ match, answer: all ? { status: 500 } : answer });
		}
	}

	private doSomething(): void {
		if (this.created.size > 0 && this.random.happens(0.1)) this.change();
		// Several in one second, as an import makes them.
		else if (this.random.happens(0.1)) for (let left = 5; left > 0; left--) this.create();
		else this.create();
	}

	private create(): void {
		const { random, sandbox } = this;
		const number = this.created.size + 1;
		const { eventId } = sandbox.store.createEvent({
			customerCode: random.pick(CODES),
			eventName: `Event ${number} / กิจกรรมที่ ${number}`,
			eventType: random.whole(1, 6),
			eventDate: this.someDate(),
		});
		this.created.add(eventId);
	}

	/** A change is no new event. */
	private change(): void {
		const eventId = this.random.pick([...this.created]);
		this.sandbox.store.updateEvent(eventId, { eventName: 'Changed', eventDate: this.someDate() });
		this.changed++;
	}

	/** Well inside the trigger's window of 30 days back and 365 ahead, in the past as often as in the future. */
	private someDate(): string {
		const days = this.random.happens(0.5) ? this.random.whole(-25, 0) : this.random.whole(1, 300);
		return new Date(Date.now() + days * DAY).toISOString().slice(0, 19);
	}
}
