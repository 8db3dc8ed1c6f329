import type { DateTime } from 'luxon';
import { buildOncePerDay, listWorkdays, pickByIndex } from './seedCalendar.mts';
import { NEW_CUSTOMER_CODE, SEED_CUSTOMERS, type SeedCustomer } from './seedCustomers.mts';
import { ENGLISH_EVENT_TEXTS, PRE_SALES_TEXT_COUNT, THAI_EVENT_TEXTS } from './seedEventTexts.mts';
import { SEED_PRODUCTS } from './seedProducts.mts';

/** Event types as GoFive returns them. */
export const SEED_EVENT_TYPES = [
	{ eventTypeId: 1, eventTypeName: 'Meeting' },
	{ eventTypeId: 2, eventTypeName: 'Phone Call' },
	{ eventTypeId: 3, eventTypeName: 'โทรติดตามลูกค้า' },
	{ eventTypeId: 4, eventTypeName: 'เยี่ยมลูกค้า (Site Visit)' },
	{ eventTypeId: 5, eventTypeName: 'วันเกิดลูกค้า' },
	{ eventTypeId: 6, eventTypeName: 'Contract Renewal' },
	{ eventTypeId: 7, eventTypeName: 'ร้องเรียน (Complaint)' },
] as const;

/** Customer event of the seed data. */
interface SeedEvent {
	customerCode: string;
	/** Thai time without an offset. */
	eventDate: string;
	eventType: number;
	eventName: string;
	description: string;
}

/** Types of the events that a salesperson plans. */
const PLANNED_TYPES = [1, 4];

/** Events in January 2025, the month of the example on GoFive's page. */
const JANUARY_2025_EVENTS: ReadonlyArray<readonly [date: string, type: number, name: string, description: string]> = [
	['2025-01-06T10:00:00', 4, 'สวัสดีปีใหม่', 'มอบกระเช้าปีใหม่'],
	['2025-01-15T09:30:00', 2, 'Call about the quotation', 'Asked for 5% off, if the order is placed in January'],
	['2025-01-21T14:00:00', 1, 'Price talk', 'Agreed on 3% off and free installation'],
	['2025-01-29T15:30:00', 1, 'Kick-off meeting', 'Installation starts on 10 February'],
	['2025-01-31T11:00:00', 6, 'Service contract signed', 'For one year'],
];

const START_TIMES = ['09:00', '10:30', '13:30', '11:00', '15:00', '09:30', '14:00', '16:30', '10:00'];

const STOCKED_PRODUCTS = SEED_PRODUCTS.filter(({ trackInventory }) => trackInventory);
const MACHINES = STOCKED_PRODUCTS.filter(({ price }) => price >= 2_000);
const SUPPLIES = STOCKED_PRODUCTS.filter(({ price }) => price < 2_000);

/** Month of the year, with its days from Monday to Friday. */
interface SeedMonth {
	/** 1 is January. */
	number: number;
	workdays: string[];
}

/** Builds the birthday of the contact and the renewal of the contract, each if it is in the month. */
function buildYearlyEvents(customer: SeedCustomer, customerIndex: number, month: SeedMonth): SeedEvent[] {
	const { customerCode, contact, isThai, state } = customer;
	if (state !== 'customer') return [];
	const day = pickByIndex(month.workdays, 3 + customerIndex);
	const events: SeedEvent[] = [];
	if (month.number === 1 + (customerIndex % 12)) {
		events.push({
			customerCode,
			eventDate: `${day}T08:30:00`,
			eventType: 5,
			eventName: isThai ? `วันเกิด${contact}` : `Birthday of ${contact}`,
			description: isThai ? 'ส่งการ์ดอวยพร' : 'Sent a card',
		});
	}
	if (month.number === 1 + ((customerIndex + 5) % 12)) {
		events.push({
			customerCode,
			eventDate: `${day}T17:00:00`,
			eventType: 6,
			eventName: isThai ? 'ต่อสัญญาบำรุงรักษารายปี' : 'Maintenance contract renewed',
			description: isThai ? 'ลงนามแล้ว' : 'For one year',
		});
	}
	return events;
}

/** Builds the events of a customer in a month: five to eight for a customer, three for others. */
function buildMonth(customer: SeedCustomer, customerIndex: number, month: SeedMonth): SeedEvent[] {
	const { customerCode, contact, isThai, state } = customer;
	const allTexts = isThai ? THAI_EVENT_TEXTS : ENGLISH_EVENT_TEXTS;
	const texts = state === 'customer' ? allTexts : allTexts.slice(0, PRE_SALES_TEXT_COUNT);
	const count = state === 'customer' ? 5 + ((customerIndex + month.number) % 4) : 3;
	const { workdays } = month;
	const monthlyEvents = Array.from({ length: count }, (_, index): SeedEvent => {
		const day = pickByIndex(workdays, customerIndex + Math.floor((index * workdays.length) / count));
		const step = 5 * customerIndex + 7 * month.number + index;
		const { eventType, name, description } = pickByIndex(texts, step);
		const machine = pickByIndex(MACHINES, customerIndex + (index % 2)).productName;
		const supply = pickByIndex(SUPPLIES, customerIndex).productName;
		const fillIn = (text: string) =>
			text.replace('{contact}', contact).replace('{machine}', machine).replace('{supply}', supply);
		return {
			customerCode,
			eventDate: `${day}T${pickByIndex(START_TIMES, step)}:00`,
			eventType,
			eventName: fillIn(name),
			description: fillIn(description),
		};
	});
	return [...monthlyEvents, ...buildYearlyEvents(customer, customerIndex, month)];
}

/** Returns the past events, and the planned events from today on. Planned events have no result yet. */
const toPlannedEvents = (events: SeedEvent[], today: string): SeedEvent[] =>
	events
		.filter(({ eventDate, eventType }) => eventDate < today || PLANNED_TYPES.includes(eventType))
		.map((event) => (event.eventDate < today ? event : { ...event, description: '' }));

/** Builds a call of yesterday, so that a report of yesterday is never empty. */
const buildYesterdaysCall = (today: DateTime): SeedEvent => ({
	customerCode: 'C000201',
	eventDate: `${today.minus({ days: 1 }).toISODate()}T16:00:00`,
	eventType: 2,
	eventName: 'Call Khun Ploy about the next delivery',
	description: 'Ready on Thursday',
});

/**
 * Builds the initial events: of January 2025 for the first customer, and of three months before and one after the
 * current Thai month for all customers but the new one. The oldest events come first, and their IDs begin with 1.
 */
export const buildSeedEvents = buildOncePerDay((today) => {
	const months = [-3, -2, -1, 0, 1].map((step): SeedMonth => {
		const month = today.startOf('month').plus({ months: step });
		return { number: month.month, workdays: listWorkdays(month) };
	});
	const januaryEvents = JANUARY_2025_EVENTS.map(([eventDate, eventType, eventName, description]) => ({
		customerCode: 'C000055',
		eventDate,
		eventType,
		eventName,
		description,
	}));
	const recentEvents = SEED_CUSTOMERS.flatMap((customer, index) =>
		customer.customerCode === NEW_CUSTOMER_CODE ? [] : months.flatMap((month) => buildMonth(customer, index, month)),
	);
	const events = [
		...januaryEvents,
		...toPlannedEvents(recentEvents, String(today.toISODate())),
		buildYesterdaysCall(today),
	];
	const sortedEvents = events.sort((left, right) => left.eventDate.localeCompare(right.eventDate));
	return sortedEvents.map((event, index) => ({ eventId: index + 1, ...event }));
});
