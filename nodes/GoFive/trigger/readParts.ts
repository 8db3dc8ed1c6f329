import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import type { Client } from '../api/client';
import { OPEN_ISSUE } from '../api/messages';
import { completeValues } from '../operation/execute/buildRequest';
import { findParts } from '../operation/execute/readAll';
import { readPart } from '../operation/execute/readPart';
import { formatKeys } from '../operation/records';
import type { Part } from '../operation/types';
import type { PollSettings } from './pollSettings';
import { getRecordId } from './compareRecords';

/** Maximum number of records per part, and of parts. At about 30 characters each, they take 300 kB of the workflow's row. */
const MAX_RECORDS = 10_000;

/** Number of records that Fetch Test Event reads from a list in pages. It shows one, and checks them all. */
const MAX_TEST_RECORDS = 10;

/** Records of a part, or the error that the part could not be read with. */
export type PartResult = IDataObject[] | GoFiveError;

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
	const found = await findParts(parts, client, MAX_RECORDS);
	if (!found.isComplete && !Array.isArray(parts))
		throw tooManyError(parts.operation.entity?.pluralName, parts.narrowingAdvice);
	return found.parts;
}

/**
 * Reads parts in parallel.
 * @param isTest - Whether one record per part is enough. Otherwise, a part with more than can be watched is an error.
 */
export async function readParts(
	settings: PollSettings,
	client: Client,
	parts: Part[],
	isTest = false,
): Promise<Map<string, PartResult>> {
	const read = async (part: Part): Promise<PartResult> =>
		await readWatchedPart(settings, client, part, isTest).catch((error) => client.toError(error));
	return new Map(await Promise.all(parts.map(async (part) => [part.key, await read(part)] as const)));
}

/**
 * Reads a part. A list that GoFive cuts is not noticed, see docs/limits.md.
 * @throws GoFiveError if the part cannot be read, has too many records, or has a record without an ID
 */
async function readWatchedPart(
	{ source, readValues }: PollSettings,
	client: Client,
	part: Part,
	isTest: boolean,
): Promise<IDataObject[]> {
	const { operation, entity, idKeys } = source;
	// In large pages, a poll of the maximum takes eleven requests.
	const recordKey = (record: IDataObject) => getRecordId(record, idKeys);
	// Without pages, a limit saves no request, and the source may not include the records that it keeps.
	const limit = isTest && operation.pages ? MAX_TEST_RECORDS : MAX_RECORDS;
	const values = completeValues(operation, { ...readValues, ...part.values });
	const { records, total } = await readPart(operation, values, client, { limit, usesLargePages: true, recordKey });
	if (!isTest && records.length !== total) throw tooManyError(entity.pluralName, source.narrowingAdvice);
	const unidentified = records.find((record) => recordKey(record) === undefined);
	if (!unidentified) return part.toOutput?.(records) ?? records;
	throw unwatchableError(
		`GoFive returned ${entity.pluralName} without ${idKeys.join(' or ')}`,
		`The trigger cannot watch a record without an ID. ${OPEN_ISSUE} The record contains the keys ${formatKeys(unidentified)}.`,
	);
}
