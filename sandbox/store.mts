import { CUSTOMERS, EVENT_TYPES, seedEvents } from './seed.mts';

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

const OFFSET = '+0700';

/** The sandbox's data, in memory. */
export class Store {
	readonly eventTypes = EVENT_TYPES;
	readonly customers = new Map<string, Customer>();
	private owners = new Map<number, Customer>();
	private nextEventId = 1;
	private nextCustomerId = 480201;

	constructor() {
		this.reset();
	}

	/** Puts the believable data back. */
	reset(): void {
		this.customers.clear();
		this.owners.clear();
		this.nextEventId = 1;
		this.nextCustomerId = 480201;
		for (const [code, name] of CUSTOMERS) this.addCustomer(code, name);
		for (const event of seedEvents(Date.now())) this.createEvent(event);
	}

	/** All events, each with its customer code. */
	get events(): Array<StoredEvent & { customerCode: string }> {
		return [...this.customers.values()].flatMap(({ customerCode, events }) =>
			events.map((event) => ({ ...event, customerCode })),
		);
	}

	/** Adds a customer without events, or gives back the one that has the code. */
	addCustomer(customerCode: string, customerName = `Customer ${customerCode}`): Customer {
		const known = this.customers.get(customerCode);
		if (known) return known;
		const customer = { customerCode, customerId: this.nextCustomerId++, customerName, events: [] };
		this.customers.set(customerCode, customer);
		return customer;
	}

	/** Finds a customer's events. @throws Error when the customer is not known */
	findEvents(customerCode: string, { eventType, from, to }: EventFilter = {}): StoredEvent[] {
		const { events } = this.customer(customerCode);
		// Same offset and same width everywhere, so text order is time order.
		const first = from === undefined ? '' : from + OFFSET;
		const last = to === undefined ? '~' : to + OFFSET;
		return events
			.filter((event) => event.eventDate >= first && event.eventDate <= last)
			.filter((event) => eventType === undefined || event.eventType === eventType);
	}

	/** Gives the event of an id. */
	findEvent(eventId: number): StoredEvent | undefined {
		return this.owners.get(eventId)?.events.find((event) => event.eventId === eventId);
	}

	/** Adds an event. @throws Error when the customer is not known */
	createEvent({ customerCode, eventName, eventType, eventDate, description = '' }: EventInput): StoredEvent {
		const customer = this.customer(customerCode);
		const { customerId } = customer;
		const eventId = this.nextEventId++;
		const event = { eventId, eventName, eventDate: eventDate + OFFSET, eventType, description, customerId };
		customer.events.push(event);
		this.owners.set(eventId, customer);
		return event;
	}

	/** Changes an event; another `customerCode` moves it. @throws Error when event or customer is not known */
	updateEvent(eventId: number, { customerCode, eventDate, ...rest }: Partial<EventInput>): StoredEvent {
		const event = this.findEvent(eventId);
		const owner = this.owners.get(eventId);
		if (!event || !owner) throw new Error(`No event ${eventId}`);
		const customer = customerCode === undefined ? owner : this.customer(customerCode);
		Object.assign(event, rest, { customerId: customer.customerId });
		if (eventDate !== undefined) event.eventDate = eventDate + OFFSET;
		if (customer !== owner) {
			owner.events = owner.events.filter((other) => other !== event);
			customer.events.push(event);
			this.owners.set(eventId, customer);
		}
		return event;
	}

	/** Removes an event; tells whether there was one. */
	deleteEvent(eventId: number): boolean {
		const owner = this.owners.get(eventId);
		if (!owner) return false;
		owner.events = owner.events.filter((event) => event.eventId !== eventId);
		return this.owners.delete(eventId);
	}

	/** Adds a customer (or takes the known one) and `count` events, one every five minutes from 1 January 2025 on. */
	seedCustomer(customerCode: string, count = 0): Customer {
		const customer = this.addCustomer(customerCode);
		for (let index = 0; index < count; index++) {
			const eventDate = new Date(Date.UTC(2025, 0, 1, 0, index * 5)).toISOString().slice(0, 19);
			const eventName = `Event ${index + 1} / กิจกรรมที่ ${index + 1}`;
			this.createEvent({ customerCode, eventName, eventType: (index % 6) + 1, eventDate, description: 'Seeded' });
		}
		return customer;
	}

	/** Adds customers PREFIX0001, PREFIX0002 ... with `eventsEach` events; gives their codes. */
	seedCustomers(count: number, eventsEach = 0, prefix = 'BULK'): string[] {
		return Array.from({ length: count }, (_, index) => {
			const code = prefix + String(index + 1).padStart(4, '0');
			this.seedCustomer(code, eventsEach);
			return code;
		});
	}

	private customer(customerCode: string): Customer {
		const customer = this.customers.get(customerCode);
		if (!customer) throw new Error(`No customer ${customerCode}`);
		return customer;
	}
}
