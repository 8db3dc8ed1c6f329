import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import type { Client } from '../api/client';
import { REPORT_ADVICE } from '../api/messages';
import { findParts } from '../operation/reading/readAll';
import { readParts, type PartResult, type ReadPartResult } from '../operation/reading/readParts';
import { formatKeys, getIdColumns, getRecordId } from '../operation/records/records';
import type { Part } from '../operation/operation';
import type { PollSettings } from './pollSettings';

/**
 * Maximum number of records per part, and of parts. The records of one part take up to 400 kB of the workflow's row, at 20 to
 * 40 characters each. The number of records of all parts together has no maximum.
 */
const MAX_RECORDS = 10_000;

/** Number of records that Fetch Test Event reads from a list in pages. It shows one, and checks them all. */
const MAX_TEST_RECORDS = 10;

/** Records of a watched part, or the error that the part could not be read with. */
export type WatchedResult = IDataObject[] | GoFiveError;

/** Parts by key. */
export type PartsByKey = Map<string, Part>;

/** Builds the error about a response whose records cannot be watched. */
const unwatchableError = (message: string, description: string) =>
	new GoFiveError({ kind: 'unclear', message, description });

const tooManyError = (pluralName: string | undefined, advice: string) =>
	unwatchableError(`GoFive has more than ${MAX_RECORDS.toLocaleString('en')} ${pluralName} to watch`, advice);

/**
 * Finds the parts to read.
 * @throws GoFiveError if their list cannot be read or has too many records
 */
export async function findWatchedParts({ parts }: PollSettings, client: Client): Promise<PartsByKey> {
	const found = await findParts(parts, client, { limit: MAX_RECORDS });
	if (!found.isComplete && !Array.isArray(parts))
		throw tooManyError(parts.operation.entity?.pluralName, parts.narrowingAdvice);
	return new Map(found.parts.map((part) => [part.key, part]));
}

/**
 * Checks that a part has a record with an ID. The others are not compared, see docs/limits.md.
 * @throws GoFiveError if all records lack an ID
 */
function assertIdentified({ source: { entity } }: PollSettings, records: IDataObject[]): void {
	const [first] = records;
	if (!first || records.some((record) => getRecordId(record, entity) !== undefined)) return;
	throw unwatchableError(
		`GoFive returned ${entity.pluralName} without ${getIdColumns(entity).join(' or ')}`,
		`The trigger cannot watch a record without an ID. ${REPORT_ADVICE} The first record contains the fields ${formatKeys(first)}.`,
	);
}

/**
 * Checks that the records of a part can be watched. A list that GoFive cuts is not noticed, see docs/limits.md.
 * @throws GoFiveError if there are too many, or if they cannot be identified, filtered or compared
 */
function assertWatchable(settings: PollSettings, { records, total = Infinity }: ReadPartResult, isTest: boolean): void {
	const { source, values, rule } = settings;
	if (!isTest && total > MAX_RECORDS) throw tooManyError(source.entity.pluralName, source.narrowingAdvice);
	assertIdentified(settings, records);
	source.assertFilterable?.(records, values);
	rule.assertComparable?.(records);
}

/** Returns the records of a part if they can be watched. */
function toWatchedResult(settings: PollSettings, result: PartResult, client: Client, isTest: boolean): WatchedResult {
	if ('error' in result) return result.error;
	try {
		assertWatchable(settings, result, isTest);
		return result.records;
	} catch (error) {
		return client.toError(error);
	}
}

/**
 * Reads watched parts, in large pages, so that a poll of the maximum takes eleven requests.
 * @param isTest - Whether one record is enough. After the first part with a record, no other part is requested.
 */
export async function readWatchedParts(
	settings: PollSettings,
	client: Client,
	parts: Part[],
	isTest = false,
): Promise<Map<string, WatchedResult>> {
	const { source, values, readValues } = settings;
	let hasTestRecord = false;
	const isShown = (result: PartResult) => {
		const watched = toWatchedResult(settings, result, client, isTest);
		return Array.isArray(watched) && watched.some((record) => source.includesRecord?.(record, values) ?? true);
	};
	const results = await readParts(source.operation, readValues, parts, client, {
		limit: isTest ? MAX_TEST_RECORDS : MAX_RECORDS,
		usesLargePages: true,
		onResult: (result) => (hasTestRecord ||= isTest && isShown(result)),
		isObsolete: () => hasTestRecord,
	});
	return new Map(results.map((result) => [result.part.key, toWatchedResult(settings, result, client, isTest)]));
}
