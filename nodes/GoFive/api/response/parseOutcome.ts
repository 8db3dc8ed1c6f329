import { getEffect, type ApiRequest } from '../request/request';
import { isTruncatedJson, isSuccess, parseEnvelope } from './envelope';
import { isSuccessStatus, type ApiResponse, type Outcome } from './outcome';
import { isObject } from '../../shared/json';

const NO_CONTENT = 204;

/** Rows each of which says what became of it: such a call may be carried out in part, whatever the answer says as a whole. */
function parseRowResults({ status, text }: ApiResponse): unknown[] | undefined {
	const data = status < 500 ? parseEnvelope(text)?.data : undefined;
	return Array.isArray(data) && data.some((row) => isObject(row) && 'isSuccess' in row)
		? (data as unknown[])
		: undefined;
}

/**
 * The data of an answer of success, or all of it where that was asked for; null where GoFive need not say anything.
 * Else the outcome as it counts: an answer that was cut off is a broken connection.
 */
export function parseOutcome(outcome: Outcome, request: ApiRequest): { data: unknown } | { outcome: Outcome } {
	const rows = request.hasRowResults && outcome.kind === 'response' ? parseRowResults(outcome) : undefined;
	if (rows) return { data: rows };
	if (outcome.kind !== 'response' || !isSuccessStatus(outcome)) return { outcome };
	const { status, text } = outcome;
	if (status === NO_CONTENT || (request.method === 'DELETE' && text.trim() === '')) return { data: null };
	const envelope = parseEnvelope(text, request.fullResponse);
	if (envelope && isSuccess(envelope, getEffect(request)))
		return { data: (request.fullResponse ? envelope.body : envelope.data) ?? null };
	return {
		outcome: !envelope && isTruncatedJson(text) ? { kind: 'connectionError', code: 'TRUNCATED_RESPONSE' } : outcome,
	};
}
