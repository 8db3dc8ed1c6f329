// Reads the records of an operation as rows: the parts, joined, sorted and cut, and what a failure of a part means.
// Imported by `run/`, `kinds/` and, for the parts of a list, by the trigger.
// Start with readAll() at the end. readParts.ts reads the parts, each with its pages.
import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api/client';
import { findFirstError, GoFiveError } from '../../api/errors';
import { REPORT_ADVICE } from '../../api/messages';
import { parseGoFiveDate } from '../../time/goFiveDate';
import { formatKeys, getRecordKey, readColumn } from '../records/records';
import type { OperationValues } from '../field';
import type { Part, Parts, ReadOperation } from '../operation';
import { completeValues } from './buildRequest';
import type { Row } from '../records/columns';
import {
	type ReadOptions,
	type ReadResult,
	readParts,
	SINGLE_PART,
	toListedPart,
	type PartResult,
	type ReadPartResult,
} from './readParts';

/** What the failure of a part means for the other parts of a list. */
export interface PartFailurePolicy {
	/** Whether the records of the other parts are returned if one cannot be read. Not set if On Error does not apply. */
	continueOnFail?: boolean;
	/** Called as soon as a part has failed. */
	onFailure?(): void;
}

/** How the records of an operation are read. */
interface ReadAllOptions extends ReadOptions, PartFailurePolicy {
	/** Values with which the rows are completed, in addition to those of their part. */
	sent?: IDataObject;
}

export interface ReadAllResult extends Omit<ReadResult, 'records'> {
	rows: Row[];
	/** Errors of parts that could not be read, in the order of the parts. */
	failures: GoFiveError[];
	/** Number of the failures that concern the list of the parts, so that parts may be missing. */
	listFailures: number;
}

/** Parts to read, and the errors of the parts of their list that could not be read. */
interface FoundParts extends Pick<ReadAllResult, 'mayHaveMore' | 'failures'> {
	/** Parts with different keys. */
	parts: Part[];
	/** Whether these are all parts of the list. */
	isComplete: boolean;
}

const CONTINUE_ADVICE =
	" To return the other records anyway, set 'On Error' in the settings of this node to 'Continue'.";

/** Builds the error about a record of a list that identifies no part. */
const unknownKeyError = ({ entity }: ReadOperation, record: IDataObject): GoFiveError =>
	new GoFiveError({
		kind: 'unclear',
		message: `GoFive returned ${entity?.pluralName} without ${entity?.keyColumns?.[0]}`,
		description: `The node cannot read the data of a record without this field. ${REPORT_ADVICE} The record contains the fields ${formatKeys(record)}.`,
	});

/**
 * Finds the parts to read. For listed parts, it reads their list. A record that identifies no part is a failure.
 *
 * @throws GoFiveError if the list cannot be read, or if none of its records identifies a part. If On Error stops, also if one
 * record identifies none.
 */
export async function findParts(
	parts: Parts = [SINGLE_PART],
	client: Client,
	options: Pick<ReadAllOptions, 'limit' | 'continueOnFail' | 'onFailure'> = {},
): Promise<FoundParts> {
	if (Array.isArray(parts)) return { parts, failures: [], isComplete: true };
	const { operation, values } = parts;
	const list = await readAll(operation, values, client, { ...options, usesLargePages: true });
	const found = new Map<string, Part>();
	const unknown: GoFiveError[] = [];
	for (const { record } of list.rows) {
		const part = toListedPart(record, parts);
		if (part) found.set(part.key, part);
		else unknown.push(unknownKeyError(operation, record));
	}
	const [firstUnknown] = unknown;
	if (firstUnknown && found.size === 0) throw firstUnknown;
	if (firstUnknown && options.continueOnFail === false)
		throw firstUnknown.with({ description: firstUnknown.description + CONTINUE_ADVICE });
	const failures = [...list.failures, ...unknown];
	const isComplete = list.rows.length === list.total;
	return { parts: [...found.values()], mayHaveMore: list.mayHaveMore, failures, isComplete };
}

