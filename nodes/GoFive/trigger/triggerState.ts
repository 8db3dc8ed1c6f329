import { MAX_LOOK_AROUND_DAYS } from '../operation/fields/nodeOptions';
import { isTimeZone } from '../time/zone';
import { getIdRank, parseSeenEvents, serializeSeenEvents, type SeenEvents } from './seenEvents';
import { isObject } from '../shared/json';

/** Settings that decide which events are watched. The keys are stored, so they never change. */
export interface Coverage {
	lookBack: number;
	lookAhead: number;
	timeZone: string;
	/** IDs of the event types. An empty list means all types. */
	types: number[];
	/** Whether changed events are reported. */
	changes: boolean;
}

/** Stored state of one customer. The keys are stored, so they never change. */
export interface CustomerState {
	/** Events that were seen. See `serializeSeenEvents`. Absent while the customer has no baseline. */
	seen?: string;
	/** Settings of the last poll that read the customer. */
	covered?: Coverage;
	/** Number of consecutive polls that could not read the customer. */
	failures: number;
	/**
	 * ID up to which all events count as seen, as do events whose ID is not a number. Set only if the customer has more
	 * events than are stored.
	 */
	floor?: number;
}

/** State that n8n stores for the trigger. The keys are stored, so they never change. */
export interface TriggerState {
	/** States of the customers by code. */
	customers: Record<string, CustomerState>;
	/** Codes of the customers that the last poll did not reach. The next poll begins with them. */
	unread?: string[];
	/** Codes of the customers whose existing events are to be reported by the first poll that can read them. */
	owed?: string[];
}

/** Maximum number of stored events per customer. At about 15 bytes each, they take 75 kB of the workflow's row. */
const MAX_REMEMBERED_EVENTS = 5000;

function isCount(value: unknown, max: number): value is number {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isCoverage(value: unknown): value is Coverage {
	const { lookBack, lookAhead, timeZone, types, changes } = (isObject(value) ? value : {}) as Partial<Coverage>;
	if (!isCount(lookBack, MAX_LOOK_AROUND_DAYS) || !isCount(lookAhead, MAX_LOOK_AROUND_DAYS)) return false;
	if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) return false;
	return Array.isArray(types) && types.every(Number.isSafeInteger) && typeof changes === 'boolean';
}

function isFloor(value: unknown, seen: SeenEvents): value is number | undefined {
	if (value === undefined || value === 0) return true;
	// A floor above all stored IDs would suppress new events.
	return isCount(value, Number.MAX_SAFE_INTEGER) && [...seen.keys()].some((id) => getIdRank(id) >= value);
}

/** Whether the stored state of a customer is valid. If not, the customer starts again with a new baseline. */
function isValidCustomerState(value: unknown): value is CustomerState {
	const customer = (isObject(value) ? value : {}) as unknown as CustomerState;
	if (!isCount(customer.failures, Number.MAX_SAFE_INTEGER)) return false;
	if (customer.seen === undefined) return true;
	const seen = parseSeenEvents(customer.seen);
	return seen !== undefined && isCoverage(customer.covered) && isFloor(customer.floor, seen);
}

function filterTexts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Parses the stored state. Invalid parts are omitted. */
export function parseTriggerState(stored: unknown): TriggerState {
	const { customers, unread, owed } = (isObject(stored) ? stored : {}) as Partial<TriggerState>;
	const validCustomers = Object.entries(isObject(customers) ? customers : {}).filter(([, customer]) =>
		isValidCustomerState(customer),
	);
	return { customers: Object.fromEntries(validCustomers), unread: filterTexts(unread), owed: filterTexts(owed) };
}

/** Whether the previous settings covered every event that the settings cover. */
export function coversSettings(previous: Coverage | undefined, settings: Coverage): boolean {
	if (!previous || previous.timeZone !== settings.timeZone || (settings.changes && !previous.changes)) return false;
	if (previous.lookBack < settings.lookBack || previous.lookAhead < settings.lookAhead) return false;
	return (
		previous.types.length === 0 ||
		(settings.types.length > 0 && settings.types.every((type) => previous.types.includes(type)))
	);
}

/**
 * Builds the state of a customer that was read. Of too many events only those with the highest IDs are stored.
 * No key is undefined, because n8n's durable poller stores only a changed state and would see a change in each poll.
 */
export function createCustomerState(seen: SeenEvents, covered: Coverage, floor = -1): CustomerState {
	const ranks = [...seen.keys()].map(getIdRank).sort((a, b) => b - a);
	if (seen.size > MAX_REMEMBERED_EVENTS) {
		const highestForgotten = Math.max(ranks[MAX_REMEMBERED_EVENTS] ?? 0, 0);
		const storedEvents = new Map([...seen].filter(([id]) => getIdRank(id) > highestForgotten));
		return { seen: serializeSeenEvents(storedEvents), covered, failures: 0, floor: Math.max(highestForgotten, floor) };
	}
	// The events with the highest IDs may have been deleted, and the old floor must not suppress new events.
	const newFloor = Math.min(floor, ranks[0] ?? -1);
	return { seen: serializeSeenEvents(seen), covered, failures: 0, ...(newFloor >= 0 && { floor: newFloor }) };
}

/** Reads the events of a customer that were seen. Undefined without a baseline. */
export const getSeenEvents = (customer: CustomerState | undefined): SeenEvents | undefined =>
	parseSeenEvents(customer?.seen);
