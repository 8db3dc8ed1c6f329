import type { IDataObject } from 'n8n-workflow';
import { rowsToError } from '../../api/response/rowErrors';
import type { ApiRequest } from '../../api/request/request';
import { toGoFiveError, type GoFiveError } from '../../api/errors/goFiveError';
import type { Batch } from '../types';
import { isRecordError, withRecordReference, type RecordReference } from './recordReference';
import { isObject } from '../../shared/json';
import { joinNames, toText } from '../../shared/text';

/** One input item of a batch. */
export interface BatchRow {
	/** Index of the input item. */
	item: number;
	reference: RecordReference | undefined;
	/** Request for this item only. Its body is a list of one row. */
	request: ApiRequest;
}

/** One request for several items. */
export interface BatchRequest {
	rows: BatchRow[];
	request: ApiRequest;
}

const rowCode = ({ reference }: BatchRow): string => String(reference?.value);

/** Compares codes without case, because GoFive's spelling may differ from the user's. */
const isSameCode = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Groups rows into batches in their order. A code occurs only once per batch, because GoFive's documentation does not say
 * which of two rows counts.
 */
export function groupIntoBatches(rows: BatchRow[], { size }: Batch): BatchRequest[] {
	const groups: BatchRow[][] = [];
	for (const row of rows) {
		const lastGroup = groups.at(-1);
		const hasSameCode = lastGroup?.some((other) => isSameCode(rowCode(other), rowCode(row)));
		if (lastGroup && lastGroup.length < size && !hasSameCode) lastGroup.push(row);
		else groups.push([row]);
	}
	return groups.map((group) => {
		const body = group.flatMap(({ request }) => request.body as unknown[]);
		return { rows: group, request: { ...(group[0] as BatchRow).request, body } };
	});
}

/**
 * Matches the rows of a response to the items by code, never by position.
 * @returns Record or error by item. The result is unknown if a row is missing, unclear or contradicts another one.
 */
function matchRows(
	{ rows, request }: BatchRequest,
	data: unknown,
	{ keyField }: Batch,
): Map<number, IDataObject | GoFiveError> {
	// An unreadable response throws no error here, because GoFive may have processed some of the rows.
	const responseRows = [data].flat().filter(isObject) as IDataObject[];
	return new Map(
		rows.map((row) => {
			const records = responseRows.filter((candidate) => isSameCode(toText(candidate[keyField]), rowCode(row)));
			const rowError = rowsToError(records, request.labels);
			return [row.item, rowError ? withRecordReference(rowError, row.reference) : (records[0] as IDataObject)];
		}),
	);
}

/** Rewords the error of a batch request for each of its items. */
function toBatchError(error: GoFiveError, { rows }: BatchRequest, { pluralName }: Batch): GoFiveError {
	const [firstRow, ...others] = rows;
	if (others.length === 0) return withRecordReference(error, firstRow?.reference);
	if (!isRecordError(error)) return error;
	const note = `This applies to one request with ${rows.length} ${pluralName}: ${joinNames(rows.map(rowCode))}.`;
	return error.withText({ description: `${error.description} ${note}` });
}

/**
 * Sends one batch.
 * @returns Record or error by item. If the request fails, all of its items have the same error.
 */
export async function sendBatch(
	batchRequest: BatchRequest,
	batch: Batch,
	send: (request: ApiRequest) => Promise<unknown>,
): Promise<Map<number, IDataObject | GoFiveError>> {
	let data: unknown;
	try {
		data = await send(batchRequest.request);
	} catch (error) {
		const batchError = toBatchError(toGoFiveError(error), batchRequest, batch);
		return new Map(batchRequest.rows.map(({ item }) => [item, batchError]));
	}
	return matchRows(batchRequest, data, batch);
}
