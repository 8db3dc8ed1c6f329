import { SEED_CUSTOMERS, SEED_EVENT_TYPES, buildSeedEvents } from './seedData.mts';

/** An event as GoFive answers it; `eventDate` with `+0700`. */
export interface StoredEvent {
	eventId: number;
	eventName: string;
	eventDate: string;
	eventType: number;
	description: string;
	customerId: number;
}

/** A customer and its events, in order of creation. */
export interface Customer {
	customerCode: string;
	customerId: number;
	customerName: string;
	events: StoredEvent[];
}

/** What a write carries; `eventDate` is wall time `YYYY-MM-DDTHH:mm:ss`. */
export interface EventInput {
	customerCode: string;
	eventName: string;
	eventType: number;
	eventDate: string;
	description?: string;
}

/** Limits of a search, all optional; the dates are wall times and included. */
export interface EventFilter {
	eventType?: number;
	from?: string;
	to?: string;
}

const THAI_UTC_OFFSET = '+0700';

/** The sandbox's data, in memory. */
export class DataStore {
	readonly eventTypes = SEED_EVENT_TYPES;
	readonly customers = new Map<string, Customer>();
	private customerByEventId = new Map<number, Customer>();
	private nextEventId = 1;
	private nextCustomerId = 480201;

	constructor() {
		this.reset();
	}

	/** Puts the believable data back. */
	reset(): void {
		this.customers.clear();
		this.customerByEventId.clear();
		this.nextEventId = 1;
		this.nextCustomerId = 480201;
		for (const [code, name] of SEED_CUSTOMERS) this.ensureCustomer(code, name);
		for (const event of buildSeedEvents(Date.now())) this.createEvent(event);
	}

	/** All events, each with its customer code. */
	get events(): Array<StoredEvent & { customerCode: string }> {
		return [...this.customers.values()].flatMap(({ customerCode, events }) =>
			events.map((event) => ({ ...event, customerCode })),
		);
	}

	/** Adds a customer without events, or gives back the one that has the code. */
	ensureCustomer(customerCode: string, customerName = `Customer ${customerCode}`): Customer {
		const existingCustomer = this.customers.get(customerCode);
		if (existingCustomer) return existingCustomer;
		const getCustomer = { customerCode, customerId: this.nextCustomerId++, customerName, events: [] };
		this.customers.set(customerCode, getCustomer);
		return getCustomer;
	}

	/** Finds a customer's events. @throws Error when the customer is not known */
	findEvents(customerCode: string, { eventType, from, to }: EventFilter = {}): StoredEvent[] {
		const { events } = this.getCustomer(customerCode);
		// Same offset and same width everywhere, so text order is time order.
		const fromText = from === undefined ? '' : from + THAI_UTC_OFFSET;
		const toText = to === undefined ? '~' : to + THAI_UTC_OFFSET;
		return events
			.filter((event) => event.eventDate >= fromText && event.eventDate <= toText)
			.filter((event) => eventType === undefined || event.eventType === eventType);
	}

	/** Gives the event of an id. */
	findEvent(eventId: number): StoredEvent | undefined {
		return this.customerByEventId.get(eventId)?.events.find((event) => event.eventId === eventId);
	}

	/** Adds an event. @throws Error when the customer is not known */
	createEvent({ customerCode, eventName, eventType, eventDate, description = '' }: EventInput): StoredEvent {
		const getCustomer = this.getCustomer(customerCode);
		const { customerId } = getCustomer;
		const eventId = this.nextEventId++;
		const event = { eventId, eventName, eventDate: eventDate + THAI_UTC_OFFSET, eventType, description, customerId };
		getCustomer.events.push(event);
		this.customerByEventId.set(eventId, getCustomer);
		return event;
	}

	/** Changes an event; another `customerCode` moves it. @throws Error when event or customer is not known */
	updateEvent(eventId: number, { customerCode, eventDate, ...otherChanges }: Partial<EventInput>): StoredEvent {
		const event = this.findEvent(eventId);
		const currentCustomer = this.customerByEventId.get(eventId);
		if (!event || !currentCustomer) throw new Error(`No event ${eventId}`);
		const getCustomer = customerCode === undefined ? currentCustomer : this.getCustomer(customerCode);
		Object.assign(event, otherChanges, { customerId: getCustomer.customerId });
		if (eventDate !== undefined) event.eventDate = eventDate + THAI_UTC_OFFSET;
		if (getCustomer !== currentCustomer) {
			currentCustomer.events = currentCustomer.events.filter((other) => other !== event);
			getCustomer.events.push(event);
			this.customerByEventId.set(eventId, getCustomer);
		}
		return event;
	}

	/** Removes an event; tells whether there was one. */
	deleteEvent(eventId: number): boolean {
		const currentCustomer = this.customerByEventId.get(eventId);
		if (!currentCustomer) return false;
		currentCustomer.events = currentCustomer.events.filter((event) => event.eventId !== eventId);
		return this.customerByEventId.delete(eventId);
	}

	/** Adds a customer (or takes the known one) and `count` events, one every five minutes from 1 January 2025 on. */
	seedCustomer(customerCode: string, count = 0): Customer {
		const getCustomer = this.ensureCustomer(customerCode);
		for (let index = 0; index < count; index++) {
			const eventDate = new Date(Date.UTC(2025, 0, 1, 0, index * 5)).toISOString().slice(0, 19);
			const eventName = `Event ${index + 1} / กิจกรรมที่ ${index + 1}`;
			this.createEvent({ customerCode, eventName, eventType: (index % 6) + 1, eventDate, description: 'Seeded' });
		}
		return getCustomer;
	}

	/** Adds customers PREFIX0001, PREFIX0002 ... with `eventsEach` events; gives their codes. */
	seedCustomers(count: number, eventsPerCustomer = 0, prefix = 'BULK'): string[] {
		return Array.from({ length: count }, (_, index) => {
			const code = prefix + String(index + 1).padStart(4, '0');
			this.seedCustomer(code, eventsPerCustomer);
			return code;
		});
	}

	private getCustomer(customerCode: string): Customer {
		const getCustomer = this.customers.get(customerCode);
		if (!getCustomer) throw new Error(`No customer ${customerCode}`);
		return getCustomer;
	}
}
