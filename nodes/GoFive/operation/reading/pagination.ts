import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import type { Pages } from '../operation';

/** Number of records per page. GoFive's documentation names no maximum, and a response may hold fewer. */
export const PAGE_SIZE = 100;
/** Maximum number of pages, so that a server with ever new records cannot keep the node running. */
const MAX_PAGES = 20_000;
/** Number of records that the first request takes from a list that cannot skip records. */
const FIRST_TAKE = 10_000;
/** Number of records per page where the whole list is needed and nobody waits for the first records. */
const LARGE_PAGE_SIZE = 1000;
const MAX_TAKE = 1_000_000_000;
/** Number of records to take if GoFive rejects more. */
const FALLBACK_TAKE = 1000;
/** Servers usually limit a response to a multiple of this number. */
const USUAL_MAXIMUM_UNIT = 50;

/** Options of `fetchPages`. */
interface PageOptions {
	pages: Pages;
	/** Number of records per page if the endpoint can skip records. Defaults to 100. */
	pageSize?: number;
	/** Maximum number of records. Defaults to all. */
	limit?: number;
	/** Fetches the records of a page, with GoFive's paging keys. */
	fetchPage(keys: Record<string, number>): Promise<IDataObject[]>;
	/** Returns a key that identifies a record. Undefined for a record without an ID. */
	recordKey(record: IDataObject): string | undefined;
}

/** Records of a list. */
interface FetchedRecords {
	/** All records, or at least one more than the limit if GoFive returns more, so that the caller can tell. */
	records: IDataObject[];
	/** Whether the number of records may be the maximum of a single response, or the maximum number of pages was read. */
	mayHaveMore: boolean;
}

/** Whether GoFive rejected a request, possibly because of the number of records. */
function isPageRejected(error: unknown): boolean {
	return error instanceof GoFiveError && error.fault === 'record';
}

/** Builds GoFive's keys of a page. */
export const toPageKeys = ({ takeKey, skipKey }: Pages, take: number, skip = 0): Record<string, number> =>
	skipKey === undefined ? { [takeKey]: take } : { [takeKey]: take, [skipKey]: skip };

/** Adds the records whose ID is not known to a list. A record without an ID is added, because two of them may be equal. */
function addNewRecords(
	list: IDataObject[],
	knownKeys: Set<string>,
	records: IDataObject[],
	recordKey: PageOptions['recordKey'],
) {
	for (const record of records) {
		const key = recordKey(record);
		if (key !== undefined && knownKeys.has(key)) continue;
		if (key !== undefined) knownKeys.add(key);
		list.push(record);
	}
}

const isSameRecord = (a?: IDataObject, b?: IDataObject): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two pages are equal. The first records are compared first, because most pages differ in them. */
const isSamePage = (a: IDataObject[], b: IDataObject[]): boolean =>
	isSameRecord(a[0], b[0]) && JSON.stringify(a) === JSON.stringify(b);

/**
 * Fetches a list from its start. Without a limit, it is requested again with twice as many records while a response is
 * full. If GoFive rejects the number, 1,000 records are requested once.
 */
async function fetchAtOnce(options: PageOptions, take: number): Promise<FetchedRecords> {
	const { limit, pages, fetchPage } = options;
	let usedTake = take;
	const response = await fetchPage(toPageKeys(pages, take)).catch(async (error: unknown) => {
		if (take <= FALLBACK_TAKE || !isPageRejected(error)) throw error;
		usedTake = FALLBACK_TAKE;
		return await fetchPage(toPageKeys(pages, FALLBACK_TAKE));
	});
	const records: IDataObject[] = [];
	addNewRecords(records, new Set(), response, options.recordKey);
	const isFull = response.length >= usedTake;
	const isUsualMaximum = response.length > 0 && response.length % USUAL_MAXIMUM_UNIT === 0;
	const hasEnough = limit !== undefined && records.length >= limit;
	const fetched = { records, mayHaveMore: !hasEnough && (isFull || isUsualMaximum) };
	if (!isFull || limit !== undefined || usedTake < take || take >= MAX_TAKE) return fetched;
	const longer = await fetchAtOnce(options, take * 2);
	return longer.records.length > records.length ? longer : fetched;
}

/** Records of a list in pages. `ignoresSkip` means that a page had no new record or repeated the previous page. */
type PageRecords = FetchedRecords & { ignoresSkip: boolean };

/** Fetches a list in pages. */
async function fetchInPages(options: PageOptions): Promise<PageRecords> {
	const { limit = Infinity, pageSize = PAGE_SIZE, pages, fetchPage, recordKey } = options;
	const records: IDataObject[] = [];
	const knownKeys = new Set<string>();
	let previousPage: IDataObject[] = [];
	let skip = 0;
	for (let page = 1; page <= MAX_PAGES && records.length <= limit; page += 1) {
		const pageRecords = await fetchPage(toPageKeys(pages, Math.min(pageSize, limit + 1 - records.length), skip));
		if (pageRecords.length === 0) return { records, mayHaveMore: false, ignoresSkip: false };
		if (isSamePage(pageRecords, previousPage)) return { records, mayHaveMore: false, ignoresSkip: true };
		const previousCount = records.length;
		addNewRecords(records, knownKeys, pageRecords, recordKey);
		if (records.length === previousCount) return { records, mayHaveMore: false, ignoresSkip: true };
		skip += pageRecords.length;
		previousPage = pageRecords;
	}
	return { records, mayHaveMore: records.length <= limit, ignoresSkip: false };
}

/**
 * Fetches the records of a list. A record whose ID is known is not added again. A record without an ID may be returned
 * twice if the list changes while it is read. There are three strategies.
 *
 * 1. With a skip key, it requests pages until one is empty, has no new record or repeats the previous page, because a short
 *    page is not always the last.
 * 2. Without a skip key, it requests the list once, and with a larger take as long as the response is full.
 * 3. If GoFive ignores skip, it continues with the second strategy, and the longer list counts.
 *
 * @example
 * 1. take=100&skip=0 returns 100 records, take=100&skip=100 returns 40, take=100&skip=140 returns none: 140 records.
 * 2. take=10000 returns 10000 records, take=20000 returns 12000: 12000 records.
 * 3. take=100&skip=0 and take=100&skip=100 return the same 100 records, take=10000&skip=0 returns 140: 140 records.
 */
export async function fetchPages(options: PageOptions): Promise<FetchedRecords> {
	const { limit, pages } = options;
	const firstTake = limit === undefined ? FIRST_TAKE : limit + 1;
	if (pages.skipKey === undefined) return await fetchAtOnce(options, firstTake);
	const { records, mayHaveMore, ignoresSkip } = await fetchInPages(options);
	if (!ignoresSkip) return { records, mayHaveMore };
	const fetched = await fetchAtOnce(options, firstTake);
	return fetched.records.length >= records.length ? fetched : { ...fetched, records };
}

/** Fetches the records of a list in large pages, or in usual ones if GoFive rejects these. See `fetchPages`. */
export async function fetchLargePages(options: Omit<PageOptions, 'pageSize'>): Promise<FetchedRecords> {
	return await fetchPages({ ...options, pageSize: LARGE_PAGE_SIZE }).catch(async (error: unknown) => {
		// A list that cannot skip records has no smaller pages.
		if (options.pages.skipKey === undefined || !isPageRejected(error)) throw error;
		return await fetchPages(options);
	});
}
