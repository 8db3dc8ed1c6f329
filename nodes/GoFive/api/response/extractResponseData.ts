import { getEffect, type ApiRequest } from '../request/request';
import { isTruncatedJson, isSuccess, parseEnvelope } from './envelope';
import { isSuccessStatus, type ApiResponse, type Outcome } from './outcome';
import { isObject } from '../../shared/json';

const NO_CONTENT_STATUS = 204;

/** Returns the rows of a batch response. GoFive may process a part of a batch, whatever its business code is. */
function parseRowResults({ status, text }: ApiResponse): unknown[] | undefined {
	const data = status < 500 ? parseEnvelope(text)?.data : undefined;
	return Array.isArray(data) && data.some((row) => isObject(row) && 'isSuccess' in row)
		? (data as unknown[])
		: undefined;
}

/**
 * Extracts the data of a successful response. A response without content, such as that of a DELETE, has the data null.
 *
 * @returns The data, or the outcome if it is not a success. A truncated response counts as a lost connection.
 */
export function extractResponseData(outcome: Outcome, request: ApiRequest): { data: unknown } | { outcome: Outcome } {
	const rows = request.expectsRowResults && outcome.kind === 'response' ? parseRowResults(outcome) : undefined;
	if (rows) return { data: rows };
	if (outcome.kind !== 'response' || !isSuccessStatus(outcome)) return { outcome };
	const { status, text } = outcome;
	if (status === NO_CONTENT_STATUS || (request.method === 'DELETE' && text.trim() === '')) return { data: null };
	const envelope = parseEnvelope(text, request.returnsFullBody);
	if (envelope && isSuccess(envelope, getEffect(request)))
		return { data: (request.returnsFullBody ? envelope.body : envelope.data) ?? null };
	return {
		outcome: !envelope && isTruncatedJson(text) ? { kind: 'connectionError', code: 'TRUNCATED_RESPONSE' } : outcome,
	};
}