/** Sorts rows by the date in a column. Equal dates keep their order, and rows without a date come last. */
function sortByDate(rows: Row[], { sortColumn = '', entity }: ReadOperation, { options }: OperationValues): Row[] {
	const sign = options.sort === 'oldestFirst' ? 1 : -1;
	const instantsMs = rows.map(({ record }) =>
		parseGoFiveDate(readColumn(record, sortColumn, entity), options.timeZone),
	);
	// Positions instead of objects with a row and its date, because 100,000 objects take noticeable memory.
	const positions = [...rows.keys()];
	const isDated = (position: number): boolean => instantsMs[position] !== undefined;
	const dated = positions.filter(isDated);
	dated.sort((a, b) => sign * ((instantsMs[a] as number) - (instantsMs[b] as number)));
	const undated = positions.filter((position) => !isDated(position));
	return [...dated, ...undated].map((position) => rows[position] as Row);
}

/** Joins the records of parts. A record that several parts return is added once. */
function joinRows(results: ReadPartResult[], { entity }: ReadOperation, sent: IDataObject | undefined): Row[] {
	const knownKeys = new Set<string>();
	const isNew = (record: IDataObject): boolean => {
		const key = getRecordKey(record, entity);
		if (key === undefined) return true;
		const countBefore = knownKeys.size;
		return knownKeys.add(key).size > countBefore;
	};
	return results.flatMap(({ part, records }) => {
		if (part === SINGLE_PART) return records.map((record) => ({ record, sent }));
		const sentForPart = { ...sent, ...(part.values as IDataObject) };
		return records.filter(isNew).map((record) => ({ record, sent: sentForPart }));
	});
}

/** Adds the name of a part, if it has one, to the text of an error, and advice to its description. */
const withPartName = (error: GoFiveError, { name }: Part, advice = ''): GoFiveError =>
	error.with({
		message: name ? `${error.message} for ${name}` : error.message,
		description: error.description + advice,
	});

/**
 * Returns the errors of the parts that could not be read, if On Error continues and others were read.
 * @throws GoFiveError of the first part otherwise. One error says as much as one for each of a thousand customers.
 */
function resolvePartFailures(results: PartResult[], { continueOnFail }: PartFailurePolicy): GoFiveError[] {
	const failed = results.filter((result) => 'error' in result);
	const first = failed[findFirstError(failed.map(({ error }) => error))];
	if (!first) return [];
	if (continueOnFail && failed.length < results.length)
		return failed.map(({ error, part }) => withPartName(error, part));
	const { error, part } = first;
	if (error.fault === 'account' || error.fault === 'run') throw error;
	throw withPartName(error, part, continueOnFail === false && results.length > 1 ? CONTINUE_ADVICE : '');
}

/**
 * Reads the records of an operation: all parts, joined, sorted and cut.
 *
 * @param given - Values of the form. Missing ones are those of an untouched form.
 * @throws GoFiveError if the records cannot be read. It contains no secret, although it may quote keys of the response.
 */
export async function readAll(
	operation: ReadOperation,
	given: Record<string, unknown>,
	client: Client,
	options: ReadAllOptions = {},
): Promise<ReadAllResult> {
	const { continueOnFail, onFailure, sent, limit } = options;
	const values = completeValues(operation, given);
	const isSorted = operation.sortColumn !== undefined && values.options.sort !== 'asReturned';
	// The first records of the order may be the last ones of the list.
	const readOptions = isSorted ? { ...options, limit: undefined, usesLargePages: true } : options;
	const found = await findParts(operation.parts?.(values), client, { continueOnFail, onFailure });
	// For parts in pages, and for those whose records are unreadable.
	const onResult = (result: PartResult) => ('error' in result ? onFailure?.() : undefined);
	const results = await readParts(operation, values, found.parts, client, { ...readOptions, onResult });
	const failures = [...found.failures, ...resolvePartFailures(results, options)];
	const readResults = results.filter((result) => 'records' in result);
	const joined = joinRows(readResults, operation, sent);
	const rows = isSorted ? sortByDate(joined, operation, values) : joined;
	const mayHaveMore = [found, ...readResults].find((result) => result.mayHaveMore)?.mayHaveMore;
	// Parts that a limit has cut may share records, so their numbers do not add up.
	const isCounted = readResults.every((result) => result.records.length === result.total);
	return {
		rows: rows.slice(0, limit),
		total: isCounted ? rows.length : undefined,
		mayHaveMore,
		failures,
		listFailures: found.failures.length,
	};
}
