import type { IDataObject } from 'n8n-workflow';
import { Failure, failureOf } from '../api/words/failure';
import type { Options } from '../operation/types';
import type { DateRange } from '../time/dateRange';
import { compare, FORGOTTEN } from './compare';
import { idOf, rankOf, writeSeen, type Seen } from './seen';
import { covers, customerState, seenOf, type Coverage, type TriggerState } from './state';
import { windowOf, withMargin } from './window';

const HOUR = 3_600_000;

/** What a poll needs. */
export interface Watch {
	codes: string[];
	/** Event types to tell of, as `isWanted` compares them; the state holds events of all types. */
	types: number[];
	isWanted(record: IDataObject, types: number[]): boolean;
	/** Whether changes are told as well. */
	changes: boolean;
	options: Options;
	/** Milliseconds since 1970. */
	now: number;
	/** The events of a customer. @throws Failure, one that is a stop when the poll has no time left */
	read(code: string, range: DateRange): Promise<IDataObject[]>;
}

/** An event to tell of, with the code of the customer under which it was found. */
export interface Found {
	code: string;
	record: IDataObject;
}

/** How a poll ended. */
export interface Polled {
	found: Found[];
	state: TriggerState;
	/** Customers that were asked for and could not be read, in the order of the codes. */
	failed: Map<string, Failure>;
	/** Whether any customer was read. */
	anyRead: boolean;
	/** Customers of whom it is not known what is new, since they have no baseline, or none for what the settings newly cover. */
	withoutBaseline: string[];
}

/** The events of all customers; a customer for whom there was no time is missing. */
export async function readAll({ codes, read }: Watch, range: DateRange): Promise<Map<string, IDataObject[] | Failure>> {
	const results = new Map<string, IDataObject[] | Failure>();
	const readOne = async (code: string) => {
		const result = await read(code, range).catch(failureOf);
		if (!(result instanceof Failure && result.origin.reason === 'unsent')) results.set(code, result);
	};
	await Promise.all(codes.map(readOne));
	return results;
}

/** Whether the request of a customer was under way when the time ran out. */
const isCut = (result: IDataObject[] | Failure | undefined): boolean => result instanceof Failure && result.isStop;

/** First those for whom the last poll had no time; last those who failed before, since they may use up all the time. */
function orderOf(codes: string[], { unread = [], customers }: TriggerState): string[] {
	const waiting = new Set(unread.filter((code) => codes.includes(code)));
	const others = codes.filter((code) => !waiting.has(code));
	const hasFailed = (code: string) => (customers[code]?.failures ?? 0) > 0;
	return [...waiting, ...others.filter((code) => !hasFailed(code)), ...others.filter(hasFailed)];
}

/**
 * The events of each customer that was read, each event once, although it may move to another customer while the poll reads:
 * it then goes to a customer whose news is told, if there is one.
 */
function sortOut(codes: string[], reads: Map<string, IDataObject[] | Failure>, isTold: (code: string) => boolean) {
	const ownerOf = new Map<string, string>();
	const records = new Map<string, IDataObject[]>();
	for (const code of [...codes.filter(isTold), ...codes.filter((code) => !isTold(code))]) {
		const result = reads.get(code);
		if (!Array.isArray(result)) continue;
		records.set(
			code,
			result.filter((record) => {
				const id = idOf(record) ?? '';
				if (!ownerOf.has(id)) ownerOf.set(id, code);
				return ownerOf.get(id) === code;
			}),
		);
	}
	return { records, ownerOf };
}

/**
 * Reads all customers and finds what is new of them. Changes nothing: the caller stores the state, last and in one piece.
 * @param first whether nothing was ever stored
 */
export async function poll(watch: Watch, before: TriggerState, first: boolean): Promise<Polled> {
	const { codes, types, isWanted, changes, options, now } = watch;
	const { lookBack, lookAhead, timeZone } = options;
	const covered: Coverage = { lookBack, lookAhead, timeZone, types, changes };
	const window = windowOf(options, now, timeZone);
	const windowBefore = windowOf(options, now - HOUR, timeZone);

	const order = orderOf(codes, before);
	const reads = await readAll({ ...watch, codes: order }, windowOf(withMargin(options), now, timeZone));

	const seen = new Map(Object.entries(before.customers).map(([code, customer]) => [code, seenOf(customer)]));
	const owed = new Set(options.emitExisting ? (first ? codes : before.owed) : []);
	const isTold = (code: string) => seen.get(code) !== undefined || owed.has(code);
	const { records, ownerOf } = sortOut(codes, reads, isTold);
	const known = new Map([...seen.values()].flatMap((marks) => [...(marks ?? [])]));
	const state: TriggerState = {
		customers: {},
		// First those whose requests were cut off: they had less time than a request may take, and might be cut off every time.
		unread: [...order.filter((code) => isCut(reads.get(code))), ...order.filter((code) => !reads.has(code))],
		owed: codes.filter((code) => owed.has(code) && !records.has(code)),
	};
	const failed = new Map<string, Failure>();
	const found: Found[] = [];

	for (const code of codes) {
		const former = before.customers[code];
		const mine = withoutMoved(seen.get(code), code, ownerOf);
		const result = reads.get(code);
		const answer = records.get(code);
		if (!answer) {
			if (result instanceof Failure) failed.set(code, result);
			const failures = (former?.failures ?? 0) + (result ? 1 : 0);
			if (former ?? result) state.customers[code] = { ...former, failures, ...(mine && { seen: writeSeen(mine) }) };
			continue;
		}
		const was = former?.covered ?? covered;
		const formerWindow = windowOf(was, now, was.timeZone);
		const { fresh, changed, after } = compare({
			records: answer,
			before: mine,
			elsewhere: (id) =>
				known.get(id) ?? (rankOf(id) <= (former?.floor ?? -Infinity) ? { digest: FORGOTTEN } : undefined),
			window,
			windowBefore,
			wasCovered: (record) => formerWindow.includes(record.eventDate) && isWanted(record, was.types),
			allRead: records.size === codes.length,
			now,
		});
		state.customers[code] = customerState(after, covered, former?.floor);
		// A newly added customer starts silently, even with an event that was known under another one.
		if (!isTold(code)) continue;
		for (const record of [...fresh, ...(changes && was.changes ? changed : [])]) {
			if (isWanted(record, types)) found.push({ code, record });
		}
	}
	const withoutBaseline = codes.filter((code) => {
		const customer = state.customers[code];
		return customer?.seen === undefined || !covers(customer.covered, covered);
	});
	return { found, state, failed, anyRead: records.size > 0, withoutBaseline };
}

/** When an event moves to another customer, what is remembered of it goes along, so that it is remembered only once. */
function withoutMoved(marks: Seen | undefined, code: string, ownerOf: Map<string, string>): Seen | undefined {
	return marks && new Map([...marks].filter(([id]) => (ownerOf.get(id) ?? code) === code));
}
