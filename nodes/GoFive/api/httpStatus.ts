import { SUCCESS_CODE } from './envelope';
import type { ServerLoad } from './failure';
import { clock } from '../time/clock';
import { toText } from '../shared/text';
import { MINUTE_MS, SECOND_MS } from '../shared/units';

/** Returns true for HTTP status 200 to 299. */
export const isSuccessStatus = (status: number): boolean => status >= 200 && status <= 299;

/** Returns true for a redirect. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399;

/**
 * Returns true if a write may have been processed despite a response that reports no success.
 *
 * GoFive's code of success contradicts the rest. With HTTP 200 to 299, only another code of GoFive is a clear rejection.
 * Of the other statuses, those are unclear: a timeout in GoFive (408), a server error, a redirect, with which a server may
 * respond to a processed POST, and a status that is not final or not defined (101, 0).
 *
 * @param code - GoFive's business code. Empty if there is none.
 */
export function mayBeProcessed(status: number, code: string): boolean {
	if (code === SUCCESS_CODE) return true;
	if (isSuccessStatus(status)) return code === '';
	return status === 408 || isRedirect(status) || status >= 500 || status < 200;
}

/** Statuses with which an application rejects the values of a request that it has read. */
const VALIDATION_STATUSES = [400, 409, 422];

/**
 * Returns true if a response shows that GoFive has processed the request, so that it has accepted the token. Gateways,
 * proxies and failing servers respond with other statuses, and before anybody looks at the token.
 *
 * @param code - GoFive's business code. Empty if there is none.
 * @param isJson - Whether the body is JSON. A proxy may respond with a web page and HTTP 200.
 */
export function showsProcessing(status: number, code: string, isJson: boolean): boolean {
	if (status === 401) return false;
	return code !== '' || (isJson && (isSuccessStatus(status) || VALIDATION_STATUSES.includes(status)));
}

/** Returns what a status shows about the load of the server. */
export function getServerLoad(status: number): ServerLoad {
	if (status === 401 || status === 429) return 'ignored';
	return status >= 500 ? 'failed' : 'completed';
}

/** Shortest Retry-After that is used, and the first backoff. Shorter waits would only add load to a busy server. */
export const MIN_RETRY_DELAY_MS = 500;
/** Longest wait before one retry. A longer Retry-After is shortened, so that a run notices an earlier recovery. */
export const MAX_RETRY_DELAY_MS = 2 * MINUTE_MS;

/**
 * Parses Retry-After, in seconds or as a date, to a time from now in ms. Returns undefined without a usable value.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfterMs(headers: Record<string, unknown>): number | undefined {
	const text = toText(headers['retry-after']);
	if (text === '') return undefined;
	const delayMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - clock.now();
	// Ignore 0 and past dates, which a clock ahead of GoFive's may cause. They would cause a tight retry loop.
	return delayMs > 0 ? Math.min(Math.max(delayMs, MIN_RETRY_DELAY_MS), MAX_RETRY_DELAY_MS) : undefined;
}
