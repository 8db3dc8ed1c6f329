import type { Effect } from '../request/request';
import { getWriteStatus } from './writeStatus';
import { isRateLimited, type Outcome } from './outcome';

/** What is sent: a token may be asked for as often as it takes, like a read. */
export type RequestKind = Effect | 'token';

const RETRYABLE_STATUSES: Record<'read' | 'token', number[]> = {
	read: [429, 502, 503, 504],
	token: [429, 500, 502, 503, 504],
};
const LOST_CONNECTION_CODES = ['ECONNRESET', 'EPIPE', 'TRUNCATED_RESPONSE'];

/** Whether the same request may get through a little later, and may be sent again: a write only where it is certain that GoFive has not carried it out. */
export function isRetryable(outcome: Outcome, kind: RequestKind): boolean {
	if (outcome.kind === 'aborted') return false;
	if (outcome.kind === 'response')
		return kind === 'write' ? isRateLimited(outcome) : RETRYABLE_STATUSES[kind].includes(outcome.status);
	if (outcome.code === 'INVALID_CERTIFICATE') return false;
	return getWriteStatus(outcome) === 'notDone' || (kind !== 'write' && LOST_CONNECTION_CODES.includes(outcome.code));
}
