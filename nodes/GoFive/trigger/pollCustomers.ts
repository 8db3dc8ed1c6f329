import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../api/errors/goFiveError';
import type { NodeOptions } from '../operation/types';
import type { DateRange } from '../time/range';
import { compareEvents, UNKNOWN_DIGEST } from './compareEvents';
import { getEventId, getIdRank, serializeSeenEvents, type SeenEvents } from './seenEvents';
import { coversSettings, createCustomerState, getSeenEvents, type Coverage, type TriggerState } from './triggerState';
import { getEventWindow, addMargin } from './eventWindow';
import { HOUR_MS } from '../shared/units';

/** What a poll needs. */
export interface PollSettings {
	customerCodes: string[];
	/** Event types to tell of, as `isWanted` compares them; the state holds events of all types. */
	eventTypeIds: number[];
	matchesTypes(record: IDataObject, eventTypeIds: number[]): boolean;
	/** Whether changes are told as well. */
	includeChanged: boolean;
	options: NodeOptions;
	/** Milliseconds since 1970. */
	now: number;
	/** The events of a customer. @throws GoFiveError, one that is a stop when the poll has no time left */
	readCustomer(code: string, range: DateRange): Promise<IDataObject[]>;
}

/** An event to tell of, with the code of the customer under which it was found. */
export interface FoundEvent {
	code: string;
	record: IDataObject;
}

/** How a poll ended. */
export interface PollResult {
	foundEvents: FoundEvent[];
	state: TriggerState;
	/** Customers that were asked for and could not be read, in the order of the codes. */
	errors: Map<string, GoFiveError>;
	/** Whether any customer was read. */
	isAnyRead: boolean;
	/** Customers of whom it is not known what is new, since they have no baseline, or none for what the settings newly cover. */
	missingBaselines: string[];
}

/** The events of all customers; a customer for whom there was no time is missing. */
export async function readCustomers(
	{ customerCodes, readCustomer }: PollSettings,
	range: DateRange,
): Promise<Map<string, IDataObject[] | GoFiveError>> {
	const results = new Map<string, IDataObject[] | GoFiveError>();
	const readOne = async (code: string) => {
		const result = await readCustomer(code, range).catch(toGoFiveError);
		if (!(result instanceof GoFiveError && result.origin.reason === 'notSent')) results.set(code, result);
	};
	await Promise.all(customerCodes.map(readOne));
	return results;
}

/** Whether the request of a customer was under way when the time ran out. */
const isInterrupted = (result: IDataObject[] | GoFiveError | undefined): boolean =>
	result instanceof GoFiveError && result.isCancellation;

/** First those for whom the last poll had no time; last those who failed before, since they may use up all the time. */
function getReadingOrder(customerCodes: string[], { unread = [], customers }: TriggerState): string[] {
	const unreadFirst = new Set(unread.filter((code) => customerCodes.includes(code)));
	const others = customerCodes.filter((code) => !unreadFirst.has(code));
	const hasFailed = (code: string) => (customers[code]?.failures ?? 0) > 0;
	return [...unreadFirst, ...others.filter((code) => !hasFailed(code)), ...others.filter(hasFailed)];
}

/**
 * The events of each customer that was read, each event once, although it may move to another customer while the poll reads:
 * it then goes to a customer whose news is told, if there is one.
 */
function assignEvents(
	customerCodes: string[],
	readResults: Map<string, IDataObject[] | GoFiveError>,
	isReported: (code: string) => boolean,
) {
	const ownerOf = new Map<string, string>();
	const recordsByCode = new Map<string, IDataObject[]>();
	for (const code of [...customerCodes.filter(isReported), ...customerCodes.filter((code) => !isReported(code))]) {
		const result = readResults.get(code);
		if (!Array.isArray(result)) continue;
		recordsByCode.set(
			code,
			result.filter((record) => {
				const id = getEventId(record) ?? '';
				if (!ownerOf.has(id)) ownerOf.set(id, code);
				return ownerOf.get(id) === code;
			}),
		);
	}
	return { recordsByCode, ownerOf };
}

