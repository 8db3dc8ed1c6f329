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
	/** Whether On Error continues, so that the other parts are read if GoFive rejects one. Not set if On Error does not apply. */
	continueOnFail?: boolean;
}

interface ReadAllResult extends ReadResult {
	/** Errors of parts that GoFive rejected, in the order of the parts. */
	failures: GoFiveError[];
}

/** Parts to read. */
interface FoundParts extends Pick<ReadResult, 'mayHaveMore'> {
	/** Parts by key. */
	parts: Map<string, Part>;
	/** Whether these are all parts of the list. */
	isComplete: boolean;
}

const CONTINUE_ADVICE =
	" To return the other records anyway, set 'On Error' in the settings of this node to 'Continue'.";

/** Builds the error about a record of a list that identifies no part. */
const unknownKeyError = ({ operation, keyName }: ListedParts, record: IDataObject): GoFiveError =>
	new GoFiveError({
		kind: 'unclear',
		message: `GoFive returned ${operation.entity?.pluralName} without ${keyName}`,
		description: `The node cannot read the data of a record without this key. ${OPEN_ISSUE} The record contains the keys ${formatKeys(record)}.`,
	});

/**
 * Finds the parts to read. For listed parts, it reads their list.
 *
 * @param limit - Maximum number of records of the list. Defaults to all.
 * @throws GoFiveError if the list cannot be read, or if one of its records identifies no part
 */
export async function findParts(parts: Parts, client: Client, limit?: number): Promise<FoundParts> {
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

/** Sorts records by the date in a column. Equal dates keep their order, and records without a date come last. */
function sortByDate(
	records: IDataObject[],
	{ sortColumn = '', entity }: Operation,
	{ options }: OperationValues,
): IDataObject[] {
	const sign = options.sort === 'oldestFirst' ? 1 : -1;
	const column = entity?.columns[sortColumn] as Column;
	const dated: Array<{ record: IDataObject; instantMs: number }> = [];
	const undated: IDataObject[] = [];
	for (const record of records) {
		const instantMs = parseGoFiveDate(readRawValue(record, sortColumn, column), options.timeZone);
		if (instantMs === undefined) undated.push(record);
		else dated.push({ record, instantMs });
	}
	dated.sort((a, b) => sign * (a.instantMs - b.instantMs));
	return [...dated.map(({ record }) => record), ...undated];
}

/** Joins the records of parts. A record that several parts return is added once. */
function joinRecords(results: ReadResult[], { entity }: Operation): IDataObject[] {
	const joined: IDataObject[] = [];
	const knownKeys = new Set<string>();
	for (const record of results.flatMap(({ records }) => records)) {
		const key = getRecordKey(record, entity);
		if (key !== undefined && knownKeys.has(key)) continue;
		if (key !== undefined) knownKeys.add(key);
		joined.push(record);
	}
	return joined;
}

/**
 * Reads the records of a part as they are returned.
 * @throws GoFiveError if the part cannot be read
 */
async function readPartOutput(
	operation: Operation,
	values: OperationValues,
	client: Client,
	options: ReadAllOptions,
	{ values: ownValues, toOutput }: Part,
): Promise<ReadResult> {
	const partValues = { ...values, ...ownValues };
	const request = { labels: options.request?.labels, ...buildRequest(operation, partValues) };
	// A limit saves requests only in a list in pages. All other parts are read completely, so that their records are counted.
	const limit = operation.pages && !toOutput ? options.limit : undefined;
	const result = await readPart(operation, partValues, client, { ...options, limit, request });
	if (!toOutput) return result;
	const records = toOutput(result.records);
	return { records, total: records.length };
}

/**
 * Reads all parts of an operation. After a failure, no other part is requested, unless GoFive rejected the part and On Error
 * continues.
 */
async function readAllParts(
	operation: Operation,
	values: OperationValues,
	client: Client,
	options: ReadAllOptions,
): Promise<ReadAllResult> {
	const found = await findParts(operation.parts?.(values) ?? [], client);
	const parts = [...found.parts.values()];
	const hasOtherRecords = options.continueOnFail !== undefined && parts.length > 1;
	const readOrFail = async (part: Part): Promise<ReadResult | GoFiveError> => {
		try {
			return await readPartOutput(operation, values, client, options, part);
		} catch (thrown) {
			const error = client.toError(thrown);
			if (!isRecordError(error)) throw error;
			if (options.continueOnFail) return withPartName(error, part);
			throw withPartName(error, part, hasOtherRecords ? CONTINUE_ADVICE : '');
		}
	};
	const results = await mapInLanes(parts, values.options.maxParallelRequests, readOrFail);
	const failures = results.filter((result) => result instanceof GoFiveError);
	const [firstFailure] = failures;
	// Probably not the parts are at fault. One error says as much as one for each of a thousand customers.
	if (firstFailure && failures.length === results.length) throw firstFailure;
	const readResults = results.filter((result) => 'records' in result);
	const records = joinRecords(readResults, operation);
	const mayHaveMore = [found, ...readResults].find((result) => result.mayHaveMore)?.mayHaveMore;
	// Parts that a limit has cut may share records, so their numbers do not add up.
	const isCounted = readResults.every((result) => result.records.length === result.total);
	return { records, total: isCounted ? records.length : undefined, mayHaveMore, failures };
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
	// The first records of the order may be the last ones of the list.
	const readOptions = isSorted ? { ...options, limit: undefined, usesLargePages: true } : options;
	const result = operation.parts
		? await readAllParts(operation, values, client, readOptions)
		: { ...(await readPart(operation, values, client, readOptions)), failures: [] };
	const records = isSorted ? sortByDate(result.records, operation, values) : result.records;
	return { ...result, records: records.slice(0, options.limit) };
}
