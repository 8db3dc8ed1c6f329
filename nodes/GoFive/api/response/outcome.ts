/**
 * Outcome of a request, its evaluation, and the error that the user sees.
 * Transport, auth and the layers above may import this folder. It sends nothing.
 * Start here, then read extractResponseData.ts (data of a success) and outcomeToError.ts (all other outcomes).
 */

import { NodeApiError } from 'n8n-workflow';
import { GoFiveError, type ErrorText } from '../errors/goFiveError';
import { isObject, type JsonObject } from '../../shared/json';
import { toText } from '../../shared/text';

/** Response of GoFive, its gateway or a proxy. */
export interface ApiResponse {
	kind: 'response';
	status: number;
	headers: Record<string, unknown>;
	text: string;
	/** Authorization header of the request, if it is known. */
	authorization?: string;
}

/** Outcome of a request that was handed to n8n's request helper. */
export type Outcome =
	| ApiResponse
	/**
	 * The connection failed. `code` is a code of Node.js, for example ECONNRESET, or one of ours, which do not begin with
	 * E: TIMEOUT, TLS_HANDSHAKE, TLS_ERROR, INVALID_CERTIFICATE, TRUNCATED_RESPONSE, NO_ANSWER.
	 * The text of the original error is dropped, since it may contain a secret.
	 */
	| { kind: 'connectionError'; code: string }
	/** The node stopped waiting: the total time of the request ended, or the execution was cancelled. */
	| { kind: 'aborted'; reason: AbortReason }
	/** The credential did not sign the request, so it was not sent. `tokenOutcome` is that of a token request, if any. */
	| { kind: 'signingError'; error: GoFiveError; tokenOutcome?: Outcome };

/** Reason why the node stops waiting for a request. */
export type AbortReason = 'timeout' | 'cancelled';

/** Context of an error of the credential, from which the node restores text and cause. */
export interface CredentialErrorContext {
	goFiveCredential: ErrorText & { tokenOutcome?: Outcome };
}

/** Messages of Node.js for a compressed response that is truncated or damaged. */
const DECOMPRESSION_ERROR =
	/unexpected end of file|Z_(?:BUF|DATA)_ERROR|incorrect (?:header|data|length) check|decompression failed/i;

/** Error code inside a message, for example ECONNRESET or ERR_BAD_RESPONSE. */
const ERROR_CODE = /\b(?:E[A-Z_]{3,}|[A-Z]+_[A-Z_]+|ERR_[A-Z_]+)\b/;

/** Codes that need no look at the message, which contains the host name and may therefore match anything. */
const CONCLUSIVE_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL'];
/** Codes of a connection that was never made, so that no byte of the request was sent. */
const UNSENT_CODES = [...CONCLUSIVE_CODES, 'EHOSTUNREACH', 'ENETUNREACH', 'TLS_HANDSHAKE', 'INVALID_CERTIFICATE'];

/** Returns true if no byte of the request can have reached GoFive. */
export const isConnectError = (code: string): boolean => UNSENT_CODES.includes(code);

/** Returns true if the rate limit rejected the request. */
export const isRateLimited = (outcome: Outcome): boolean => outcome.kind === 'response' && outcome.status === 429;

/** Returns true for a redirect. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399;

/** Returns true for HTTP status 200 to 299. */
export const isSuccessStatus = ({ status }: ApiResponse): boolean => status >= 200 && status <= 299;

const toProperties = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Converts n8n's full response. */
export function responseToOutcome(response: unknown): Outcome {
	const { statusCode, headers, body } = toProperties(response);
	const content = body ?? '';
	return {
		kind: 'response',
		status: Number(toText(statusCode)),
		headers: toProperties(headers),
		text: typeof content === 'string' ? content : JSON.stringify(content),
	};
}

/**
 * Converts an error of n8n's request helper, which also throws what the credential has thrown instead of signing.
 * n8n 2.x keeps the original error as `cause`.
 * n8n 1.x keeps only its code, texts and body, so all of them are searched.
 */
export function errorToOutcome(error: unknown): Outcome {
	const signingError = toSigningError(error);
	if (signingError) return signingError;
	const { cause, context, message, messages, httpCode: ownHttpCode } = toProperties(error);
	const { code, message: causeMessage, response } = toProperties(cause ?? error);
	const { status, headers, data } = toProperties(response);
	const httpCode = toText(ownHttpCode) || toText(status);
	if (/^[1345]\d\d$/.test(httpCode))
		return responseToOutcome({ statusCode: httpCode, headers, body: data ?? toProperties(context).data });
	const clues = [code, httpCode, causeMessage, message, ...[messages ?? []].flat()].map(toText);
	// n8n throws a status of success only if the response is truncated or cannot be decompressed. 1.x reports no code.
	const defaultCode = /^2\d\d$/.test(httpCode) ? 'TRUNCATED_RESPONSE' : 'NO_ANSWER';
	return { kind: 'connectionError', code: findErrorCode(clues) ?? defaultCode };
}

/** Finds the error code in the codes and messages of an error. */
function findErrorCode(clues: string[]): string | undefined {
	const conclusiveCode = CONCLUSIVE_CODES.find((code) => clues.includes(code));
	if (conclusiveCode) return conclusiveCode;
	const combined = clues.join('\n');
	if (/timeout of \d+ ?ms exceeded/i.test(combined)) return 'TIMEOUT';
	if (/before secure TLS connection was established/i.test(combined)) return 'TLS_HANDSHAKE';
	if (/socket hang up|aborted$|stream has been aborted/im.test(combined)) return 'ECONNRESET';
	if (DECOMPRESSION_ERROR.test(combined)) return 'TRUNCATED_RESPONSE';
	// An alert comes from the server, also after it has processed the request.
	if (/alert number/i.test(combined)) return 'TLS_ERROR';
	if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO_/i.test(combined)) return 'INVALID_CERTIFICATE';
	if (/SSL|EPROTO|TLS/i.test(combined)) return 'TLS_ERROR';
	// The timeout of the operating system. That of n8n is recognised above.
	if (/\bconnect ETIMEDOUT/.test(combined)) return 'EHOSTUNREACH';
	// The connection was open, so the request may have reached GoFive.
	if (/\b(?:read|write) E(?:HOST|NET)UNREACH/.test(combined)) return 'ECONNRESET';
	return ERROR_CODE.exec(combined)?.[0];
}

/** Restores an error that the credential threw instead of signing. n8n passes on a NodeApiError unchanged. */
function toSigningError(error: unknown): Outcome | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	const { goFiveCredential } = error.context as Partial<CredentialErrorContext>;
	if (!goFiveCredential) return undefined;
	// The credential can throw only a NodeApiError. Without a status, a setting is at fault.
	const origin = error.httpCode ? { httpCode: error.httpCode } : { reason: 'configuration' as const };
	const { tokenOutcome } = goFiveCredential;
	return { kind: 'signingError', error: new GoFiveError(goFiveCredential, origin), tokenOutcome };
}
