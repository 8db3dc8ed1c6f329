import type { ServerLoad } from './outcome';

/** Returns true for HTTP status 200 to 299. */
export const isSuccessStatus = (status: number): boolean => status >= 200 && status <= 299;

/** Returns true for a redirect. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399;

/**
 * Returns true for the statuses after which a write may have been processed: a timeout in GoFive (408), a server error,
 * a redirect, with which a server may respond to a processed POST, and a status that is not final or not defined (101, 0).
 */
export const isInconclusiveStatus = (status: number): boolean =>
	status === 408 || isRedirect(status) || status >= 500 || status < 200;

/** Returns what a status shows about the load of the server. */
export function getServerLoad(status: number): ServerLoad {
	if (status === 429) return 'rejected';
	return status >= 500 ? 'failed' : 'completed';
}
