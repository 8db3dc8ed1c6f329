import { effectOf, type ApiRequest } from '../request/request';
import { isCut, isSuccess, openEnvelope } from './envelope';
import { isSuccessStatus, type Outcome } from './outcome';

const NO_CONTENT = 204;

/**
 * The data of an answer of success, or all of it where that was asked for; null where GoFive need not say anything.
 * Else the outcome as it counts: an answer that was cut off is a broken connection.
 */
export function readOutcome(outcome: Outcome, request: ApiRequest): { data: unknown } | { outcome: Outcome } {
	if (outcome.kind !== 'answer' || !isSuccessStatus(outcome)) return { outcome };
	const { status, text } = outcome;
	if (status === NO_CONTENT || (request.method === 'DELETE' && text.trim() === '')) return { data: null };
	const envelope = openEnvelope(text, request.whole);
	if (envelope && isSuccess(envelope, effectOf(request)))
		return { data: (request.whole ? envelope.body : envelope.data) ?? null };
	return { outcome: !envelope && isCut(text) ? { kind: 'broken', code: 'CUT' } : outcome };
}
