import { effectOf, type ApiRequest } from '../request/request';
import { isCut, isObject, isSuccess, openEnvelope } from './envelope';
import { isSuccessStatus, type Answer, type Outcome } from './outcome';

const NO_CONTENT = 204;

/** Rows each of which says what became of it: such a call may be carried out in part, whatever the answer says as a whole. */
function rowsIn({ status, text }: Answer): unknown[] | undefined {
	const data = status < 500 ? openEnvelope(text)?.data : undefined;
	return Array.isArray(data) && data.some((row) => isObject(row) && 'isSuccess' in row)
		? (data as unknown[])
		: undefined;
}

/**
 * The data of an answer of success, or all of it where that was asked for; null where GoFive need not say anything.
 * Else the outcome as it counts: an answer that was cut off is a broken connection.
 */
export function readOutcome(outcome: Outcome, request: ApiRequest): { data: unknown } | { outcome: Outcome } {
	const rows = request.rows && outcome.kind === 'answer' ? rowsIn(outcome) : undefined;
	if (rows) return { data: rows };
	if (outcome.kind !== 'answer' || !isSuccessStatus(outcome)) return { outcome };
	const { status, text } = outcome;
	if (status === NO_CONTENT || (request.method === 'DELETE' && text.trim() === '')) return { data: null };
	const envelope = openEnvelope(text, request.whole);
	if (envelope && isSuccess(envelope, effectOf(request)))
		return { data: (request.whole ? envelope.body : envelope.data) ?? null };
	return { outcome: !envelope && isCut(text) ? { kind: 'broken', code: 'CUT' } : outcome };
}
