import { getEffect, type ApiRequest } from '../request/request';
import { findRecordLists, isTruncatedJson, isSuccess, parseEnvelope } from './envelope';
import { isSuccessStatus, type ApiResponse, type Outcome } from './outcome';
import { isObject } from '../../shared/json';

/**
 * Returns the rows of a batch response, or undefined if it has none. The rows count even if the business code reports a
 * failure, because GoFive may process part of a batch. From HTTP 500, it is unknown whether GoFive has processed them.
 */
function parseRowResults({ status, text }: ApiResponse): unknown[] | undefined {
	const data = status < 500 ? parseEnvelope(text)?.data : undefined;
	const lists = Array.isArray(data) ? [data as unknown[]] : isObject(data) ? findRecordLists(data) : [];
	return lists.find((rows) => rows.some((row) => isObject(row) && 'isSuccess' in row));
}

/**
 * Returns the data of a successful response, or the row results of a batch even if the response reports a failure.
 * An empty response, for example to a DELETE, returns null as data.
 *
 * @returns The data, or the outcome if it is not a success. For a truncated response, the outcome is a
 * `connectionError`.
 */
export function extractResponseData(outcome: Outcome, request: ApiRequest): { data: unknown } | { outcome: Outcome } {
	const rows = request.expectsRowResults && outcome.kind === 'response' ? parseRowResults(outcome) : undefined;
	if (rows) return { data: rows };
	if (outcome.kind !== 'response' || !isSuccessStatus(outcome)) return { outcome };
	const { status, text } = outcome;
	if (status === 204 || (request.method === 'DELETE' && text.trim() === '')) return { data: null };
	const envelope = parseEnvelope(text, request.returnsFullBody);
	if (envelope && isSuccess(envelope, getEffect(request)))
		return { data: (request.returnsFullBody ? envelope.body : envelope.data) ?? null };
	const isTruncated = !envelope && isTruncatedJson(text);
	return { outcome: isTruncated ? { kind: 'connectionError', code: 'TRUNCATED_RESPONSE' } : outcome };
}
