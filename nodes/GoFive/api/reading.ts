import { dataOf, isCut, openEnvelope } from './envelope';
import { doubtful } from './explain';
import { Failure, failureOf } from './failure';
import { messages } from './messages';
import type { Outcome, Refusal } from './outcome';
import type { Ended } from './pace';
import { isWrite, type ApiRequest } from './request';

/** An attempt that gave no data. */
export interface Setback {
	outcome: Outcome | Refusal;
	/** What a person reads, where it is clear already. */
	failure?: Failure;
}

const NO_CONTENT = 204;

/** What an outcome says about the pace. */
export function endOf(outcome: Outcome | Refusal): Ended {
	// What was left behind may still be asking for the token that the first request goes alone for.
	if (outcome.kind === 'broken') return outcome.code === 'DRIP' ? 'refused' : 'silent';
	if (outcome.kind === 'refusal' || outcome.status === 429) return 'refused';
	return outcome.status < 500 ? 'heard' : 'silent';
}

/** The data of an answer of success, or what is wrong with it. An answer that broke off counts as a broken connection. */
export function readOutcome(outcome: Outcome | Refusal, request: ApiRequest): { data: unknown } | Setback {
	if (outcome.kind !== 'answer' || outcome.status < 200 || outcome.status > 299) return { outcome };
	const { status, text } = outcome;
	const nothing = status === NO_CONTENT || (request.method === 'DELETE' && text.trim() === '');
	try {
		const data = nothing ? null : dataOf(text, String(status));
		if (data !== false || !isWrite(request)) return { data };
		return { outcome, failure: doubtful(new Failure(messages.notConfirmed, String(status))) };
	} catch (thrown) {
		if (isCut(text)) return { outcome: { kind: 'broken', code: 'CUT' } };
		const failure = failureOf(thrown);
		// A business code says that GoFive refused; without one, nobody knows what it did.
		return { outcome, failure: isWrite(request) && !openEnvelope(text)?.code ? doubtful(failure) : failure };
	}
}
