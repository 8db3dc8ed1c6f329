import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../api/client';
import type { ApiRequest } from '../../api/request';
import { readRecords } from '../records';
import type { Operation, OperationValues, Pages } from '../types';
import { buildRequest } from './buildRequest';
import { getRecordKey } from './columns';
import { fetchLargePages, fetchPages, PAGE_SIZE, toPageKeys } from './pagination';

/** How an operation is read. */
export interface ReadOptions {
	/** Maximum number of records. Defaults to all. */
	limit?: number;
	/** Whether nobody waits for the first records, so that a list is read in large pages. */
	usesLargePages?: boolean;
	/** Offset of the only page to read, for a list in the editor that continues where the user scrolls. */
	skip?: number;
	/** Request of the operation, if it is built already. */
	request?: ApiRequest;
	/** Returns a key that is equal for the same record. Defaults to the key columns of the entity. */
	recordKey?(record: IDataObject): string | undefined;
}

/** Records of an operation. */
export interface ReadResult {
	/** Records in GoFive's order, at most `limit`. */
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
function addPageKeys(request: ApiRequest, page: Record<string, number>): ApiRequest {
	const { query = [], body } = request;
	if (body === undefined) return { ...request, page, query: [...query, ...Object.entries(page)] };
	return { ...request, page, body: { ...body, ...page }, bodyText: undefined };
}

/**
 * Reads a part of an operation: one response, all pages of a list, or one of its pages.
 *
 * @throws GoFiveError if the records cannot be read. It contains no secret, although it may quote keys of the response.
 */
export async function readPart(
	operation: Operation,
	values: OperationValues,
	client: Client,
	options: ReadOptions = {},
): Promise<ReadResult> {
	const { skip, request = buildRequest(operation, values) } = options;
	const filter = operation.filter?.(values);
	// GoFive has no such filter, so the limit counts the records that it keeps.
	const readLimit = filter ? undefined : options.limit;
	const usesLargePages = options.usesLargePages ?? filter !== undefined;
	const { recordKey = (record) => getRecordKey(record, operation.entity) } = options;
	const pages = getPages(operation, values);
	const read = async (used: ApiRequest) => readRecords(operation, await client.send(used), values);
	const fetchPage = async (page: Record<string, number>) => await read(addPageKeys(request, page));
	const fetchAll = usesLargePages ? fetchLargePages : fetchPages;
	try {
		if (pages && skip !== undefined) return { records: await fetchPage(toPageKeys(pages, PAGE_SIZE, skip)) };
		const { records, mayHaveMore } = pages
			? await fetchAll({ pages, limit: readLimit, fetchPage, recordKey })
			: { records: await read(request), mayHaveMore: false };
		const kept = filter?.(records) ?? records;
		const isCounted = !pages || readLimit === undefined || records.length <= readLimit;
		const pluralName = operation.entity?.pluralName ?? 'records';
		return {
			records: kept.slice(0, options.limit),
			total: isCounted ? kept.length : undefined,
			mayHaveMore: mayHaveMore ? { records: records.length, pluralName } : undefined,
		};
	} catch (error) {
		throw client.toError(error);
	}
}
