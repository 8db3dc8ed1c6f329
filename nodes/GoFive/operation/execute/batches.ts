import type { IDataObject } from 'n8n-workflow';
import { rowToError } from '../../api/response/rowErrors';
import type { ApiRequest } from '../../api/request/request';
import { GoFiveError, toGoFiveError } from '../../api/errors/goFiveError';
import { messages } from '../../api/errors/messages';
import type { Batch } from '../types';
import { joinNames } from './items';
import { isAboutRecord, withSubject, type Subject } from './subject';
import { isObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** One input item of a call: its number, the record that it is about, and its own request, whose body is a list of one row. */
export interface BatchRow {
	item: number;
	subject: Subject | undefined;
	request: ApiRequest;
}

/** Items that go in one call, and the request for all of them. */
export interface BatchRequest {
	rows: BatchRow[];
	request: ApiRequest;
}

const rowCode = ({ subject }: BatchRow): string => String(subject?.value);

/** GoFive may know a code in other letters than the user. */
const isSameCode = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Puts rows together in their order, so that no code stands twice in one call: GoFive does not say which of both it would take. */
export function groupIntoBatches(rows: BatchRow[], { size }: Batch): BatchRequest[] {
	const groups: BatchRow[][] = [];
	for (const row of rows) {
		const last = groups.at(-1);
		const fits = last && last.length < size && !last.some((other) => isSameCode(rowCode(other), rowCode(row)));
		if (fits) last.push(row);
		else groups.push([row]);
	}
	return groups.map((group) => {
		const body = group.flatMap(({ request }) => request.body as unknown[]);
		return { rows: group, request: { ...(group[0] as BatchRow).request, body } };
	});
}

const UNKNOWN_RESULT_ERROR = new GoFiveError(
	{
		message: "GoFive's answer does not say whether it carried out this item",
		description: messages.mayBeProcessed,
	},
	{ httpCode: '200', mayBeProcessed: true },
);

/** What GoFive answered for each row of a call, by its code and never by its place. @returns by item its record, or why there is none */
function matchRows(
	{ rows, request }: BatchRequest,
	data: unknown,
	{ keyField }: Batch,
): Map<number, IDataObject | GoFiveError> {
	// GoFive has carried the call out, or part of it, also where its answer cannot be read.
	const responseRows = [data].flat().filter(isObject) as IDataObject[];
	return new Map(
		rows.map((row) => {
			const record = responseRows.find((each) => isSameCode(toText(each[keyField]), rowCode(row)));
			const batchError = record ? rowToError(record, request.labels) : UNKNOWN_RESULT_ERROR;
			return [row.item, batchError ? withSubject(batchError, row.subject) : (record as IDataObject)];
		}),
	);
}

/** The failure of a whole call, in the words of each of its items: no row alone is to blame. */
function batchErrorFor(batchError: GoFiveError, { rows }: BatchRequest, { pluralName }: Batch): GoFiveError {
	const [firstRow, ...others] = rows;
	if (others.length === 0) return withSubject(batchError, firstRow?.subject);
	if (!isAboutRecord(batchError)) return batchError;
	const batchRequest = `This is about one call with ${rows.length} ${pluralName}: ${joinNames(rows.map(rowCode))}.`;
	return batchError.withText({ description: `${batchError.description} ${batchRequest}` });
}

/** Sends one call. @returns by item its record, or why there is none; a call that is refused as a whole fails all of its items */
export async function sendBatch(
	batchRequest: BatchRequest,
	batch: Batch,
	send: (request: ApiRequest) => Promise<unknown>,
): Promise<Map<number, IDataObject | GoFiveError>> {
	let data: unknown;
	try {
		data = await send(batchRequest.request);
	} catch (error) {
		const batchError = batchErrorFor(toGoFiveError(error), batchRequest, batch);
		return new Map(batchRequest.rows.map(({ item }) => [item, batchError]));
	}
	return matchRows(batchRequest, data, batch);
}
