import { readSeen, writeSeen, type Seen } from './seen';

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
	/** The settings at the time. */
	covered?: Coverage;
	/** Polls in a row that could not read the customer. */
	failures: number;
	/** IDs up to this one count as seen; set only when a customer has more events in the window than are remembered. */
	floor?: number;
}

/** What n8n stores for the trigger. */
export interface TriggerState {
	/** By customer code. */
	customers: Record<string, CustomerState>;
	/** Codes for which the last poll had no time; the next one begins with them. */
	unread?: string[];
}

/** How many events of one customer are remembered one by one. */
const MOST_REMEMBERED = 5000;

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCoverage(value: unknown): value is Coverage {
	const { lookBack, lookAhead, timeZone, types } = (isObject(value) ? value : {}) as Partial<Coverage>;
	return (
		Number.isInteger(lookBack) && Number.isInteger(lookAhead) && typeof timeZone === 'string' && Array.isArray(types)
	);
}

/** A customer whose stored state cannot be read starts anew, with a baseline. */
function isWhole(value: unknown): value is CustomerState {
	const customer = (isObject(value) ? value : { failures: undefined }) as CustomerState;
	if (!Number.isInteger(customer.failures)) return false;
	if (customer.seen === undefined) return true;
	return isCoverage(customer.covered) && readSeen(customer.seen) !== undefined;
}

/** The stored state; empty where there is none or it is not ours. */
export function stateIn(stored: unknown): TriggerState {
	const { customers, unread } = (isObject(stored) ? stored : {}) as Partial<TriggerState>;
	const whole = Object.entries(isObject(customers) ? customers : {}).filter(([, customer]) => isWhole(customer));
	return { customers: Object.fromEntries(whole), unread: Array.isArray(unread) ? unread : [] };
}

/** Whether what was watched with `former` includes all that is watched with `settings`. */
export function covers(former: Coverage | undefined, settings: Coverage): boolean {
	if (!former || former.timeZone !== settings.timeZone || (settings.changes && !former.changes)) return false;
	if (former.lookBack < settings.lookBack || former.lookAhead < settings.lookAhead) return false;
	return (
		former.types.length === 0 ||
		(settings.types.length > 0 && settings.types.every((type) => former.types.includes(type)))
	);
}

/** The state of a customer that was read. Of too many events, those with the highest IDs are remembered one by one. */
export function customerState(seen: Seen, covered: Coverage, floor?: number): CustomerState {
	const numeric = [...seen.keys()].map(Number).filter(Number.isSafeInteger);
	if (seen.size <= MOST_REMEMBERED || numeric.length < seen.size)
		return { seen: writeSeen(seen), covered, failures: 0, floor };
	const [highestLeft = 0] = numeric.sort((a, b) => b - a).slice(MOST_REMEMBERED);
	const kept = new Map([...seen].filter(([id]) => Number(id) > highestLeft));
	return { seen: writeSeen(kept), covered, failures: 0, floor: Math.max(highestLeft, floor ?? 0) };
}

/** What was seen of a customer; undefined without a baseline. */
export function seenOf(customer: CustomerState | undefined): Seen | undefined {
	return readSeen(customer?.seen);
}
