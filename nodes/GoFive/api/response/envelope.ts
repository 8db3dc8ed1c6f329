import type { Effect } from '../request/request';
import { isObject, parseJson, type JsonObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** Parsed response of GoFive: `{status: {code, description}, data}`, or on older pages `{data}` or `{data: {value}}`. */
export interface Envelope {
	/** Business code, for example "1000". Empty if the status has no code, undefined if the response has no status. */
	code?: string;
	description: string;
	data: unknown;
	/** Entire response. */
	body: unknown;
	/**
	 * Set if a response without a code has `isSuccess: false`, `success: false`, `error` or `errors`.
	 * The sign is only possible where the keys may also be columns of a record. Then only a write counts as failed.
	 */
	failureSign?: 'certain' | 'possible';
}

/** Business code of success. */
export const SUCCESS_CODE = '1000';

function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return ![undefined, null, false, '', 0].includes(value as null);
}

/** Returns true if an object reports a failure without a business code. */
export function hasFailureSign(value: unknown): boolean {
	if (!isObject(value)) return false;
	return value.isSuccess === false || value.success === false || isFilled(value.error) || isFilled(value.errors);
}

/** Keys that may be next to the `value` of a list. An object with any other key is a record with a column `value`. */
const PAGE_KEYS = ['value', 'total', 'count', 'take', 'skip'];

/** Unwraps the `{value}` of older pages, also next to the keys of a page. */
function unwrapValue(data: unknown): unknown {
	if (!isObject(data) || !('value' in data)) return data;
	const keys = Object.keys(data);
	const isPage = typeof data.value === 'object' && keys.every((key) => PAGE_KEYS.includes(key));
	return isPage || keys.length === 1 ? data.value : data;
}

/**
 * Returns the value of a key in any case, since GoFive's pages use both.
 *
 * @param key - Key in lower case.
 */
export function getIgnoringCase(record: JsonObject, key: string): unknown {
	// The lengths are compared first, because a response may have any number of keys.
	return Object.entries(record).find(([name]) => name.length === key.length && name.toLowerCase() === key)?.[1];
}

/** Number of objects, one in the other, in which a message is looked for. A response may be nested without end. */
const MAX_MESSAGE_DEPTH = 10;

/** Finds the message in a response without a status, for example of the gateway. Empty if there is none. */
export function findMessageText(body: JsonObject, depth = 1): string {
	const values = ['message', 'error_description', 'detail', 'title', 'error'].map((key) => getIgnoringCase(body, key));
	const nested = [...values, unwrapValue(body.data)].find(isObject);
	const text = values.map(toText).find(Boolean);
	return text ?? (nested && depth < MAX_MESSAGE_DEPTH ? findMessageText(nested, depth + 1) : '');
}

/**
 * Parses the text of a response. Returns undefined if GoFive's API cannot have sent it.
 *
 * @param acceptsAnyJson - True to accept JSON without an envelope. The entire JSON is then the data.
 */
export function parseEnvelope(text: string, acceptsAnyJson = false): Envelope | undefined {
	const body = parseJson(text);
	return body === undefined ? undefined : toEnvelope(body, acceptsAnyJson);
}

/** Returns the data of a parsed response, or the entire response if it has no envelope. */
export const extractData = (body: unknown): unknown => toEnvelope(body, true)?.data;

function toEnvelope(body: unknown, acceptsAnyJson: boolean): Envelope | undefined {
	if (!isObject(body)) return acceptsAnyJson ? { description: '', data: body, body } : undefined;
	const { status = null } = body;
	if (isGoFiveStatus(status, body, acceptsAnyJson)) {
		return { code: toText(status.code), description: toText(status.description), data: unwrapValue(body.data), body };
	}
	const description = findMessageText(body) || toText(status);
	const hasData = 'data' in body;
	if (acceptsAnyJson && (status !== null || !hasData)) {
		const failureSign = status !== null || hasFailureSign(body) ? 'possible' : undefined;
		return { description, data: body, body, failureSign };
	}
	// Older pages show `{data}` and `{data: {value}}`, and some responses only report a failure.
	// A text or number in place of GoFive's status is not a success. An empty code marks it as a failure.
	if (hasData && status !== null) return { code: '', description, data: body.data, body };
	const data = unwrapValue(body.data);
	if (hasFailureSign(body)) return { description, data, body, failureSign: 'certain' };
	if (!hasData) return undefined;
	return { description, data, body, failureSign: hasFailureSign(data) ? 'possible' : undefined };
}

/** Returns true if the status is GoFive's. In other JSON, `status` may be a column of a record without an envelope. */
function isGoFiveStatus(status: unknown, body: JsonObject, acceptsAnyJson: boolean): status is JsonObject {
	if (!isObject(status)) return false;
	return !acceptsAnyJson || 'data' in body || Object.keys(body).length === 1 || /^\d+$/.test(toText(status.code));
}

/** Returns true if the business code reports a failure. */
export function isRejected(envelope: Envelope | undefined): boolean {
	return Boolean(envelope?.code) && envelope?.code !== SUCCESS_CODE;
}

/**
 * Decides whether a response with HTTP status 200 to 299 is a success.
 *
 * - With a business code, only 1000 is. The data of a write must not be `false`.
 * - Without a code, a read is a success unless a failure is certain.
 * - Without a code, a write needs a confirmation: `true`, an object or a list, and no sign of a failure.
 */
export function isSuccess({ code, data, failureSign }: Envelope, effect: Effect): boolean {
	if (code !== undefined) return code === SUCCESS_CODE && (effect === 'read' || data !== false);
	if (effect === 'read') return failureSign !== 'certain';
	return failureSign === undefined && (data === true || (typeof data === 'object' && data !== null));
}

/** Names the form of a response that is not JSON, as part of a message. Returns undefined for JSON. */
export function describeNonJson(text: string): string | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return 'an empty response';
	if (/^<(?:!doctype|html|\?xml|[a-z])/i.test(trimmed)) return 'a web page';
	return parseJson(trimmed) === undefined ? 'plain text' : undefined;
}

/** Returns true if the text starts like a response of GoFive and is incomplete. */
export const isTruncatedJson = (text: string): boolean =>
	/^\s*\{\s*(?:"|$)/.test(text) && parseJson(text) === undefined;

/** Lists the non-empty lists of objects in an object. */
export const findRecordLists = (data: JsonObject): JsonObject[][] =>
	Object.values(data).filter(
		(value): value is JsonObject[] => Array.isArray(value) && value.length > 0 && value.every(isObject),
	);
