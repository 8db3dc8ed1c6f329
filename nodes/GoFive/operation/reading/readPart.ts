import type { IDataObject } from 'n8n-workflow';
import type { RequestSender } from '../../api/client';
import type { ApiRequest } from '../../api/request';
import type { SendOptions } from '../../api/sending';
import { getRecordId, readRecords } from '../records/records';
import type { Operation, OperationValues, Pages } from '../types';
import { buildRequest } from './buildRequest';
import { fetchLargePages, fetchPages, toPageKeys } from './pagination';

/** How a part is read. */
export interface ReadOptions extends SendOptions {
	/** Maximum number of records to read from a list in pages. Others are read completely. Defaults to all. */
	limit?: number;
	/** Whether nobody waits for the first records, so that a list is read in large pages. */
	usesLargePages?: boolean;
	/** The only page to read of a list in pages, for example where a user scrolls in a list of the editor. */
	page?: { take: number; skip: number };
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

/** Returns how a list is paginated. Undefined if it is not. */
const getPages = ({ pages }: Operation, values: OperationValues): Pages | undefined =>
	typeof pages === 'function' ? pages(values) : pages;

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
export async function readPart(
	operation: Operation,
	values: OperationValues,
	client: RequestSender,
	{ limit, page, isEnded, onFailure, ...options }: ReadOptions,
): Promise<ReadResult> {
	const { request } = buildRequest(operation, values);
	const filter = operation.filter?.(values);
	// GoFive has no such filter, so the limit counts the records that it keeps.
	const readLimit = filter ? undefined : limit;
	const usesLargePages = options.usesLargePages ?? filter !== undefined;
	const recordKey = (record: IDataObject) => getRecordId(record, operation.entity);
	const pages = getPages(operation, values);
	const read = async (used: ApiRequest, sendOptions: SendOptions) =>
		readRecords(operation, await client.send(used, sendOptions), values);
	// A page that GoFive rejects may be requested again with another size, so its failure is not that of the part.
	const fetchPage = async (keys: Record<string, number>) => await read(addPageKeys(request, keys), { isEnded });
	const fetchAll = usesLargePages ? fetchLargePages : fetchPages;
	if (pages && page) return { records: await fetchPage(toPageKeys(pages, page.take, page.skip)) };
	const { records, mayHaveMore } = pages
		? await fetchAll({ pages, limit: readLimit, fetchPage, recordKey })
		: { records: await read(request, { isEnded, onFailure }), mayHaveMore: false };
	const kept = filter?.(records) ?? records;
	const isComplete = !pages || readLimit === undefined || records.length <= readLimit;
	const pluralName = operation.entity?.pluralName ?? 'records';
	return {
		records: isComplete ? kept : kept.slice(0, readLimit),
		total: isComplete ? kept.length : undefined,
		mayHaveMore: mayHaveMore ? { records: records.length, pluralName } : undefined,
	};
}
