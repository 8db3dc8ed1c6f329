import type { IDataObject } from 'n8n-workflow';
import type { Effect } from '../request/request';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { isObject, parseJson, type JsonObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** GoFive's answer, opened: {status: {code, description}, data} or, on older pages, {data: {value}}. */
export interface Envelope {
	/** Business code as text; "1000" is success; empty where the status holds none, undefined where there is no status. */
	code?: string;
	description: string;
	data: unknown;
	/** The whole answer. */
	body: unknown;
	/** To what an answer without a code says no in another way (`isSuccess` false, `error`, `errors`): to a write alone where these may be columns of a record. */
	failureSign?: 'any' | 'write';
}

/** The business code of success. */
export const SUCCESS_CODE = '1000';

function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return ![undefined, null, false, '', 0].includes(value as null);
}

/** Whether an answer, or its data, says no without a code. */
export function hasFailureSign(value: unknown): boolean {
	if (!isObject(value)) return false;
	return value.isSuccess === false || value.success === false || isFilled(value.error) || isFilled(value.errors);
}

/** Older pages put a record, or a list, into `value`; a record may have a column of that name too. */
function unwrapValue(data: unknown): unknown {
	return isObject(data) && 'value' in data && Object.keys(data).length === 1 ? data.value : data;
}

/** The value under a key in whatever case: GoFive's pages have both. */
export function getIgnoringCase(record: JsonObject, key: string): unknown {
	return Object.entries(record).find(([name]) => name.toLowerCase() === key)?.[1];
}

/** What an answer says outside of GoFive's envelope, such as one of its gateway, or in its data. */
export function findMessageText(body: JsonObject): string {
	const texts = ['message', 'error_description', 'detail', 'title', 'error'].map((key) => getIgnoringCase(body, key));
	const nested = [...texts, unwrapValue(body.data)].find(isObject);
	return texts.map(toText).find(Boolean) ?? (nested ? findMessageText(nested) : '');
}

/**
 * Opens an answer; undefined when it is none of GoFive's.
 * @param anyJson whether JSON without an envelope counts as data too
 */
export function parseEnvelope(text: string, anyJson = false): Envelope | undefined {
	const body = parseJson(text);
	return body === undefined ? undefined : toEnvelope(body, anyJson);
}

/** The data of a whole answer: what GoFive's envelope holds, or the answer itself where it has none. */
export const extractData = (body: unknown): unknown => toEnvelope(body, true)?.data;

/** Whether it is GoFive's status; in any JSON it may be a column of a record that has no envelope. */
function isGoFiveStatus(status: unknown, body: JsonObject, anyJson: boolean): status is JsonObject {
	if (!isObject(status)) return false;
	return !anyJson || 'data' in body || Object.keys(body).length === 1 || /^\d+$/.test(toText(status.code));
}

function toEnvelope(body: unknown, anyJson: boolean): Envelope | undefined {
	if (!isObject(body)) return anyJson ? { description: '', data: body, body } : undefined;
	const { status = null } = body;
	if (isGoFiveStatus(status, body, anyJson)) {
		return { code: toText(status.code), description: toText(status.description), data: unwrapValue(body.data), body };
	}
	const description = findMessageText(body) || toText(status);
	// A record without an envelope may have columns of these names; to a write they may say no.
	if (anyJson && (status !== null || !('data' in body))) {
		return {
			description,
			data: body,
			body,
			failureSign: status !== null || hasFailureSign(body) ? 'write' : undefined,
		};
	}
	if ('data' in body && status !== null) return { code: '', description, data: body.data, body };
	const data = unwrapValue(body.data);
	if (hasFailureSign(body)) return { description, data, body, failureSign: 'any' };
	return 'data' in body
		? { description, data, body, failureSign: hasFailureSign(data) ? 'write' : undefined }
		: undefined;
}

/** Whether GoFive's business code says no. */
export function isRejected(envelope: Envelope | undefined): boolean {
	return Boolean(envelope?.code) && envelope?.code !== SUCCESS_CODE;
}

/** Whether an answer with a status of 200 to 299 is one of success. */
export function isSuccess({ code, data, failureSign }: Envelope, effect: Effect): boolean {
	if (code !== undefined) return code === SUCCESS_CODE && (effect === 'read' || data !== false);
	if (effect === 'read') return failureSign !== 'any';
	return failureSign === undefined && (data === true || (typeof data === 'object' && data !== null));
}

/** What an unreadable answer looks like to a person; undefined when it is JSON of another form. */
export function describeNonJson(text: string): string | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return 'empty';
	if (/^<(?:!doctype|html|\?xml|[a-z])/i.test(trimmed)) return 'a web page';
	return parseJson(trimmed) === undefined ? 'plain text' : undefined;
}

/** Whether the text begins as GoFive's answers do, and breaks off. */
export const isTruncatedJson = (text: string): boolean =>
	/^\s*\{\s*(?:"|$)/.test(text) && parseJson(text) === undefined;

/**
 * Data that holds records, whichever way GoFive sends them: an array, one object, or null. An empty object is no record.
 * @throws GoFiveError for anything else
 */
export function toRecords(data: unknown): IDataObject[] {
	if (data === null || data === undefined) return [];
	const list: unknown[] = Array.isArray(data) ? data : [data];
	if (!list.every(isObject)) throw new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });
	return (list as IDataObject[]).filter((record) => Object.keys(record).length > 0);
}

/** Data that is a list, or nothing. @throws GoFiveError for anything else */
export function toList(data: unknown): unknown[] {
	if (data === null || data === undefined) return [];
	if (!Array.isArray(data)) throw new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });
	return data as unknown[];
}
