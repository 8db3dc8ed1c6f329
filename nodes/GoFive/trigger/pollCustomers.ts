import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../api/errors/goFiveError';
import { HOUR_MS } from '../shared/units';
import type { DateRange } from '../time/range';
import { compareEvents, UNKNOWN_DIGEST } from './compareEvents';
import { addMargin, getEventWindow } from './eventWindow';
import type { PollSettings } from './pollSettings';
import { getEventId, getIdRank, serializeSeenEvents, type SeenEvents } from './seenEvents';
import {
	coversSettings,
	createCustomerState,
	getSeenEvents,
	type Coverage,
	type CustomerState,
	type TriggerState,
} from './triggerState';

/** An event, with the code of the customer whose response contains it. */
export interface CustomerEvent {
	code: string;
	record: IDataObject;
}

/** Result of a poll. */
export interface PollResult {
	/** Events to report. */
	events: CustomerEvent[];
	/** State to store. */
	state: TriggerState;
	/** Errors of the customers that could not be read, by code and in the order of the codes. */
	errors: Map<string, GoFiveError>;
	/** Whether any customer was read. */
	isAnyRead: boolean;
	/** Codes of the customers without a baseline for all that the settings cover, so that new events cannot be recognized. */
	missingBaselines: string[];
}

/** Reads the events of all customers. A customer whose request was not sent in time is missing in the result. */
export async function readCustomers(
	{ customerCodes, readCustomer }: PollSettings,
	range: DateRange,
): Promise<Map<string, IDataObject[] | GoFiveError>> {
	const results = new Map<string, IDataObject[] | GoFiveError>();
	const readEvents = async (code: string) => {
		const result = await readCustomer(code, range).catch(toGoFiveError);
		if (!(result instanceof GoFiveError && result.origin.reason === 'notSent')) results.set(code, result);
	};
	await Promise.all(customerCodes.map(readEvents));
	return results;
}

/** Whether the request of a customer was in progress when the time ran out. */
const isInterrupted = (result: IDataObject[] | GoFiveError | undefined): boolean =>
	result instanceof GoFiveError && result.isCancellation;

/**
 * Orders the customer codes for reading. Customers that the last poll did not reach come first. Customers that failed come
 * last, because they may use up the time.
 */
function getReadingOrder(customerCodes: string[], { unread = [], customers }: TriggerState): string[] {
	const unreadFirst = new Set(unread.filter((code) => customerCodes.includes(code)));
	const others = customerCodes.filter((code) => !unreadFirst.has(code));
	const hasFailed = (code: string) => (customers[code]?.failures ?? 0) > 0;
	return [...unreadFirst, ...others.filter((code) => !hasFailed(code)), ...others.filter(hasFailed)];
}

/**
 * Assigns each event to one customer. An event that moves between customers during a poll can be in two responses. It is
 * then assigned to a customer whose new events are reported, if there is one.
 */
function assignEvents(
	customerCodes: string[],
	readResults: Map<string, IDataObject[] | GoFiveError>,
	isReported: (code: string) => boolean,
) {
	const codeByEventId = new Map<string, string>();
	const recordsByCode = new Map<string, IDataObject[]>();
	for (const code of [...customerCodes.filter(isReported), ...customerCodes.filter((code) => !isReported(code))]) {
		const result = readResults.get(code);
		if (!Array.isArray(result)) continue;
		recordsByCode.set(
			code,
			result.filter((record) => {
				const id = getEventId(record) ?? '';
				if (!codeByEventId.has(id)) codeByEventId.set(id, code);
				return codeByEventId.get(id) === code;
			}),
		);
	}
	return { recordsByCode, codeByEventId };
}

/**
 * Reads all customers and finds their new and changed events. The stored state is unchanged: the caller stores the
 * new state as its last step.
 * @param before - State that the last poll stored.
 * @param isFirstPoll - Whether no state has been stored before.
 */
