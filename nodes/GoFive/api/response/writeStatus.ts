import type { Effect } from '../request/request';
import { isRejected, isSuccess, parseEnvelope, SUCCESS_CODE } from './envelope';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { isRedirect, isSuccessStatus, isConnectError, type Outcome, type SigningError } from './outcome';

/** Whether GoFive has carried a request out. */
export type WriteStatus = 'done' | 'notDone' | 'unknown';

/** What else than success leaves it open: a time-out there, a page to go to after a POST, and whatever went wrong inside. */
const isInconclusiveStatus = (status: number): boolean => status === 408 || isRedirect(status) || status >= 500;

/** The one place that decides whether GoFive has carried a request out, whichever way it ended. */
export function getWriteStatus(outcome: Outcome | SigningError): WriteStatus {
	if (outcome.kind === 'signingError') return 'notDone';
	if (outcome.kind === 'aborted') return 'unknown';
	if (outcome.kind === 'connectionError') return isConnectError(outcome.code) ? 'notDone' : 'unknown';
	const envelope = parseEnvelope(outcome.text);
	if (!isSuccessStatus(outcome)) {
		return isInconclusiveStatus(outcome.status) || envelope?.code === SUCCESS_CODE ? 'unknown' : 'notDone';
	}
	if (isRejected(envelope)) return 'notDone';
	return envelope && isSuccess(envelope, 'write') ? 'done' : 'unknown';
}

/**
 * The failure of a request together with what became of the request, where it is one that changes something.
 * @param serverMessage what GoFive said, as a sentence
 */
export function withWriteStatus(
	error: GoFiveError,
	status: WriteStatus,
	effect: Effect,
	serverMessage = '',
): GoFiveError {
	if (effect === 'read' || status === 'notDone') return error;
	if (status === 'unknown') {
		// Without a cause, since those of a passing kind would suggest to run it again.
		const { message, origin } = error;
		return new GoFiveError(
			{ message, description: serverMessage + messages.mayBeProcessed },
			{ ...origin, mayBeProcessed: true },
		);
	}
	return error.withText({ description: `${error.description} ${messages.alreadyProcessed}` });
}
