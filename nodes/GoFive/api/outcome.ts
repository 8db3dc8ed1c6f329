import { NodeApiError } from 'n8n-workflow';
import { GoFiveError, type ErrorText } from './errors';
import type { Failure } from './failure';
import { isObject, type JsonObject } from '../shared/json';
import { toText } from '../shared/text';

/** Response of GoFive, its gateway or a proxy. */
export interface ApiResponse {
	kind: 'response';
	status: number;
	headers: Record<string, unknown>;
	text: string;
}

/** Why the node sent no request, or stopped waiting for the response. */
export type AbortReason = 'notSent' | 'timeout' | 'cancelled';

/** What happened to a request: what n8n's request helper returned or threw. {@link evaluate} says what it means. */
export type Outcome =
	| ApiResponse
	/**
	 * The connection failed. `code` is a code of Node.js, for example ECONNRESET, or one of ours, which do not begin with
	 * E: TIMEOUT, TLS_HANDSHAKE, TLS_ERROR, INVALID_CERTIFICATE, TRUNCATED_RESPONSE, NO_RESPONSE.
	 * The text of the original error is dropped, since it may contain a secret.
	 */
	| { kind: 'connectionError'; code: string }
	| { kind: 'aborted'; reason: AbortReason }
	/** The credential did not sign the request, so it was not sent. */
	| { kind: 'notSigned'; failure: Failure };

/** Context of an error that the credential throws, from which the node restores the failure. */
export interface CredentialErrorContext {
	goFiveCredential: { text: ErrorText } & Pick<Failure, 'next' | 'afterMs'>;
}

/** Messages of Node.js for a compressed response that is truncated or damaged. */
const DECOMPRESSION_ERROR =
	/unexpected end of file|Z_(?:BUF|DATA)_ERROR|incorrect (?:header|data|length) check|decompression failed/i;

/** Error code inside a message, for example ECONNRESET or ERR_BAD_RESPONSE. */
const ERROR_CODE = /\b(?:E[A-Z_]{3,}|[A-Z]+_[A-Z_]+)\b/;

/** Message about an open connection with a code that otherwise means that there was no connection. */
const OPEN_CONNECTION_ERROR = /\b(?:read|write) E(?:CONNREFUSED|ADDRNOTAVAIL|HOSTUNREACH|NETUNREACH)/;

/** Codes that need no look at the message, which contains the host name and may therefore match anything. */
const CONCLUSIVE_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL'];

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
	const failure = findCredentialFailure(error);
	if (failure) return { kind: 'notSigned', failure };
	const { cause, context, message, messages, httpCode: ownHttpCode } = toProperties(error);
	const { code, message: causeMessage, response } = toProperties(cause ?? error);
	const { status, headers, data } = toProperties(response);
	const httpCode = toText(ownHttpCode) || toText(status);
	if (/^[1345]\d\d$/.test(httpCode))
		return responseToOutcome({ statusCode: httpCode, headers, body: data ?? toProperties(context).data });
	const otherMessages = Array.isArray(messages) ? (messages as unknown[]) : [];
	const clues = [code, httpCode, causeMessage, message, ...otherMessages].map(toText);
	// n8n throws a status of success only if the response is truncated or cannot be decompressed. 1.x reports no code.
	const defaultCode = /^2\d\d$/.test(httpCode) ? 'TRUNCATED_RESPONSE' : 'NO_RESPONSE';
	return { kind: 'connectionError', code: findErrorCode(clues) ?? defaultCode };
}

/** Finds the error code in the codes and messages of an error. */
function findErrorCode(clues: string[]): string | undefined {
	const combined = clues.join('\n');
	// The connection was open, so the request may have reached GoFive.
	if (OPEN_CONNECTION_ERROR.test(combined)) return 'ECONNRESET';
	const conclusiveCode = CONCLUSIVE_CODES.find((code) => clues.includes(code));
	if (conclusiveCode) return conclusiveCode;
	if (/timeout of \d+ ?ms exceeded/i.test(combined)) return 'TIMEOUT';
	if (/before secure TLS connection was established/i.test(combined)) return 'TLS_HANDSHAKE';
	if (/socket hang up|aborted$|stream has been aborted/im.test(combined)) return 'ECONNRESET';
	if (DECOMPRESSION_ERROR.test(combined)) return 'TRUNCATED_RESPONSE';
	// An alert comes from the server, also after it has processed the request.
	if (/alert number/i.test(combined)) return 'TLS_ERROR';
	if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO_/i.test(combined)) return 'INVALID_CERTIFICATE';
	if (/SSL|EPROTO|TLS/i.test(combined)) return 'TLS_ERROR';
	// The timeout of the operating system. That of n8n is recognized above.
	if (/\bconnect ETIMEDOUT/.test(combined)) return 'EHOSTUNREACH';
	return ERROR_CODE.exec(combined)?.[0];
}

/** Restores the failure that the credential threw instead of signing. n8n passes on a NodeApiError unchanged. */
function findCredentialFailure(error: unknown): Failure | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	const { goFiveCredential } = error.context as Partial<CredentialErrorContext>;
	if (!goFiveCredential) return undefined;
	const { text, next, afterMs } = goFiveCredential;
	const credentialError = new GoFiveError({ ...text, httpCode: error.httpCode ?? undefined });
	return { error: credentialError, next, afterMs, load: 'ignored', isTokenAccepted: false, quote: '' };
}
