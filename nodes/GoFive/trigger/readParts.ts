import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../api/errors';
import type { Client } from '../api/client';
import { OPEN_ISSUE } from '../api/messages';
import { fetchLargePages, getPages } from '../operation/execute/pagination';
import { buildRequest } from '../operation/execute/readTasks';
import { formatKeys, readRecords } from '../operation/records';
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
	new GoFiveError({ message, description }, { httpCode: '200' });

/**
 * Reads parts in parallel. The error of a part whose request was not sent in time has the reason `notSent`.
 * @param limit - Maximum number of records per list that GoFive returns in pages. One more shows that there are more.
 */
export async function readParts(
	{ source, parts }: PollSettings,
	client: Client,
	keys: string[],
	limit = MAX_RECORDS_PER_PART,
): Promise<Map<string, PartResult>> {
	// A key of a response may be a secret, and an error about the response lists its keys.
	const toPartError = (error: unknown) => client.redactor.redact(toGoFiveError(error));
	const read = async (key: string): Promise<PartResult> =>
		await readPart(source, client, parts.get(key) as OperationValues, limit).catch(toPartError);
	return new Map(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)));
}

/**
 * Reads a part. A list that GoFive cuts is not noticed, see docs/limits.md.
 * @throws GoFiveError if the part cannot be read, has too many records, or has a record without an ID
 */
async function readPart(
	{ operation, entity, idKeys, narrowingAdvice }: Source,
	client: Client,
	values: OperationValues,
	limit: number,
): Promise<IDataObject[]> {
	const pages = getPages(operation, values);
	const request = buildRequest(operation, values);
	const send = async (pageRequest: typeof request) => await client.send(pageRequest);
	const parseRows = (data: unknown) => readRecords(operation, data, values);
	const rowKey = (row: IDataObject) => getRecordId(row, idKeys);
	// In large pages, a poll of the maximum takes eleven requests.
	const records = pages
		? (await fetchLargePages({ request, pages, limit, send, parseRows, rowKey })).rows
		: parseRows(await send(request));
	const maximum = MAX_RECORDS_PER_PART.toLocaleString('en');
	if (records.length > MAX_RECORDS_PER_PART)
		throw unwatchableError(`GoFive has more than ${maximum} ${entity.pluralName} to watch`, narrowingAdvice);
	const unidentified = records.find((record) => getRecordId(record, idKeys) === undefined);
	if (!unidentified) return records;
	throw unwatchableError(
		`GoFive returned ${entity.pluralName} without ${idKeys.join(' or ')}`,
		`The trigger cannot watch a record without an ID. ${OPEN_ISSUE} The record contains the keys ${formatKeys(unidentified)}.`,
	);
}
