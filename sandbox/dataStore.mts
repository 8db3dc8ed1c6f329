import { FIRST_CUSTOMER_ID, SEED_CUSTOMERS } from './seed/seedCustomers.mts';
import { SEED_EVENT_TYPES, buildSeedEvents } from './seed/seedEvents.mts';

/** Event as GoFive returns it. */
export interface StoredEvent {
	eventId: number;
	eventName: string;
	/** Date with the offset `+0700`. */
	eventDate: string;
	eventType: number;
	description: string;
	customerId: number;
}

/** Customer with its events in order of creation. */
export interface Customer {
	customerCode: string;
	customerId: number;
	customerName: string;
	events: StoredEvent[];
}

/** Event as a request writes it. */
export interface EventInput {
	customerCode: string;
	eventName: string;
	eventType: number;
	/** Wall time as `YYYY-MM-DDTHH:mm:ss`. */
	eventDate: string;
	description?: string;
}

/** Filter of a search. The dates are inclusive wall times. */
export interface EventFilter {
	eventType?: number;
	from?: string;
	to?: string;
}

const THAI_UTC_OFFSET = '+0700';

/** Customers and events of the sandbox, in memory. */
export class DataStore {
	readonly eventTypes = SEED_EVENT_TYPES;
	readonly customers = new Map<string, Customer>();
	private customerByEventId = new Map<number, Customer>();
	private nextEventId = 1;
	private nextCustomerId = FIRST_CUSTOMER_ID;

	constructor() {
		this.reset();
	}

	/** Restores the seed data. */
	reset(): void {
		this.clear();
		for (const { customerCode, customerName } of SEED_CUSTOMERS) this.ensureCustomer(customerCode, customerName);
		for (const event of buildSeedEvents(Date.now())) this.createEvent(event);
	}

	/** Removes all customers and events. The numbers of new ones start again. */
	clear(): void {
		this.customers.clear();
		this.customerByEventId.clear();
		this.nextEventId = 1;
		this.nextCustomerId = FIRST_CUSTOMER_ID;
	}

	/** All events with their customer codes. */
	get events(): Array<StoredEvent & { customerCode: string }> {
		return [...this.customers.values()].flatMap(({ customerCode, events }) =>
			events.map((event) => ({ ...event, customerCode })),
		);
	}

	/** Returns the customer with the code, which is added if necessary. */
	ensureCustomer(customerCode: string, customerName = `Customer ${customerCode}`): Customer {
		const existingCustomer = this.customers.get(customerCode);
		if (existingCustomer) return existingCustomer;
		const customer = { customerCode, customerId: this.nextCustomerId++, customerName, events: [] };
		this.customers.set(customerCode, customer);
		return customer;
	}

	/**
	 * Finds events of a customer.
	 * @throws Error if there is no such customer
	 */
	findEvents(customerCode: string, { eventType, from, to }: EventFilter = {}): StoredEvent[] {
		const { events } = this.getCustomer(customerCode);
		// All dates have the same offset and length, so text order is time order.
		const fromText = from === undefined ? '' : from + THAI_UTC_OFFSET;
		const toText = to === undefined ? '~' : to + THAI_UTC_OFFSET;
		return events
			.filter((event) => event.eventDate >= fromText && event.eventDate <= toText)
			.filter((event) => eventType === undefined || event.eventType === eventType);
	}

	/** Finds an event by its id. */
	findEvent(eventId: number): StoredEvent | undefined {
		return this.customerByEventId.get(eventId)?.events.find((event) => event.eventId === eventId);
	}

	/**
	 * Adds an event.
	 * @throws Error if there is no such customer
	 */
	createEvent({ customerCode, eventName, eventType, eventDate, description = '' }: EventInput): StoredEvent {
		const customer = this.getCustomer(customerCode);
		const { customerId } = customer;
		const eventId = this.nextEventId++;
		const event = { eventId, eventName, eventDate: eventDate + THAI_UTC_OFFSET, eventType, description, customerId };
		customer.events.push(event);
		this.customerByEventId.set(eventId, customer);
		return event;
	}

	/**
	 * Updates an event. Another `customerCode` moves it.
	 * @throws Error if there is no such event or customer
	 */
	updateEvent(eventId: number, { customerCode, eventDate, ...otherChanges }: Partial<EventInput>): StoredEvent {
		const event = this.findEvent(eventId);
		const currentCustomer = this.customerByEventId.get(eventId);
		if (!event || !currentCustomer) throw new Error(`No event ${eventId}`);
		const customer = customerCode === undefined ? currentCustomer : this.getCustomer(customerCode);
		Object.assign(event, otherChanges, { customerId: customer.customerId });
		if (eventDate !== undefined) event.eventDate = eventDate + THAI_UTC_OFFSET;
		if (customer !== currentCustomer) {
			currentCustomer.events = currentCustomer.events.filter((other) => other !== event);
			customer.events.push(event);
			this.customerByEventId.set(eventId, customer);
		}
		return event;
	}

	/** Deletes an event. Returns whether it existed. */
	deleteEvent(eventId: number): boolean {
		const currentCustomer = this.customerByEventId.get(eventId);
		if (!currentCustomer) return false;
		currentCustomer.events = currentCustomer.events.filter((event) => event.eventId !== eventId);
		return this.customerByEventId.delete(eventId);
	}

	/** Adds a customer if necessary, and `count` events: one every five minutes, from 1 January 2025. */
	seedCustomer(customerCode: string, count = 0): Customer {
		const customer = this.ensureCustomer(customerCode);
		for (let index = 0; index < count; index++) {
			const eventDate = new Date(Date.UTC(2025, 0, 1, 0, index * 5)).toISOString().slice(0, 19);
			const eventName = `Event ${index + 1} / กิจกรรมที่ ${index + 1}`;
			this.createEvent({ customerCode, eventName, eventType: (index % 6) + 1, eventDate, description: 'Seeded' });
		}
		return customer;
	}

	/** Adds customers whose codes are the prefix and a number of four digits. Returns the codes. */
	seedCustomers(count: number, eventsPerCustomer = 0, prefix = 'BULK'): string[] {
		return Array.from({ length: count }, (_, index) => {
			const code = prefix + String(index + 1).padStart(4, '0');
			this.seedCustomer(code, eventsPerCustomer);
			return code;
		});
	}

	private getCustomer(customerCode: string): Customer {
		const customer = this.customers.get(customerCode);
		if (!customer) throw new Error(`No customer ${customerCode}`);
		return customer;
	}
}
