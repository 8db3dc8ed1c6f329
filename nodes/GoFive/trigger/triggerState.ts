import { MAX_LOOK_AROUND_DAYS } from '../operation/fields/nodeOptions';
import { isTimeZone } from '../time/zone';
import { getIdRank, parseSeenEvents, serializeSeenEvents, type SeenEvents } from './seenEvents';
import { isObject } from '../shared/json';

/** The settings that decide which events are watched. */
export interface Coverage {
	lookBack: number;
	lookAhead: number;
	timeZone: string;
	/** Event types; none means all. */
	types: number[];
	/** Whether changes are told as well. */
	changes: boolean;
}

/** What is stored of one customer. */
export interface CustomerState {
	/** See `writeSeen`; absent as long as there is no baseline. */
	seen?: string;
	/** The settings with which it was read. */
	covered?: Coverage;
	/** Polls in a row that could not read the customer. */
	failures: number;
	/** IDs up to this one, and those that are not numbers, count as seen; set only when a customer has more events than are remembered. */
	floor?: number;
}

/** What n8n stores for the trigger. */
export interface TriggerState {
	/** By customer code. */
	customers: Record<string, CustomerState>;
	/** Codes for which the last poll had no time; the next one begins with them. */
	unread?: string[];
	/** Codes whose existing events are still to be told, because no poll has read them yet. */
	owed?: string[];
}

/** How many events of one customer are remembered one by one. */
const MAX_REMEMBERED_EVENTS = 5000;

function isCount(value: unknown, most: number): value is number {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function isCoverage(value: unknown): value is Coverage {
	const { lookBack, lookAhead, timeZone, types, changes } = (isObject(value) ? value : {}) as Partial<Coverage>;
	if (!isCount(lookBack, MAX_LOOK_AROUND_DAYS) || !isCount(lookAhead, MAX_LOOK_AROUND_DAYS)) return false;
	if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) return false;
	return Array.isArray(types) && types.every(Number.isSafeInteger) && typeof changes === 'boolean';
}

function isFloor(value: unknown, seen: SeenEvents): value is number | undefined {
	if (value === undefined || value === 0) return true;
	// A floor above everything that is remembered would silence new events.
	return isCount(value, Number.MAX_SAFE_INTEGER) && [...seen.keys()].some((id) => getIdRank(id) >= value);
}

/** Whether the stored state of a customer can be used; if not, the customer starts anew with a baseline. */
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

/** The stored state; empty where there is none or it is not ours. */
export function parseTriggerState(stored: unknown): TriggerState {
	const { customers, unread, owed } = (isObject(stored) ? stored : {}) as Partial<TriggerState>;
	const validCustomers = Object.entries(isObject(customers) ? customers : {}).filter(([, customer]) =>
		isValidCustomerState(customer),
	);
	return { customers: Object.fromEntries(validCustomers), unread: filterTexts(unread), owed: filterTexts(owed) };
}

/** Whether what was watched with `former` includes all that is watched with `settings`. */
export function coversSettings(previous: Coverage | undefined, settings: Coverage): boolean {
	if (!previous || previous.timeZone !== settings.timeZone || (settings.changes && !previous.changes)) return false;
	if (previous.lookBack < settings.lookBack || previous.lookAhead < settings.lookAhead) return false;
	return (
		previous.types.length === 0 ||
		(settings.types.length > 0 && settings.types.every((type) => previous.types.includes(type)))
	);
}

/**
 * The state of a customer that was read. Of too many events, those with the highest IDs are remembered one by one.
 * No key is left undefined: n8n's durable poller stores only a state that has changed, and would take that for a change.
 */
export function createCustomerState(seen: SeenEvents, covered: Coverage, floor = -1): CustomerState {
	const ranks = [...seen.keys()].map(getIdRank).sort((a, b) => b - a);
	if (seen.size > MAX_REMEMBERED_EVENTS) {
		const highestForgotten = Math.max(ranks[MAX_REMEMBERED_EVENTS] ?? 0, 0);
		const remembered = new Map([...seen].filter(([id]) => getIdRank(id) > highestForgotten));
		return { seen: serializeSeenEvents(remembered), covered, failures: 0, floor: Math.max(highestForgotten, floor) };
	}
	// The events with the highest IDs may be gone, and an old floor must not silence new ones.
	const newFloor = Math.min(floor, ranks[0] ?? -1);
	return { seen: serializeSeenEvents(seen), covered, failures: 0, ...(newFloor >= 0 && { floor: newFloor }) };
}

/** What was seen of a customer; undefined without a baseline. */
export const getSeenEvents = (customer: CustomerState | undefined): SeenEvents | undefined =>
	parseSeenEvents(customer?.seen);
