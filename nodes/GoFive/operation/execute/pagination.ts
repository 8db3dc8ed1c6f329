import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../api/request/request';
import type { Pages } from '../types';

/** How many rows are asked for at once; GoFive may give fewer, its pages do not say how many it gives at most. */
const PAGE_SIZE = 100;
/** Where no row can be passed over, so many are asked for first, and ever ten times as many. */
const FIRST_UNPAGED_SIZE = 1000;
/** A list that brings new rows for ever does not end by itself. */
const MAX_PAGES = 20_000;

/** A list that GoFive hands out in parts. */
export interface PageOptions {
	request: ApiRequest;
	pages: Pages;
	/** How many rows are wanted; undefined for all. */
	limit?: number;
	send(request: ApiRequest): Promise<unknown>;
	/** @returns the rows of GoFive's data */
	parseRows(data: unknown): IDataObject[];
	/** Equal for rows that are the same record. */
	rowKey(row: IDataObject): string;
	/** Called where nobody can tell whether GoFive has more: it gives the same rows whatever is asked for, or a full part and no more. */
	onPossiblyIncomplete(): void;
}

/** The request for one part. The keys go into the body where there is one, else into the query. */
function pageRequest(request: ApiRequest, keys: Record<string, number>): ApiRequest {
	const { query = [], body, bodyText: text } = request;
	if (body === undefined) return { ...request, query: [...query, ...Object.entries(keys)] };
	// A text travels as the user wrote it, with every digit, so the keys are written behind it.
	const isEmpty = Object.keys(body).length === 0;
	const bodyText = text?.trim().replace(/\}$/, `${isEmpty ? '' : ','}${JSON.stringify(keys).slice(1)}`);
	return { ...request, body: { ...body, ...keys }, bodyText };
}

/**
 * The rows of a list, part by part, each once. It ends at a part without rows: a short one is no sign, since GoFive may give
 * fewer rows than are asked for. Rows that come again show that it passes over none; then all are asked for at once, as
 * where it knows no key for that.
 * @returns one row more than wanted where there is one
 */
export async function fetchPages({
	request,
	pages,
	limit = Infinity,
	send,
	parseRows,
	rowKey,
	onPossiblyIncomplete,
}: PageOptions): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	const seenKeys = new Set<string>();
	let usesSkip = pages.skipKey !== undefined;
	let [skipped, take] = [0, usesSkip ? PAGE_SIZE : FIRST_UNPAGED_SIZE];
	let countBeforeUnpaged: number | undefined;
	let wasFullPage = false;
	for (let page = 1; ; page += 1) {
		const pageSize = Math.min(take, limit + 1 - (usesSkip ? collected.length : 0));
		const keys = { [pages.takeKey]: pageSize, ...(pages.skipKey && { [pages.skipKey]: skipped }) };
		const rows = parseRows(await send(pageRequest(request, keys)));
		const rowKeys = rows.map(rowKey);
		const newRows = rows.filter((_, index) => !seenKeys.has(rowKeys[index] ?? ''));
		for (const key of rowKeys) seenKeys.add(key);
		for (const row of newRows) collected.push(row);
		if (collected.length > limit) return collected.slice(0, limit + 1);
		if (newRows.length > 0 && page < MAX_PAGES) {
			// All that were wanted were asked for already.
			if (!usesSkip && take > limit) return collected;
			wasFullPage = !usesSkip && rows.length === pageSize;
			if (usesSkip) skipped += rows.length;
			else take *= 10;
		} else if (usesSkip && rows.length > 0 && page < MAX_PAGES) {
			[usesSkip, skipped, take, countBeforeUnpaged] = [false, 0, FIRST_UNPAGED_SIZE, collected.length];
		} else {
			if (newRows.length > 0 || collected.length === countBeforeUnpaged || (rows.length > 0 && wasFullPage))
				onPossiblyIncomplete();
			return collected;
		}
	}
}
