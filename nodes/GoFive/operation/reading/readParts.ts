import type { IDataObject } from 'n8n-workflow';
import type { RequestSender } from '../../api/client';
import type { ApiRequest } from '../../api/request';
import type { SendOptions } from '../../api/session';
import { getRecordKey, readRecords, readColumn, toIdText } from '../records/records';
import type { OperationValues } from '../field';
import type { AddFilterHint, ListedParts, Part, ReadOperation } from '../operation';
import { buildRequest, completeValues } from './buildRequest';
import { fetchLargePages, fetchPages, toPageKeys } from './pagination';
import type { GoFiveError } from '../../api/errors';

/** How a part is read. */
export interface ReadOptions extends SendOptions {
	/** Maximum number of records to read from a list in pages. Others are read completely. Defaults to all. */
	limit?: number;
	/** Whether nobody waits for the first records, so that a list is read in large pages. */
	usesLargePages?: boolean;
	/** The only page to read of a list in pages, for example where a user scrolls in a list of the editor. */
	page?: { take: number; skip: number };
	/** Called with a hint for the user about the filter of the operation. */
	addFilterHint?: AddFilterHint;
}

/** Records of a part. */
export interface ReadResult {
	/** Records in GoFive's order. */
	records: IDataObject[];
	/** Number of all records. Undefined if only a part of a list in pages was read. */
	total?: number;
	/** Set if the number of records may be the maximum of a single response. */
	mayHaveMore?: { records: number; pluralName: string };
}

/** Adds the paging keys to a request: to the body if it has one, else to the query. */
export function addPageKeys(request: ApiRequest, page: Record<string, number>): ApiRequest {
	const { query = [], body } = request;
	if (body === undefined) return { ...request, page, query: [...query, ...Object.entries(page)] };
	return { ...request, page, body: { ...body, ...page }, bodyText: undefined };
}

/**
 * Reads a part of an operation: one response, all pages of a list, or one of its pages.
 *
 * @throws GoFiveError or an exception if the records cannot be read.
 */
async function readPart(
	operation: ReadOperation,
	values: OperationValues,
	client: RequestSender,
	{ limit, page, addFilterHint, isObsolete, onFailure, ...options }: ReadOptions,
): Promise<ReadResult> {
	const { pages } = operation;
	const { request } = buildRequest(operation, values);
	const filter = operation.filter?.(values);
	// GoFive has no such filter, so the limit counts the records that it keeps.
	const readLimit = filter ? undefined : limit;
	const usesLargePages = options.usesLargePages ?? filter !== undefined;
	const recordKey = (record: IDataObject) => getRecordKey(record, operation.entity);
	const read = async (used: ApiRequest, sendOptions: SendOptions) =>
		readRecords(operation, await client.send(used, sendOptions), values);
	// A page that GoFive rejects may be requested again with another size, so its failure is not that of the part.
	const fetchPage = async (keys: Record<string, number>) => await read(addPageKeys(request, keys), { isObsolete });
	const fetchAll = usesLargePages ? fetchLargePages : fetchPages;
	if (pages && page) return { records: await fetchPage(toPageKeys(pages, page.take, page.skip)) };
	const { records, mayHaveMore } = pages
		? await fetchAll({ pages, limit: readLimit, fetchPage, recordKey })
		: { records: await read(request, { isObsolete, onFailure }), mayHaveMore: false };
	const kept = filter?.(records, addFilterHint) ?? records;
	const isComplete = !pages || readLimit === undefined || records.length <= readLimit;
	const pluralName = operation.entity?.pluralName ?? 'records';
	return {
		records: isComplete ? kept : kept.slice(0, readLimit),
		total: isComplete ? kept.length : undefined,
		mayHaveMore: mayHaveMore ? { records: records.length, pluralName } : undefined,
	};
}

/** The only part of a read without parts. The trigger stores its key. */
export const SINGLE_PART: Part = { key: '', name: '', values: {} };

/** What the read of a part returned. */
export type ReadPartResult = ReadResult & { part: Part };

/** What became of a part: its records, or the error that it could not be read with. */
export type PartResult = ReadPartResult | { part: Part; error: GoFiveError };

/** Returns the part that a record of a list identifies. Undefined if the record has no key. */
export function toListedPart(record: IDataObject, { operation: { entity }, toPart }: ListedParts): Part | undefined {
	const [keyColumn = ''] = entity?.keyColumns ?? [];
	const read = (column: string) => readColumn(record, column, entity);
	const key = toIdText(read(keyColumn));
	return key === '' ? undefined : toPart(key, read);
}

interface ReadPartsOptions extends ReadOptions {
	/** Called when a part has ended, for callers that end the reading. */
	onResult?(result: PartResult): void;
}

/** Reads a part, and turns its records into those of its output. */
async function readPartOutput(
	operation: ReadOperation,
	values: Record<string, unknown>,
	part: Part,
	client: RequestSender,
	options: ReadPartsOptions,
): Promise<PartResult> {
	try {
		const result = await readPart(operation, completeValues(operation, { ...values, ...part.values }), client, options);
		if (!part.toOutput) return { ...result, part };
		const records = part.toOutput(result.records);
		return { ...result, part, records, total: result.total === undefined ? undefined : records.length };
	} catch (error) {
		return { part, error: client.toError(error) };
	}
}

/**
 * Reads parts of an operation. It decides nothing about errors: a run, a poll, a list and a table of names treat them
 * differently. The client limits how many are read at the same time.
 *
 * @param values - Values of the form, without those of the parts. Missing ones are those of an untouched form.
 * @returns One result per part, in their order.
 */
export async function readParts(
	operation: ReadOperation,
	values: Record<string, unknown>,
	parts: Part[],
	client: RequestSender,
	options: ReadPartsOptions = {},
): Promise<PartResult[]> {
	const read = async (part: Part): Promise<PartResult> => {
		const result = await readPartOutput(operation, values, part, client, options);
		options.onResult?.(result);
		return result;
	};
	return await Promise.all(parts.map(read));
}
