import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import type { Client } from '../api/client';
import { OPEN_ISSUE } from '../api/messages';
import { completeValues } from '../operation/execute/buildRequest';
import { readAll } from '../operation/execute/readAll';
import { formatKeys } from '../operation/records';
import type { OperationValues } from '../operation/types';
import type { PollSettings } from './pollSettings';
import type { Source } from './source';
import { getRecordId } from './compareRecords';

/** Maximum number of records per part. At about 30 characters each, they take 300 kB of the workflow's row. */
const MAX_RECORDS_PER_PART = 10_000;

/** Records of a part, or the error that the part could not be read with. */
export type PartResult = IDataObject[] | GoFiveError;

/** Builds the error about a response whose records cannot be watched. */
const unwatchableError = (message: string, description: string) =>
	new GoFiveError({ kind: 'unclear', message, description });

/**
 * Reads parts in parallel.
 * @param limit - Maximum number of records per part. By default, a part with more than can be watched is an error.
 */
export async function readParts(
	{ source, parts }: PollSettings,
	client: Client,
	keys: string[],
	limit?: number,
): Promise<Map<string, PartResult>> {
	const read = async (key: string): Promise<PartResult> =>
		await readPart(source, client, parts.get(key) as OperationValues, limit).catch((error) => client.toError(error));
	return new Map(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)));
}

/**
 * Reads a part. A list that GoFive cuts is not noticed, see docs/limits.md.
 * @throws GoFiveError if the part cannot be read, has too many records, or has a record without an ID
 */
async function readPart(
	{ operation, entity, idKeys, narrowingAdvice }: Source,
	client: Client,
	partValues: OperationValues,
	limit?: number,
): Promise<IDataObject[]> {
	// In large pages, a poll of the maximum takes eleven requests.
	const recordKey = (record: IDataObject) => getRecordId(record, idKeys);
	const options = { limit: limit ?? MAX_RECORDS_PER_PART, usesLargePages: true, recordKey };
	const { records, total } = await readAll(operation, completeValues(operation, partValues), client, options);
	const maximum = MAX_RECORDS_PER_PART.toLocaleString('en');
	if (limit === undefined && records.length !== total)
		throw unwatchableError(`GoFive has more than ${maximum} ${entity.pluralName} to watch`, narrowingAdvice);
	const unidentified = records.find((record) => recordKey(record) === undefined);
	if (!unidentified) return records;
	throw unwatchableError(
		`GoFive returned ${entity.pluralName} without ${idKeys.join(' or ')}`,
		`The trigger cannot watch a record without an ID. ${OPEN_ISSUE} The record contains the keys ${formatKeys(unidentified)}.`,
	);
}
