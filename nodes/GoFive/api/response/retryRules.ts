import type { Effect } from '../request/request';
import { isConnectError, type Outcome } from './outcome';
import { getWriteStatus } from './writeStatus';

/** Request kind, which determines whether a request is retried. A token request is retried like a read. */
export type RequestKind = Effect | 'token';

/** Statuses of a temporary failure. A failed token request ends the entire run, so it is also retried on 500. */
const RETRYABLE_STATUSES: Record<RequestKind, number[]> = {
	read: [429, 502, 503, 504],
	write: [429],
	token: [429, 500, 502, 503, 504],
};
/**
 * Error codes of a connection that was lost after it was established, so GoFive may have received the request.
 * A timeout is not retried, because a retry may wait for the entire timeout again.
 */
const LOST_CONNECTION_CODES = ['ECONNRESET', 'EPIPE', 'TRUNCATED_RESPONSE'];

/**
 * Decides whether a request may be sent again. A write is retried only if GoFive cannot have processed it: after HTTP
 * 429 without GoFive's code of success, or if no connection was established. An invalid certificate is never retried,
 * because a retry cannot resolve it.
 */
export function isRetryable(outcome: Outcome, requestKind: RequestKind): boolean {
	if (outcome.kind === 'aborted' || outcome.kind === 'signingError') return false;
	if (requestKind === 'write' && getWriteStatus(outcome) !== 'notDone') return false;
	if (outcome.kind === 'response') return RETRYABLE_STATUSES[requestKind].includes(outcome.status);
	if (outcome.code === 'INVALID_CERTIFICATE') return false;
	return isConnectError(outcome.code) || LOST_CONNECTION_CODES.includes(outcome.code);
}
