import type { IDataObject } from 'n8n-workflow';
import type { Effect } from '../request/request';
import { Failure } from '../words/failure';
import { messages } from '../words/messages';

/** GoFive's answer, opened: {status: {code, description}, data} or, on older pages, {data: {value}}. */
export interface Envelope {
	/** Business code as text; "1000" is success; empty where the status holds none, undefined where there is no status. */
	code?: string;
	description: string;
	data: unknown;
	/** The whole answer. */
	body: unknown;
	/** To what an answer without a code says no in another way (`isSuccess` false, `error`, `errors`): to a write alone where these may be columns of a record. */
	saysNo?: 'any' | 'write';
}

/** The business code of success. */
export const SUCCESS = '1000';

type Loose = Record<string, unknown>;

/** Whether a value is an object with keys, and no list. */
export function isObject(value: unknown): value is Loose {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text or number as text; anything else, such as an object, as nothing. */
export function plain(value: unknown): string {
	return typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';
}

/** The value of a JSON text; undefined when it is none. */
export function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return ![undefined, null, false, '', 0].includes(value as null);
}

/** Whether an answer, or its data, says no without a code. */
export function signsOfNo(part: unknown): boolean {
	if (!isObject(part)) return false;
	return part.isSuccess === false || part.success === false || isFilled(part.error) || isFilled(part.errors);
}

/** Older pages put a record, or a list, into `value`; a record may have a column of that name too. */
function unwrapped(data: unknown): unknown {
	return isObject(data) && 'value' in data && Object.keys(data).length === 1 ? data.value : data;
}

/** The value under a key in whatever case: GoFive's pages have both. */
export function valueAt(record: Loose, key: string): unknown {
	return Object.entries(record).find(([name]) => name.toLowerCase() === key)?.[1];
}

/** What an answer says outside of GoFive's envelope, such as one of its gateway, or in its data. */
export function looseText(body: Loose): string {
	const words = ['message', 'error_description', 'detail', 'title', 'error'].map((key) => valueAt(body, key));
	const inner = [...words, unwrapped(body.data)].find(isObject);
	return words.map(plain).find(Boolean) ?? (inner ? looseText(inner) : '');
}

/**
 * Opens an answer; undefined when it is none of GoFive's.
 * @param anyJson whether JSON without an envelope counts as data too
 */
export function openEnvelope(text: string, anyJson = false): Envelope | undefined {
	const body = jsonIn(text);
	return body === undefined ? undefined : opened(body, anyJson);
}

/** The data of a whole answer: what GoFive's envelope holds, or the answer itself where it has none. */
export const dataOf = (body: unknown): unknown => opened(body, true)?.data;

/** Whether it is GoFive's status; in any JSON it may be a column of a record that has no envelope. */
function isStatus(status: unknown, body: Loose, anyJson: boolean): status is Loose {
	if (!isObject(status)) return false;
	return !anyJson || 'data' in body || Object.keys(body).length === 1 || /^\d+$/.test(plain(status.code));
}

function opened(body: unknown, anyJson: boolean): Envelope | undefined {
	if (!isObject(body)) return anyJson ? { description: '', data: body, body } : undefined;
	const { status = null } = body;
	if (isStatus(status, body, anyJson)) {
		return { code: plain(status.code), description: plain(status.description), data: unwrapped(body.data), body };
	}
	const description = looseText(body) || plain(status);
	// A record without an envelope may have columns of these names; to a write they may say no.
	if (anyJson && (status !== null || !('data' in body))) {
		return { description, data: body, body, saysNo: status !== null || signsOfNo(body) ? 'write' : undefined };
	}
	if ('data' in body && status !== null) return { code: '', description, data: body.data, body };
	const data = unwrapped(body.data);
	if (signsOfNo(body)) return { description, data, body, saysNo: 'any' };
	return 'data' in body ? { description, data, body, saysNo: signsOfNo(data) ? 'write' : undefined } : undefined;
}

/** Whether GoFive's business code says no. */
export function isRefused(envelope: Envelope | undefined): boolean {
	return Boolean(envelope?.code) && envelope?.code !== SUCCESS;
}

/** Whether an answer with a status of 200 to 299 is one of success. */
export function isSuccess({ code, data, saysNo }: Envelope, effect: Effect): boolean {
	if (code !== undefined) return code === SUCCESS && (effect === 'read' || data !== false);
	if (effect === 'read') return saysNo !== 'any';
	return saysNo === undefined && (data === true || (typeof data === 'object' && data !== null));
}

/** What an unreadable answer looks like to a person; undefined when it is JSON of another form. */
export function kindOfText(text: string): string | undefined {
	const start = text.trim();
	if (start === '') return 'empty';
	if (/^<(?:!doctype|html|\?xml|[a-z])/i.test(start)) return 'a web page';
	return jsonIn(start) === undefined ? 'plain text' : undefined;
}

/** Whether the text begins as GoFive's answers do, and breaks off. */
export const isCut = (text: string): boolean => /^\s*\{\s*(?:"|$)/.test(text) && jsonIn(text) === undefined;

/**
 * Data that holds records, whichever way GoFive sends them: an array, one object, or null. An empty object is no record.
 * @throws Failure for anything else
 */
export function recordsOf(data: unknown): IDataObject[] {
	if (data === null || data === undefined) return [];
	const list: unknown[] = Array.isArray(data) ? data : [data];
	if (!list.every(isObject)) throw new Failure(messages.unexpectedForm, { httpCode: '200' });
	return (list as IDataObject[]).filter((record) => Object.keys(record).length > 0);
}

/** Data that is a list, or nothing. @throws Failure for anything else */
export function listOf(data: unknown): unknown[] {
	if (data === null || data === undefined) return [];
	if (!Array.isArray(data)) throw new Failure(messages.unexpectedForm, { httpCode: '200' });
	return data as unknown[];
}
