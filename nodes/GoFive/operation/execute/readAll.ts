import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import type { Client } from '../../api/client';
import { OPEN_ISSUE } from '../../api/messages';
import { mapInLanes } from '../../shared/lanes';
import { toText } from '../../shared/text';
import { parseGoFiveDate } from '../../time/goFiveDate';
import { formatKeys, readRawValue } from '../records';
import type { Column, ListedParts, Operation, OperationValues, Part, Parts } from '../types';
import { buildRequest, completeValues } from './buildRequest';
import { getRecordKey } from './columns';
import { readPart, type ReadOptions, type ReadResult } from './readPart';
import { isRecordError, withPartName } from './recordReference';

/** How the records of an operation are read. */
interface ReadAllOptions extends ReadOptions {
	/** Whether parts that GoFive rejects are returned as failures, so that the others are still read. */
	returnsFailures?: boolean;
}

interface ReadAllResult extends ReadResult {
	/** Errors of parts that GoFive rejected. */
	failures: GoFiveError[];
}

/** Parts of a read, by key. */
export interface FoundParts extends Pick<ReadResult, 'mayHaveMore'> {
	parts: Map<string, Part>;
}

const CONTINUE_ADVICE =
	" To return the other records anyway, set 'On Error' in the settings of this node to 'Continue'.";

/** Builds the error about a record of a list that identifies no part. */
const unknownKeyError = ({ operation, keyName }: ListedParts, record: IDataObject): GoFiveError =>
	new GoFiveError({
		kind: 'unclear',
		message: `GoFive returned ${operation.entity?.pluralName} without ${keyName}`,
		description: `Their data cannot be requested. ${OPEN_ISSUE} The record contains the keys ${formatKeys(record)}.`,
	});

/**
 * Finds the parts of a read. Those of a list are read from it.
 *
 * @param limit - Maximum number of records of the list. Defaults to all.
 * @throws GoFiveError if the list cannot be read, or one of its records identifies no part.
 */
export async function findParts(
	parts: Parts,
	client: Client,
	limit?: number,
): Promise<FoundParts & { isComplete: boolean }> {
	if (Array.isArray(parts)) return { parts: new Map(parts.map((part) => [part.key, part])), isComplete: true };
	const { operation, values, keyName, toPart } = parts;
	const options = { limit, usesLargePages: true };
	const list = await readAll(operation, completeValues(operation, values), client, options);
	const found = new Map<string, Part>();
	for (const record of list.records) {
		const key = toText(record[keyName]);
		if (key === '') throw unknownKeyError(parts, record);
		found.set(key, toPart(key, record));
	}
	return { parts: found, mayHaveMore: list.mayHaveMore, isComplete: list.records.length === list.total };
}

/** Sorts records by the date in a column. Records without a date come last. */
function sortByDate(records: IDataObject[], { sortColumn = '', entity }: Operation, values: OperationValues) {
	const { sort, timeZone } = values.options;
	const sign = sort === 'oldestFirst' ? 1 : -1;
	const column: Column = entity?.columns[sortColumn] ?? { displayName: sortColumn };
	const toInstant = (record: IDataObject) => parseGoFiveDate(readRawValue(record, sortColumn, column), timeZone);
	const entries = records.map((record) => ({ record, instantMs: toInstant(record) ?? sign * Infinity }));
	// Equal dates, and records without a date, keep their order. The difference of two infinite values is NaN.
	entries.sort((a, b) => sign * (a.instantMs - b.instantMs) || 0);
	return entries.map(({ record }) => record);
}

/** Joins the records of parts. A record that several parts return is added once. */
function joinRecords(results: ReadResult[], { entity }: Operation): IDataObject[] {
	const knownKeys = new Set<string>();
	return results
		.flatMap(({ records }) => records)
		.filter((record) => {
			const key = getRecordKey(record, entity);
			const isKnown = key !== undefined && knownKeys.has(key);
			if (key !== undefined) knownKeys.add(key);
			return !isKnown;
		});
}

const toPartOutput = (records: IDataObject[]): ReadResult => ({ records, total: records.length });

/** Counts the joined records, and those that the limit has cut from the parts. Undefined if a part does not know them. */
function countRecords(joined: IDataObject[], results: ReadResult[]): number | undefined {
	let count = joined.length;
	for (const { records, total } of results) {
		if (total === undefined) return undefined;
		count += total - records.length;
	}
	return count;
}

/** Reads all parts of an operation. After a failure, no other part is requested. */
async function readParts(
	operation: Operation,
	values: OperationValues,
	client: Client,
	options: ReadAllOptions,
): Promise<ReadAllResult> {
	const found = await findParts(operation.parts?.(values) ?? [], client);
	const failures: GoFiveError[] = [];
	const labels = options.request?.labels;
	const read = async (part: Part): Promise<ReadResult> => {
		const partValues = { ...values, ...part.values };
		try {
			const request = { labels, ...buildRequest(operation, partValues) };
			// The limit counts records of the output. It saves no request of a part without pages.
			const limit = part.toOutput ? undefined : options.limit;
			const result = await readPart(operation, partValues, client, { ...options, limit, request });
			return part.toOutput ? toPartOutput(part.toOutput(result.records)) : result;
		} catch (thrown) {
			const error = client.toError(thrown);
			if (!isRecordError(error)) throw error;
			if (!options.returnsFailures) throw withPartName(error, part, CONTINUE_ADVICE);
			failures.push(withPartName(error, part));
			return toPartOutput([]);
		}
	};
	const results = await mapInLanes([...found.parts.values()], values.options.maxParallelRequests, read);
	const [firstFailure] = failures;
	// Probably not the parts are at fault. One error says as much as one for each of a thousand customers.
	if (firstFailure && failures.length === results.length) throw firstFailure;
	const records = joinRecords(results, operation);
	const mayHaveMore = [found, ...results].find((result) => result.mayHaveMore)?.mayHaveMore;
	return { records, total: countRecords(records, results), mayHaveMore, failures };
}

/**
 * Reads the records of an operation: all parts, sorted and cut.
 *
 * @throws GoFiveError if the records cannot be read. It contains no secret, although it may quote keys of the response.
 */
export async function readAll(
	operation: Operation,
	values: OperationValues,
	client: Client,
	options: ReadAllOptions = {},
): Promise<ReadAllResult> {
	const isSorted = operation.sortColumn !== undefined && values.options.sort !== 'asReturned';
	const partOptions = isSorted ? { ...options, limit: undefined } : options;
	const result = operation.parts
		? await readParts(operation, values, client, partOptions)
		: { ...(await readPart(operation, values, client, partOptions)), failures: [] };
	const records = isSorted ? sortByDate(result.records, operation, values) : result.records;
	return { ...result, records: records.slice(0, options.limit) };
}
