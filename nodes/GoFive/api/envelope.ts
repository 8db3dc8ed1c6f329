import type { IDataObject } from 'n8n-workflow';
import { Failure } from './failure';
import { messages } from './messages';

/** GoFive's answer, opened: {status: {code, description}, data} or, on older pages, {data: {value}}. */
export interface Envelope {
	/** Business code as text; "1000" is success; empty where the status holds none, undefined where there is no status. */
	code?: string;
	description: string;
	data: unknown;
}

/** The business code of success. */
export const SUCCESS = '1000';

type Loose = Record<string, unknown>;

function isObject(value: unknown): value is Loose {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text or number as text; anything else, such as an object, as nothing. */
export function plain(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Opens an answer; undefined when the text is not one of GoFive's. */
export function openEnvelope(text: string): Envelope | undefined {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isObject(body)) return undefined;
	const status = body.status ?? undefined;
	if (!isObject(status) && !('data' in body)) return undefined;
	const data = isObject(body.data) && 'value' in body.data ? body.data.value : body.data;
	if (status === undefined) return { description: '', data };
	const { code, description } = isObject(status) ? status : { code: undefined, description: status };
	return { code: plain(code), description: plain(description), data };
}

/** What an unreadable answer looks like to a person; undefined when it is JSON of another form. */
function kindOfText(text: string): string | undefined {
	const start = text.trim();
	if (start === '') return 'empty';
	if (/^<(?:!doctype|html|\?xml|[a-z])/i.test(start)) return 'a web page';
	return /^[[{]/.test(start) && isJson(start) ? undefined : 'plain text';
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/**
 * The data of an answer with a status of 200 to 299.
 * @throws Failure when the business code is not success, or the text is no answer of GoFive's
 */
export function dataOf(text: string, httpCode: string): unknown {
	const envelope = openEnvelope(text);
	if (envelope) {
		const { code, description, data = null } = envelope;
		if (code === undefined || code === SUCCESS) return data;
		throw new Failure(code || description ? messages.business(code, description) : messages.unexpectedForm, httpCode);
	}
	if (isCut(text)) throw new Failure(messages.cutAnswer, httpCode);
	const kind = kindOfText(text);
	throw new Failure(kind === undefined ? messages.unexpectedForm : messages.notJson(kind), httpCode);
}

/** Whether the text begins as GoFive's answers do, and breaks off. */
export function isCut(text: string): boolean {
	return /^\s*\{\s*(?:"|$)/.test(text) && !isJson(text);
}

/**
 * Data that holds records, whichever way GoFive sends them: an array, one object, or null. An empty object is no record.
 * @throws Failure for anything else
 */
export function recordsOf(data: unknown): IDataObject[] {
	if (data === null || data === undefined) return [];
	const list: unknown[] = Array.isArray(data) ? data : [data];
	if (!list.every(isObject)) throw new Failure(messages.unexpectedForm, '200');
	return (list as IDataObject[]).filter((record) => Object.keys(record).length > 0);
}