export async function pollCustomers(
	settings: PollSettings,
	before: TriggerState,
	isFirstPoll: boolean,
): Promise<PollResult> {
	const { customerCodes, eventTypeIds, matchesTypes, includeChanged, options, now } = settings;
	const { lookBack, lookAhead, timeZone } = options;
	const coverage: Coverage = { lookBack, lookAhead, timeZone, types: eventTypeIds, changes: includeChanged };
	const window = getEventWindow(options, now, timeZone);
	const previousWindow = getEventWindow(options, now - HOUR_MS, timeZone);

	const readingOrder = getReadingOrder(customerCodes, before);
	const readResults = await readCustomers(
		{ ...settings, customerCodes: readingOrder },
		getEventWindow(addMargin(options), now, timeZone),
	);

	const seenByCode = new Map(
		Object.entries(before.customers).map(([code, customer]) => [code, getSeenEvents(customer)]),
	);
	const emitExistingCodes = new Set(options.emitExisting ? (isFirstPoll ? customerCodes : before.owed) : []);
	const isReported = (code: string) => seenByCode.get(code) !== undefined || emitExistingCodes.has(code);
	const { recordsByCode, codeByEventId } = assignEvents(customerCodes, readResults, isReported);
	const seenElsewhere = new Map([...seenByCode.values()].flatMap((seenEvents) => [...(seenEvents ?? [])]));
	const state: TriggerState = {
		customers: {},
		// Interrupted requests come first. They had less time than a timeout allows, and might be interrupted in every poll.
		unread: [
			...readingOrder.filter((code) => isInterrupted(readResults.get(code))),
			...readingOrder.filter((code) => !readResults.has(code)),
		],
		owed: customerCodes.filter((code) => emitExistingCodes.has(code) && !recordsByCode.has(code)),
	};
	// A map, because an assignment to the key `__proto__` of an object stores nothing.
	const customers = new Map<string, CustomerState>();
	const errors = new Map<string, GoFiveError>();
	const events: CustomerEvent[] = [];

	for (const code of customerCodes) {
		const previous = before.customers[code];
		const baseline = withoutMovedEvents(seenByCode.get(code), code, codeByEventId);
		const result = readResults.get(code);
		const customerRecords = recordsByCode.get(code);
		if (!customerRecords) {
			if (result instanceof GoFiveError) errors.set(code, result);
			const failures = (previous?.failures ?? 0) + (result ? 1 : 0);
			if (previous ?? result)
				customers.set(code, { ...previous, failures, ...(baseline && { seen: serializeSeenEvents(baseline) }) });
			continue;
		}
		const previousCoverage = previous?.covered ?? coverage;
		const previouslyCoveredWindow = getEventWindow(previousCoverage, now, previousCoverage.timeZone);
		const { newRecords, changedRecords, seenEvents } = compareEvents({
			records: customerRecords,
			baseline,
			findElsewhere: (id) =>
				seenElsewhere.get(id) ??
				(getIdRank(id) <= (previous?.floor ?? -Infinity) ? { digest: UNKNOWN_DIGEST } : undefined),
			window,
			previousWindow,
			wasCovered: (record) =>
				previouslyCoveredWindow.includes(record.eventDate) && matchesTypes(record, previousCoverage.types),
			hasReadAllCustomers: recordsByCode.size === customerCodes.length,
			now,
		});
		customers.set(code, createCustomerState(seenEvents, coverage, previous?.floor));
		// A new customer starts silently, even with an event that is stored under another customer.
		if (!isReported(code)) continue;
		for (const record of [...newRecords, ...(includeChanged && previousCoverage.changes ? changedRecords : [])]) {
			if (matchesTypes(record, eventTypeIds)) events.push({ code, record });
		}
	}
	const missingBaselines = customerCodes.filter((code) => {
		const customer = customers.get(code);
		return customer?.seen === undefined || !coversSettings(customer.covered, coverage);
	});
	state.customers = Object.fromEntries(customers);
	return { events, state, errors, isAnyRead: recordsByCode.size > 0, missingBaselines };
}

/** Removes the events that have moved to another customer, so that each event is stored only once. */
function withoutMovedEvents(
	seenEvents: SeenEvents | undefined,
	code: string,
	codeByEventId: Map<string, string>,
): SeenEvents | undefined {
	return seenEvents && new Map([...seenEvents].filter(([id]) => (codeByEventId.get(id) ?? code) === code));
}
