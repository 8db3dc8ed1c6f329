import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../api/request/request';
import type { Pages } from '../types';

/** How many rows are asked for at once; GoFive may give fewer, its pages do not say how many it gives at most. */
const PAGE = 100;
/** Where no row can be passed over, so many are asked for first, and ever ten times as many. */
const WHOLE = 1000;
/** A list that brings new rows for ever does not end by itself. */
const MOST_PARTS = 20_000;

/** A list that GoFive hands out in parts. */
export interface Paged {
	request: ApiRequest;
	pages: Pages;
	/** How many rows are wanted; undefined for all. */
	most?: number;
	send(request: ApiRequest): Promise<unknown>;
	/** @returns the rows of GoFive's data */
	rowsOf(data: unknown): IDataObject[];
	/** Equal for rows that are the same record. */
	identityOf(row: IDataObject): string;
	/** Called where nobody can tell whether GoFive has more: it gives the same rows whatever is asked for, or a full part and no more. */
	unsure(): void;
}

/** The request for one part. The keys go into the body where there is one, else into the query. */
function partOf(request: ApiRequest, keys: Record<string, number>): ApiRequest {
	const { query = [], body, text } = request;
	if (body === undefined) return { ...request, query: [...query, ...Object.entries(keys)] };
	// A text travels as the user wrote it, with every digit, so the keys are written behind it.
	const isEmpty = Object.keys(body).length === 0;
	const longer = text?.trim().replace(/\}$/, `${isEmpty ? '' : ','}${JSON.stringify(keys).slice(1)}`);
	return { ...request, body: { ...body, ...keys }, text: longer };
}

/**
 * The rows of a list, part by part, each once. It ends at a part without rows: a short one is no sign, since GoFive may give
 * fewer rows than are asked for. Rows that come again show that it passes over none; then all are asked for at once, as
 * where it knows no key for that.
 * @returns one row more than wanted where there is one
 */
export async function rowsOfPages({
	request,
	pages,
	most = Infinity,
	send,
	rowsOf,
	identityOf,
	unsure,
}: Paged): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const known = new Set<string>();
	let passes = pages.skip !== undefined;
	let [passed, take] = [0, passes ? PAGE : WHOLE];
	let beforeWhole: number | undefined;
	let wasFull = false;
	for (let part = 1; ; part += 1) {
		const asked = Math.min(take, most + 1 - (passes ? found.length : 0));
		const keys = { [pages.take]: asked, ...(pages.skip && { [pages.skip]: passed }) };
		const rows = rowsOf(await send(partOf(request, keys)));
		const identities = rows.map(identityOf);
		const fresh = rows.filter((_, index) => !known.has(identities[index] ?? ''));
		for (const identity of identities) known.add(identity);
		for (const row of fresh) found.push(row);
		if (found.length > most) return found.slice(0, most + 1);
		if (fresh.length > 0 && part < MOST_PARTS) {
			// All that were wanted were asked for already.
			if (!passes && take > most) return found;
			wasFull = !passes && rows.length === asked;
			if (passes) passed += rows.length;
			else take *= 10;
		} else if (passes && rows.length > 0 && part < MOST_PARTS) {
			[passes, passed, take, beforeWhole] = [false, 0, WHOLE, found.length];
		} else {
			if (fresh.length > 0 || found.length === beforeWhole || (rows.length > 0 && wasFull)) unsure();
			return found;
		}
	}
}
