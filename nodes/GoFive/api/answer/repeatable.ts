import type { Effect } from '../request/request';
import { fateOf } from './fate';
import { isLimited, type Outcome } from './outcome';

/** What is sent: a token may be asked for as often as it takes, like a read. */
export type Kind = Effect | 'token';

const STATUSES: Record<'read' | 'token', number[]> = {
	read: [429, 502, 503, 504],
	token: [429, 500, 502, 503, 504],
};
const CUT_OFF = ['ECONNRESET', 'EPIPE', 'CUT'];

/** Whether the same request may get through a little later, and may be sent again: a write only where it is certain that GoFive has not carried it out. */
export function isRepeatable(outcome: Outcome, kind: Kind): boolean {
	if (outcome.kind === 'givenUp') return false;
	if (outcome.kind === 'answer') return kind === 'write' ? isLimited(outcome) : STATUSES[kind].includes(outcome.status);
	if (outcome.code === 'CERTIFICATE') return false;
	return fateOf(outcome) === 'notCarriedOut' || (kind !== 'write' && CUT_OFF.includes(outcome.code));
}