/**
 * Reads all customers and finds what is new of them. Changes nothing: the caller stores the state, last and in one piece.
 * @param isFirstPoll whether nothing was ever stored
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

	const order = getReadingOrder(customerCodes, before);
	const readResults = await readCustomers(
		{ ...settings, customerCodes: order },
		getEventWindow(addMargin(options), now, timeZone),
	);

	const seenByCode = new Map(
		Object.entries(before.customers).map(([code, customer]) => [code, getSeenEvents(customer)]),
	);
	const pendingBaselineCodes = new Set(options.emitExisting ? (isFirstPoll ? customerCodes : before.owed) : []);
	const isReported = (code: string) => seenByCode.get(code) !== undefined || pendingBaselineCodes.has(code);
	const { recordsByCode, ownerOf } = assignEvents(customerCodes, readResults, isReported);
	const seenElsewhere = new Map([...seenByCode.values()].flatMap((seenEvents) => [...(seenEvents ?? [])]));
	const state: TriggerState = {
		customers: {},
		// First those whose requests were cut off: they had less time than a request may take, and might be cut off every time.
		unread: [
			...order.filter((code) => isInterrupted(readResults.get(code))),
			...order.filter((code) => !readResults.has(code)),
		],
		owed: customerCodes.filter((code) => pendingBaselineCodes.has(code) && !recordsByCode.has(code)),
	};
	const errors = new Map<string, GoFiveError>();
	const foundEvents: FoundEvent[] = [];

	for (const code of customerCodes) {
		const previous = before.customers[code];
		const remembered = withoutMovedEvents(seenByCode.get(code), code, ownerOf);
		const result = readResults.get(code);
		const customerRecords = recordsByCode.get(code);
		if (!customerRecords) {
			if (result instanceof GoFiveError) errors.set(code, result);
			const failures = (previous?.failures ?? 0) + (result ? 1 : 0);
			if (previous ?? result)
				state.customers[code] = { ...previous, failures, ...(remembered && { seen: serializeSeenEvents(remembered) }) };
			continue;
		}
		const previousCoverage = previous?.covered ?? coverage;
		const previouslyCoveredWindow = getEventWindow(previousCoverage, now, previousCoverage.timeZone);
		const { added, changed, current } = compareEvents({
			records: customerRecords,
			remembered,
			findElsewhere: (id) =>
				seenElsewhere.get(id) ??
				(getIdRank(id) <= (previous?.floor ?? -Infinity) ? { digest: UNKNOWN_DIGEST } : undefined),
			window,
			previousWindow,
			wasCovered: (record) =>
				previouslyCoveredWindow.includes(record.eventDate) && matchesTypes(record, previousCoverage.types),
			allRead: recordsByCode.size === customerCodes.length,
			now,
		});
		state.customers[code] = createCustomerState(current, coverage, previous?.floor);
		// A newly added customer starts silently, even with an event that was known under another one.
		if (!isReported(code)) continue;
		for (const record of [...added, ...(includeChanged && previousCoverage.changes ? changed : [])]) {
			if (matchesTypes(record, eventTypeIds)) foundEvents.push({ code, record });
		}
	}
	const missingBaselines = customerCodes.filter((code) => {
		const customer = state.customers[code];
		return customer?.seen === undefined || !coversSettings(customer.covered, coverage);
	});
	return { foundEvents, state, errors, isAnyRead: recordsByCode.size > 0, missingBaselines };
}

/** When an event moves to another customer, what is remembered of it goes along, so that it is remembered only once. */
function withoutMovedEvents(
	seenEvents: SeenEvents | undefined,
	code: string,
	ownerOf: Map<string, string>,
): SeenEvents | undefined {
	return seenEvents && new Map([...seenEvents].filter(([id]) => (ownerOf.get(id) ?? code) === code));
}
