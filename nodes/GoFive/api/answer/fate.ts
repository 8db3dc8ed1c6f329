import type { Effect } from '../request/request';
import { isRefused, isSuccess, openEnvelope, SUCCESS } from './envelope';
import { Failure } from '../words/failure';
import { messages } from '../words/messages';
import { isRedirect, isSuccessStatus, neverLeft, type Outcome, type Unsigned } from './outcome';

/** Whether GoFive has carried a request out. */
export type Fate = 'carriedOut' | 'notCarriedOut' | 'unknown';

/** What else than success leaves it open: a time-out there, a page to go to after a POST, and whatever went wrong inside. */
const leavesOpen = (status: number): boolean => status === 408 || isRedirect(status) || status >= 500;

/** The one place that decides whether GoFive has carried a request out, whichever way it ended. */
export function fateOf(outcome: Outcome | Unsigned): Fate {
	if (outcome.kind === 'unsigned') return 'notCarriedOut';
	if (outcome.kind === 'givenUp') return 'unknown';
	if (outcome.kind === 'broken') return neverLeft(outcome.code) ? 'notCarriedOut' : 'unknown';
	const envelope = openEnvelope(outcome.text);
	if (!isSuccessStatus(outcome)) {
		return leavesOpen(outcome.status) || envelope?.code === SUCCESS ? 'unknown' : 'notCarriedOut';
	}
	if (isRefused(envelope)) return 'notCarriedOut';
	return envelope && isSuccess(envelope, 'write') ? 'carriedOut' : 'unknown';
}

/**
 * The failure of a request together with what became of the request, where it is one that changes something.
 * @param said what GoFive said, as a sentence
 */
export function withFate(failure: Failure, fate: Fate, effect: Effect, said = ''): Failure {
	if (effect === 'read' || fate === 'notCarriedOut') return failure;
	if (fate === 'unknown') {
		// Without a cause, since those of a passing kind would suggest to run it again.
		const { message, origin } = failure;
		return new Failure({ message, description: said + messages.mayBeDone }, { ...origin, doubtful: true });
	}
	return failure.reworded({ description: `${failure.description} ${messages.wasDone}` });
}
