import { getIgnoringCase, isFilled, isObject, type JsonObject } from '../shared/json';
import { toText } from '../shared/text';
import type { Effect } from './request';
import { findServerMessage } from './serverMessage';

/** Form of GoFive's JSON: `{status: {code, description}, data}`, or on older pages `{data}` or `{data: {value}}`. */
export interface Envelope {
	/** Business code, for example "1000". Empty if the status has no code, undefined if the response has no status. */
	code?: string;
	/** GoFive's message. Empty if there is none. */
	description: string;
	/** Data as GoFive sent it. {@link unwrapValue} opens the `{value}` of older pages. */
	data: unknown;
	/**
	 * Set if a response without a code has `isSuccess: false`, `success: false`, `error` or `errors`.
	 * The sign is only possible where the keys may also be columns of a record. Then only a write counts as failed.
	 */
	failureSign?: 'certain' | 'possible';
}

/** Business code of success. */
export const SUCCESS_CODE = '1000';

/** Returns true if an object reports a failure without a business code. */
export function hasFailureSign(value: unknown): boolean {
	if (!isObject(value)) return false;
	const isRefused = ['issuccess', 'success'].some((key) => getIgnoringCase(value, key) === false);
	return isRefused || ['error', 'errors'].some((key) => isFilled(getIgnoringCase(value, key)));
}

/** Keys that may be next to the `value` of a list. An object with any other key is a record with a column `value`. */
export const LIST_WRAPPER_KEYS = ['value', 'total', 'count', 'take', 'skip'];

/** Opens the `{value}` of older pages, also next to the keys of a page. */
export function unwrapValue(data: unknown): unknown {
	if (!isObject(data) || !('value' in data)) return data;
	const keys = Object.keys(data);
	const isPage = typeof data.value === 'object' && keys.every((key) => LIST_WRAPPER_KEYS.includes(key));
	return isPage || keys.length === 1 ? data.value : data;
}

/** Returns true if the status is GoFive's. In other JSON, `status` may be a column of a record without an envelope. */
function isGoFiveStatus(status: unknown, body: JsonObject, acceptsAnyJson: boolean): status is JsonObject {
	if (!isObject(status)) return false;
	return !acceptsAnyJson || 'data' in body || Object.keys(body).length === 1 || /^\d+$/.test(toText(status.code));
}

/**
 * Recognizes the form of a response. Returns undefined if GoFive's API cannot have sent it.
 *
 * @param body - Parsed JSON of the response.
 * @param acceptsAnyJson - True to accept JSON without an envelope. The entire JSON is then the data.
 */
export function toEnvelope(body: unknown, acceptsAnyJson = false): Envelope | undefined {
	if (!isObject(body)) return acceptsAnyJson ? { description: '', data: body } : undefined;
	const { status = null } = body;
	if (isGoFiveStatus(status, body, acceptsAnyJson))
		return { code: toText(status.code), description: toText(status.description), data: body.data };
	const description = findServerMessage(body) || toText(status);
	const isOlderEnvelope = 'data' in body && status === null;
	if (acceptsAnyJson && !isOlderEnvelope) {
		const isPossibleFailure = status !== null || hasFailureSign(body);
		return { description, data: body, failureSign: isPossibleFailure ? 'possible' : undefined };
	}
	return toOlderEnvelope(body, description);
}

/** Recognizes the form of older pages, which show no status: `{data}`, or only the signs of a failure. */
function toOlderEnvelope(body: JsonObject, description: string): Envelope | undefined {
	const { status = null, data } = body;
	const hasData = 'data' in body;
	// A text or number in place of GoFive's status is not a success. An empty code marks it as a failure.
	if (hasData && status !== null) return { code: '', description, data };
	if (hasFailureSign(body)) return { description, data, failureSign: 'certain' };
	if (!hasData) return undefined;
	return { description, data, failureSign: hasFailureSign(unwrapValue(data)) ? 'possible' : undefined };
}

