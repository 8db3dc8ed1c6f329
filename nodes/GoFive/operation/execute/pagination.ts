import type { IDataObject } from 'n8n-workflow';
import { toGoFiveError } from '../../api/errors';
import type { ApiRequest } from '../../api/request';
import type { Operation, OperationValues, Pages } from '../types';

/** Number of rows per page. GoFive's documentation names no maximum, and a response may hold fewer. */
export const PAGE_SIZE = 100;
/** Maximum number of pages, so that a server with ever new rows cannot keep the node running. */
const MAX_PAGES = 20_000;
/** Number of rows that the first request takes from a list that cannot skip rows. */
const FIRST_TAKE = 10_000;
/** Number of rows per page where the whole list is needed and nobody waits for the first rows. */
const LARGE_PAGE_SIZE = 1000;
const MAX_TAKE = 1_000_000_000;
/** Number of rows to take if GoFive rejects more. */
const FALLBACK_TAKE = 1000;
/** Servers usually limit a response to a multiple of this number. */
const USUAL_MAXIMUM_UNIT = 50;

/** Options of `fetchPages`. */
export interface PageOptions {
	request: ApiRequest;
	pages: Pages;
	/** Number of rows per page if the endpoint can skip rows. Defaults to 100. */
	pageSize?: number;
	/** Maximum number of rows. Defaults to all. */
	limit?: number;
	send(request: ApiRequest): Promise<unknown>;
	/** Reads the rows of a page from GoFive's data. */
	parseRows(data: unknown): IDataObject[];
	/** Returns a key that is equal for rows of the same record. Undefined for a row without an ID. */
	rowKey(row: IDataObject): string | undefined;
}

/** Rows of a list. */
export interface FetchedRows {
	/** All rows, or at least one more than the limit if GoFive returns more, so that the caller can tell. */
	rows: IDataObject[];
	/** Whether the number of rows may be the maximum of a single response. */
	mayHaveMore: boolean;
}

/** Returns how a list is paginated. Undefined if it is not. */
export const getPages = ({ pages }: Operation, values: OperationValues): Pages | undefined =>
	typeof pages === 'function' ? pages(values) : pages;

/** Adds the paging keys to a request: to the body if it has one, else to the query. */
export function buildPageRequest(request: ApiRequest, keys: Record<string, number>): ApiRequest {
	const { query = [], body } = request;
	if (body === undefined) return { ...request, query: [...query, ...Object.entries(keys)] };
	return { ...request, body: { ...body, ...keys }, bodyText: undefined };
}

/** Whether GoFive rejected a request, possibly because of the number of rows. */
function isPageRejected(error: unknown): boolean {
	const { origin } = toGoFiveError(error);
	return origin.isBusinessError === true || ['400', '422'].includes(origin.httpCode ?? '');
}

async function fetchRows(options: PageOptions, take: number, skip = 0): Promise<IDataObject[]> {
	const { request, pages, parseRows, send } = options;
	const keys: Record<string, number> = { [pages.takeKey]: take };
	if (pages.skipKey !== undefined) keys[pages.skipKey] = skip;
	return parseRows(await send(buildPageRequest(request, keys)));
}

/** Adds the rows to a list whose ID is not known. A row without an ID is added, because rows without an ID may be equal. */
function addNewRows(list: IDataObject[], knownKeys: Set<string>, rows: IDataObject[], rowKey: PageOptions['rowKey']) {
	for (const row of rows) {
		const key = rowKey(row);
		if (key !== undefined && knownKeys.has(key)) continue;
		if (key !== undefined) knownKeys.add(key);
		list.push(row);
	}
}

const isSameRow = (a?: IDataObject, b?: IDataObject): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two pages are equal. The first rows are compared first, because most pages differ in them. */
const isSamePage = (a: IDataObject[], b: IDataObject[]): boolean =>
	isSameRow(a[0], b[0]) && JSON.stringify(a) === JSON.stringify(b);

/**
 * Fetches a list from its start. Without a limit, it is requested again with twice as many rows while a response is full.
 * If GoFive rejects the number, 1,000 rows are requested once.
 */
