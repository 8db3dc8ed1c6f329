import { SUCCESS_CODE } from './envelope';
import type { ServerLoad } from './failure';

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