/** Returns GoFive's data in a parsed response, or the entire response if it has no envelope. */
export const extractData = (body: unknown): unknown => toEnvelope(body, true)?.data;

/** Lists the non-empty lists of objects in an object. */
export const findRecordLists = (data: JsonObject): JsonObject[][] =>
	Object.values(data).filter(
		(value): value is JsonObject[] => Array.isArray(value) && value.length > 0 && value.every(isObject),
	);

/** Returns the rows of a batch response, or undefined if it has none. They are the data, or a list in it. */
export function findRowResults(body: unknown): unknown[] | undefined {
	const data = unwrapValue(toEnvelope(body)?.data);
	const lists = isObject(data) ? Object.values(data) : [data];
	const isRowResult = (row: unknown) => isObject(row) && getIgnoringCase(row, 'issuccess') !== undefined;
	return lists.find((list): list is unknown[] => Array.isArray(list) && list.some(isRowResult));
}

/**
 * Decides whether a response with HTTP status 200 to 299 is a success.
 *
 * - With a business code, only 1000 is. The data of a write must not be `false`.
 * - Without a code, a read is a success unless a failure is certain.
 * - Without a code, a write needs a confirmation: `true`, an object or a list, and no sign of a failure.
 */
export function isSuccess({ code, data, failureSign }: Envelope, effect: Effect): boolean {
	const isRead = effect === 'read';
	const value = unwrapValue(data);
	if (code !== undefined) return code === SUCCESS_CODE && (isRead || value !== false);
	if (isRead) return failureSign !== 'certain';
	const isConfirmed = value === true || (typeof value === 'object' && value !== null);
	return isConfirmed && failureSign === undefined;
}

/** Names the form of a response that is not JSON, as part of a message. */
export function describeNonJson(text: string): string {
	const trimmed = text.trim();
	if (trimmed === '') return 'an empty response';
	return /^<(?:!doctype|html|\?xml|[a-z])/i.test(trimmed) ? 'a web page' : 'plain text';
}

/** Returns true if the text starts like a response of GoFive. If it is not JSON, its end is missing. */
export const startsLikeJson = (text: string): boolean => /^\s*\{\s*(?:"|$)/.test(text);

/** Keys of GoFive's responses that say something about their form. */
const FORM_KEY = /^(?:status|code|description|data|value|total|count|take|skip|issuccess|success|errors?|message)$/i;
/** Number of levels of a response whose keys are described: the envelope, its data, and the content of `data.value`. */
const MAX_FORM_LEVELS = 3;

/** Describes the content of a key: the length of a list, or the keys of an object. Empty for any other value. */
function describeContent(value: unknown, level: number): string {
	if (value === null) return '(null)';
	if (Array.isArray(value)) return `[${value.length}]`;
	return isObject(value) && level <= MAX_FORM_LEVELS ? `{${describeKeys(value, level)}}` : '';
}

/** Describes the keys of an object: the known ones with their content, and the number of others. */
function describeKeys(value: JsonObject, level: number): string {
	const keys = Object.keys(value);
	const knownKeys = keys.filter((key) => FORM_KEY.test(key));
	const parts = knownKeys.map((key) => key + describeContent(value[key], level + 1));
	const otherCount = keys.length - knownKeys.length;
	if (otherCount > 0) parts.push(`${otherCount} other keys`);
	return parts.join(' ');
}

/**
 * Describes the form of a response for the log: known keys, and the number of others, but no value and no unknown key.
 *
 * @param body - Parsed JSON of the response. Undefined if it is not JSON.
 * @example "status\{code\} data\{value[2]\}" for a list of two records with GoFive's status.
 */
export function describeForm(body: unknown): string {
	if (body === undefined) return '(not JSON)';
	if (isObject(body)) return describeKeys(body, 1);
	return describeContent(body, 1) || '(single value)';
}
