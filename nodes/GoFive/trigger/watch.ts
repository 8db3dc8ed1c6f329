import type { IDataObject } from 'n8n-workflow';
import { Failure, failureOf } from '../api/failure';
import type { Options } from '../operation/options';
import type { DateRange } from '../time/dateRange';
import { compare, FORGOTTEN } from './compare';
import { idOf, type Mark } from './seen';
import { customerState, seenOf, type Coverage, type TriggerState } from './state';
import { windowOf, withMargin } from './window';

/** What a poll needs. */
export interface Watch {
	codes: string[];
	/** Event types to tell of, by `isWanted`; the state holds all of them. */
	types: number[];
	isWanted(record: IDataObject, types: number[]): boolean;
	/** Whether changes are told as well. */
	changes: boolean;
	options: Options;
	/** Milliseconds since 1970. */
	now: number;
	/** The events of a customer. @throws Failure */
	read(code: string, range: DateRange): Promise<IDataObject[]>;
	/** Resolves when the poll has no time left. */
	outOfTime: Promise<void>;
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
	/** Customers that could not be read, in the order of the codes. */
	failed: Map<string, Failure>;
	/** Whether any customer was read. */
	anyRead: boolean;
	/** Customers of whom it is not known what is new, since they have no baseline. */
	withoutBaseline: string[];
}

/** The events of all customers; a customer is missing where the time ran out. */
export async function readAll({ codes, read, outOfTime }: Watch, range: DateRange): Promise<Map<string, IDataObject[] | Failure>> {
	const results = new Map<string, IDataObject[] | Failure>();
	const readOne = async (code: string) => results.set(code, await read(code, range).catch(failureOf));
	await Promise.race([Promise.all(codes.map(readOne)), outOfTime]);
	return new Map(results);
}

function knownAnywhere({ customers }: TriggerState): Map<string, Mark> {
	return new Map(Object.values(customers).flatMap((customer) => [...(seenOf(customer) ?? [])]));
}

/** Reads all customers and finds what is new of them. Changes nothing: the caller stores the state, last and in one piece. */
export async function poll(watch: Watch, before: TriggerState): Promise<Polled> {
	const { codes, types, isWanted, changes, options, now } = watch;
	const { lookBack, lookAhead, timeZone } = options;
	const covered: Coverage = { lookBack, lookAhead, types, changes };
	const window = windowOf(options, now, timeZone);

	const waiting = new Set(before.unread?.filter((code) => codes.includes(code)));
	const order = [...waiting, ...codes.filter((code) => !waiting.has(code))];
	const reads = await readAll({ ...watch, codes: order }, windowOf(withMargin(options), now, timeZone));

	const known = knownAnywhere(before);
	const firstOfAll = !Object.values(before.customers).some(({ seen }) => seen !== undefined);
	const state: TriggerState = { customers: {}, unread: order.filter((code) => !reads.has(code)) };
	const failed = new Map<string, Failure>();
	const found = new Map<string, Found>();

	for (const code of codes) {
		const former = before.customers[code];
		const result = reads.get(code);
		if (result instanceof Failure) failed.set(code, result);
		if (!Array.isArray(result)) {
			const failures = (former?.failures ?? 0) + (result ? 1 : 0);
			if (former ?? result) state.customers[code] = { ...former, failures };
			continue;
		}
		const was = former?.covered ?? covered;
		const formerWindow = windowOf(was, now, timeZone);
		const { fresh, changed, after } = compare({
			records: result,
			before: seenOf(former),
			elsewhere: (id) => known.get(id) ?? (Number(id) <= (former?.floor ?? 0) ? { digest: FORGOTTEN } : undefined),
			window,
			wasCovered: (record) => formerWindow.includes(record.eventDate) && isWanted(record, was.types),
			now,
		});
		state.customers[code] = customerState(after, covered, former?.floor);
		const starts = former?.seen !== undefined || (firstOfAll && options.emitExisting);
		for (const record of [...(starts ? fresh : []), ...(changes && was.changes ? changed : [])]) {
			const id = idOf(record) ?? '';
			if (isWanted(record, types) && !found.has(id)) found.set(id, { code, record });
		}
	}
	const withoutBaseline = codes.filter((code) => state.customers[code]?.seen === undefined);
	const anyRead = codes.some((code) => Array.isArray(reads.get(code)));
	return { found: [...found.values()], state, failed, anyRead, withoutBaseline };
}
