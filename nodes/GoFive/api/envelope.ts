import type { IDataObject } from 'n8n-workflow';
import { Failure } from './failure';
import { messages } from './messages';

/** GoFive's answer, opened: {status: {code, description}, data} or, on older pages, {data: {value}}. */
export interface Envelope {
	/** Business code as text; "1000" is success; undefined where GoFive sent none. */
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
	const status = isObject(body.status) ? body.status : undefined;
	if (!status && !('data' in body)) return undefined;
	const data = isObject(body.data) && 'value' in body.data ? body.data.value : body.data;
	return { code: plain(status?.code) || undefined, description: plain(status?.description), data };
}

/** What an unreadable answer looks like to a person; undefined when it is JSON after all, or cut JSON. */
function kindOfText(text: string): string | undefined {
	const start = text.trim();
	if (start === '') return 'empty';
	if (/^<(?:!doctype|html|\?xml|[a-z])/i.test(start)) return 'a web page';
	return /^[[{]/.test(start) ? undefined : 'plain text';
}

/**
 * The data of an answer with a status of 200 to 299.
 * @throws Failure when the business code is not success, or the text is no answer of GoFive's
 */
export function dataOf(text: string, httpCode: string): unknown {
	const envelope = openEnvelope(text);
	if (envelope) {
		if (envelope.code !== undefined && envelope.code !== SUCCESS) {
			throw new Failure(messages.business(envelope.code, envelope.description), httpCode);
		}
		return envelope.data ?? null;
	}
	const kind = kindOfText(text);
	if (kind !== undefined) throw new Failure(messages.notJson(kind), httpCode);
	throw new Failure(isCut(text) ? messages.cutAnswer : messages.unexpectedForm, httpCode);
}

/** Whether the text begins as JSON and breaks off. */
export function isCut(text: string): boolean {
	if (!/^\s*[[{]/.test(text)) return false;
	try {
		JSON.parse(text);
		return false;
	} catch {
		return true;
	}
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
