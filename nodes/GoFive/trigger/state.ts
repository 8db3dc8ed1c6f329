import { readSeen, writeSeen, type Seen } from './seen';

/** The settings that decide which events are watched. */
export interface Coverage {
	lookBack: number;
	lookAhead: number;
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

/** The stored state; empty when there is none or it is not ours. */
export function stateIn(stored: unknown): TriggerState {
	const state = stored as Partial<TriggerState> | undefined | null;
	const customers = typeof state?.customers === 'object' && state.customers !== null ? state.customers : {};
	return { customers, unread: Array.isArray(state?.unread) ? state.unread : [] };
}

/** The state of a customer that was read. Of too many events, those with the highest IDs are remembered one by one. */
export function customerState(seen: Seen, covered: Coverage, floor?: number): CustomerState {
	const numeric = [...seen.keys()].map(Number).filter(Number.isSafeInteger);
	if (seen.size <= MOST_REMEMBERED || numeric.length < seen.size) return { seen: writeSeen(seen), covered, failures: 0, floor };
	const [highestLeft = 0] = numeric.sort((a, b) => b - a).slice(MOST_REMEMBERED);
	const kept = new Map([...seen].filter(([id]) => Number(id) > highestLeft));
	return { seen: writeSeen(kept), covered, failures: 0, floor: Math.max(highestLeft, floor ?? 0) };
}

/** What was seen of a customer; undefined without a baseline. */
export function seenOf(customer: CustomerState | undefined): Seen | undefined {
	return customer?.seen === undefined ? undefined : readSeen(customer.seen);
}
