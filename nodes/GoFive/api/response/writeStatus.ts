import type { Effect } from '../request/request';
import { isRejected, isSuccess, parseEnvelope, SUCCESS_CODE } from './envelope';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { isRedirect, isSuccessStatus, isConnectError, type Outcome } from './outcome';

/** Whether GoFive has processed a request. */
export type WriteStatus = 'done' | 'notDone' | 'unknown';

/**
 * Returns true for the statuses after which a write may have been processed: a timeout in GoFive (408), a server error,
 * a redirect, with which a server may respond to a processed POST, and a status that HTTP does not define (000).
 */
const isInconclusiveStatus = (status: number): boolean =>
	status === 408 || isRedirect(status) || status >= 500 || status < 100;

/** Decides from the outcome whether GoFive has processed a request. No other place decides this. */
export function getWriteStatus(outcome: Outcome): WriteStatus {
	if (outcome.kind === 'signingError') return 'notDone';
	if (outcome.kind === 'aborted') return 'unknown';
	if (outcome.kind === 'connectionError') return isConnectError(outcome.code) ? 'notDone' : 'unknown';
	const envelope = parseEnvelope(outcome.text);
	if (!isSuccessStatus(outcome))
		return isInconclusiveStatus(outcome.status) || envelope?.code === SUCCESS_CODE ? 'unknown' : 'notDone';
	if (isRejected(envelope)) return 'notDone';
	return envelope && isSuccess(envelope, 'write') ? 'done' : 'unknown';
}

/**
 * Adds to the error of a write whether GoFive has processed it. The error of a read stays unchanged.
 *
 * @param quotation - Quotation of GoFive's message as a sentence.
 */
export function withWriteStatus(error: GoFiveError, status: WriteStatus, effect: Effect, quotation = ''): GoFiveError {
	if (effect === 'read' || status === 'notDone') return error;
	if (status === 'done') return error.withText({ description: `${error.description} ${messages.alreadyProcessed}` });
	// The cause is omitted, since a temporary one would suggest running the workflow again.
	const { message, origin } = error;
	const errorText = { message, description: quotation + messages.mayBeProcessed };
	return new GoFiveError(errorText, { ...origin, mayBeProcessed: true });
}
