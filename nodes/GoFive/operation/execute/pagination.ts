import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../api/request';
import type { Pages } from '../types';

/** Number of rows per page. GoFive's documentation names no maximum, and a response may hold fewer. */
export const PAGE_SIZE = 100;
/** Number of rows of the first request to a list that cannot skip rows. Each further request takes ten times as many. */
const FIRST_UNPAGED_SIZE = 1000;
const MAX_UNPAGED_SIZE = 1_000_000_000;
/**
 * Numbers of rows that servers often use as the maximum of a response. If requests with different takes return exactly so
 * many rows, GoFive may have more.
 */
const USUAL_MAXIMUM_ROWS = [50, 100, 200, 250, 500, 1000, 2000, 5000];
/** Maximum number of requests for a list, so that a server with ever new rows cannot keep the node running. */
const MAX_PAGES = 20_000;

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
	/** Called if GoFive ignores skip and take, or returns new rows until the maximum number of requests. */
	onPossiblyIncomplete(): void;
	/** Called if a list without skip has as many rows as were requested, or a usual maximum of rows. */
	onPossibleMaximum?(): void;
}

/** Adds the paging keys to a request: to the body if it has one, else to the query. */
export function buildPageRequest(request: ApiRequest, keys: Record<string, number>): ApiRequest {
	const { query = [], body, bodyText: originalText } = request;
	if (body === undefined) return { ...request, query: [...query, ...Object.entries(keys)] };
	// Appends to the text, because parsing it would change numbers with more digits than JavaScript keeps.
	const isEmpty = Object.keys(body).length === 0;
	const bodyText = originalText?.trim().replace(/\}$/, `${isEmpty ? '' : ','}${JSON.stringify(keys).slice(1)}`);
	return { ...request, body: { ...body, ...keys }, bodyText };
}

/** Collects the rows of a list from responses that may overlap. */
class RowCollector {
	readonly rows: IDataObject[] = [];
	private readonly countByKey = new Map<string, number>();

	constructor(private readonly rowKey: PageOptions['rowKey']) {}

	/**
	 * Adds the new rows of a response. A row whose ID is known is not new. Rows without an ID can be equal, so on a page all
	 * of them are new, unless most of the page is known. On such a page and of a list from its start, as many equal rows are
	 * new as it has more than before.
	 *
	 * @param isPage - Whether the response begins where the previous one ended. Otherwise it is the list from its start.
	 * @returns Number of new rows, without those without an ID on a page that is mostly known.
	 */
	add(rows: IDataObject[], isPage: boolean): number {
		const entries = rows
			.map((row) => ({ row, id: this.rowKey(row) }))
			.map(({ row, id }) => ({ row, id, key: id ?? JSON.stringify(row) }));
		const isRepeated = isPage && entries.filter(({ key }) => this.countByKey.has(key)).length * 2 > entries.length;
		const remainingCounts = new Map<string, number>();
		const newEntries = entries.filter(({ id, key }) => {
			if (isPage && !isRepeated && id === undefined) return true;
			const remainingCount = remainingCounts.get(key) ?? this.countByKey.get(key) ?? 0;
			remainingCounts.set(key, remainingCount - 1);
			return remainingCount <= 0;
		});
		for (const { row, key } of newEntries) {
			this.rows.push(row);
			this.countByKey.set(key, (this.countByKey.get(key) ?? 0) + 1);
		}
		return newEntries.filter(({ id }) => !isRepeated || id !== undefined).length;
	}
}

/**
 * Fetches the rows of a list. A row whose ID is known is not added again. Rows without an ID may be returned twice if the
 * list changes while it is read. There are three strategies.
 *
 * 1. With skip and take, it requests pages until one is empty, because a short page is not always the last.
 * 2. Without a skip key, it requests the list from its start with ever larger takes, until no new rows arrive.
 * 3. If a page with skip repeats only known rows, GoFive ignores skip, so it continues with the second strategy.
 *
 * @example
 * 1. take=100&skip=0 returns 100 rows, take=100&skip=100 returns 40, take=100&skip=140 returns none: 140 rows.
 * 2. take=1000 returns 1000 rows, take=10000 returns 1200, take=100000 returns the same 1200: 1200 rows.
 * 3. take=100&skip=0 and take=100&skip=100 return the same 100 rows, take=1000&skip=0 returns 140: continues as in 2.
 *
 * @returns All rows, or one more than the limit if there are more, so that the caller can tell.
 */
export async function fetchPages(options: PageOptions): Promise<IDataObject[]> {
	const { request, pages, limit = Infinity } = options;
	const collector = new RowCollector(options.rowKey);
	const { rows: allRows } = collector;
	let usesSkip = pages.skipKey !== undefined;
	let [skip, take] = [0, usesSkip ? (options.pageSize ?? PAGE_SIZE) : FIRST_UNPAGED_SIZE];
	let countBeforeUnpaged: number | undefined;
	let wasFullPage = false;
	for (let page = 1; ; page += 1) {
		const pageSize = Math.min(take, limit + 1 - (usesSkip ? allRows.length : 0));
		const keys = { [pages.takeKey]: pageSize, ...(pages.skipKey && { [pages.skipKey]: skip }) };
		const rows = options.parseRows(await options.send(buildPageRequest(request, keys)));
		const newCount = collector.add(rows, usesSkip);
		const isUsualMaximum = !usesSkip && USUAL_MAXIMUM_ROWS.includes(rows.length);
		if (allRows.length > limit) return allRows.slice(0, limit + 1);
		if (newCount > 0 && page < MAX_PAGES) {
			// The request took more than the limit, so GoFive has no more rows, unless it returned its maximum.
			if (!usesSkip && take > limit) {
				if (isUsualMaximum && rows.length < limit) options.onPossibleMaximum?.();
				return allRows;
			}
			wasFullPage = !usesSkip && rows.length === pageSize;
			if (usesSkip) skip += rows.length;
			else take = Math.min(take * 10, MAX_UNPAGED_SIZE);
		} else if (usesSkip && rows.length > 0 && page < MAX_PAGES) {
			[usesSkip, skip, take, countBeforeUnpaged] = [false, 0, FIRST_UNPAGED_SIZE, allRows.length];
		} else {
			if (newCount > 0 || allRows.length === countBeforeUnpaged) options.onPossiblyIncomplete();
			else if (isUsualMaximum || (rows.length > 0 && wasFullPage)) options.onPossibleMaximum?.();
			return allRows;
		}
	}
}