async function fetchAtOnce(options: PageOptions, take: number): Promise<FetchedRows> {
	const { limit } = options;
	let usedTake = take;
	const response = await fetchRows(options, take).catch(async (error: unknown) => {
		if (take <= FALLBACK_TAKE || !isPageRejected(error)) throw error;
		usedTake = FALLBACK_TAKE;
		return await fetchRows(options, FALLBACK_TAKE);
	});
	const rows: IDataObject[] = [];
	addNewRows(rows, new Set(), response, options.rowKey);
	const isFull = response.length >= usedTake;
	const isUsualMaximum = response.length > 0 && response.length % USUAL_MAXIMUM_UNIT === 0;
	const hasEnough = limit !== undefined && rows.length >= limit;
	const fetched = { rows, mayHaveMore: !hasEnough && (isFull || isUsualMaximum) };
	if (!isFull || limit !== undefined || usedTake < take || take >= MAX_TAKE) return fetched;
	const longer = await fetchAtOnce(options, take * 2);
	return longer.rows.length > rows.length ? longer : fetched;
}

/** Fetches a list in pages. `ignoresSkip` means that a page began with the start of the list or repeated the previous page. */
async function fetchInPages(options: PageOptions): Promise<{ rows: IDataObject[]; ignoresSkip: boolean }> {
	const { limit = Infinity, pageSize = PAGE_SIZE, rowKey } = options;
	const rows: IDataObject[] = [];
	const knownKeys = new Set<string>();
	let previousPage: IDataObject[] = [];
	let skip = 0;
	for (let page = 1; page <= MAX_PAGES && rows.length <= limit; page += 1) {
		const pageRows = await fetchRows(options, Math.min(pageSize, limit + 1 - rows.length), skip);
		if (pageRows.length === 0) break;
		if (isSamePage(pageRows, previousPage)) return { rows, ignoresSkip: true };
		const previousCount = rows.length;
		addNewRows(rows, knownKeys, pageRows, rowKey);
		if (rows.length === previousCount) return { rows, ignoresSkip: true };
		skip += pageRows.length;
		previousPage = pageRows;
	}
	return { rows, ignoresSkip: false };
}

/**
 * Fetches the rows of a list. A row whose ID is known is not added again. Rows without an ID may be returned twice if the
 * list changes while it is read. There are three strategies.
 *
 * 1. With a skip key, it requests pages until one is empty, has no new row or repeats the previous page, because a short
 *    page is not always the last.
 * 2. Without a skip key, it requests the list once, and with a larger take as long as the response is full.
 * 3. If GoFive ignores skip, it continues with the second strategy, and the longer list counts.
 *
 * @example
 * 1. take=100&skip=0 returns 100 rows, take=100&skip=100 returns 40, take=100&skip=140 returns none: 140 rows.
 * 2. take=10000 returns 10000 rows, take=20000 returns 12000: 12000 rows.
 * 3. take=100&skip=0 and take=100&skip=100 return the same 100 rows, take=10000&skip=0 returns 140: 140 rows.
 */
export async function fetchPages(options: PageOptions): Promise<FetchedRows> {
	const { limit, pages } = options;
	const firstTake = limit === undefined ? FIRST_TAKE : limit + 1;
	if (pages.skipKey === undefined) return await fetchAtOnce(options, firstTake);
	const { rows, ignoresSkip } = await fetchInPages(options);
	if (!ignoresSkip) return { rows, mayHaveMore: false };
	const fetched = await fetchAtOnce(options, firstTake);
	return fetched.rows.length >= rows.length ? fetched : { ...fetched, rows };
}

/** Fetches the rows of a list in large pages, or in usual ones if GoFive rejects these. See `fetchPages`. */
export async function fetchLargePages(options: Omit<PageOptions, 'pageSize'>): Promise<FetchedRows> {
	return await fetchPages({ ...options, pageSize: LARGE_PAGE_SIZE }).catch(async (error: unknown) => {
		// A list that cannot skip records has no smaller pages.
		if (options.pages.skipKey === undefined || !isPageRejected(error)) throw error;
		return await fetchPages(options);
	});
}
