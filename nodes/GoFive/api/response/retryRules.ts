import type { Effect } from '../request/request';
import { getWriteStatus } from './writeStatus';
import { isRateLimited, type Outcome } from './outcome';

/** Kind of a request for the decision about a retry. A token request may be repeated like a read. */
export type RequestKind = Effect | 'token';

/** Statuses of a temporary failure. A failed token request ends the entire run, so it is also retried on 500. */
const RETRYABLE_STATUSES: Record<'read' | 'token', number[]> = {
	read: [429, 502, 503, 504],
	token: [429, 500, 502, 503, 504],
};
/** Codes of a connection that was lost after the request may have reached GoFive. */
const LOST_CONNECTION_CODES = ['ECONNRESET', 'EPIPE', 'TRUNCATED_RESPONSE'];

/**
 * Decides whether a request may be sent again. A write is retried only on HTTP 429 and if no connection was made,
 * when GoFive cannot have processed it.
 */
export function isRetryable(outcome: Outcome, requestKind: RequestKind): boolean {
	if (outcome.kind === 'aborted') return false;
	if (outcome.kind === 'response')
		return requestKind === 'write' ? isRateLimited(outcome) : RETRYABLE_STATUSES[requestKind].includes(outcome.status);
	if (outcome.code === 'INVALID_CERTIFICATE') return false;
	return (
		getWriteStatus(outcome) === 'notDone' || (requestKind !== 'write' && LOST_CONNECTION_CODES.includes(outcome.code))
	);
}
