import { NodeApiError } from 'n8n-workflow';
import { GoFiveError, type ErrorText } from '../errors/goFiveError';
import { toText } from '../../shared/text';

/** GoFive's answer, or one of somebody on the way to it. */
export interface ApiResponse {
	kind: 'response';
	status: number;
	headers: Record<string, unknown>;
	text: string;
	/** The Authorization header that the request was sent with, where that is known. */
	authorization?: string;
}

/** How one request ended that was handed to the network. */
export type Outcome =
	| ApiResponse
	/** The connection did not hold. `code` is Node's (ECONNRESET) or a word of ours; no text of the original leaves, it may hold a secret. */
	| { kind: 'connectionError'; code: string }
	/** Nobody waits for it any more: it took too long, or the run was stopped. */
	| { kind: 'aborted'; reason: 'timeout' | 'cancelled' };

/** The credential did not sign the request, so it was not sent; `token` is how its request for a token ended, if it made one. */
export interface SigningError {
	kind: 'signingError';
	error: GoFiveError;
	token?: Outcome;
}

/** How the credential marks its errors for the node. */
export interface CredentialErrorContext {
	goFiveCredential: ErrorText & { token?: Outcome };
}

/** What Node says of a packed answer that is cut or damaged. */
const DECOMPRESSION_ERROR =
	/unexpected end of file|Z_(?:BUF|DATA)_ERROR|incorrect (?:header|data|length) check|decompression failed/i;

const ERROR_CODE = /\b(?:E[A-Z_]{3,}|[A-Z]+_[A-Z_]+|ERR_[A-Z_]+)\b/;

/** Codes of connections that could not be made. */
const CONNECT_ERROR_CODES = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'TLS_HANDSHAKE',
	'INVALID_CERTIFICATE',
];

/** Whether no byte of a request that ended with this code can have reached GoFive. */
export const isConnectError = (code: string): boolean => CONNECT_ERROR_CODES.includes(code);

/** Whether GoFive's rate limit refused the request. */
export const isRateLimited = (outcome: Outcome | SigningError): boolean =>
	outcome.kind === 'response' && outcome.status === 429;

/** Whether the status sends the request on. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399;

/** Whether the status is one of success. */
export const isSuccessStatus = ({ status }: ApiResponse): boolean => status >= 200 && status <= 299;

function bodyToText(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

function getProperty(source: unknown, key: string): unknown {
	return typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[key] : undefined;
}

function buildResponse(status: unknown, headers: unknown, body: unknown): ApiResponse {
	return {
		kind: 'response',
		status: Number(toText(status)),
		headers: (headers ?? {}) as Record<string, unknown>,
		text: bodyToText(body),
	};
}

/** n8n's full response as an Outcome. */
export function responseToOutcome(response: unknown): Outcome {
	return buildResponse(
		getProperty(response, 'statusCode'),
		getProperty(response, 'headers'),
		getProperty(response, 'body'),
	);
}

/**
 * What n8n's request helper threw, as an Outcome. n8n 2.x keeps the original as `cause`;
 * 1.x leaves only code, texts and body, so all of these are looked at.
 */
export function errorToOutcome(error: unknown): Outcome {
	const cause = getProperty(error, 'cause') ?? error;
	const response = getProperty(cause, 'response');
	const httpCode = toText(getProperty(error, 'httpCode')) || toText(getProperty(response, 'status'));
	if (/^[1345]\d\d$/.test(httpCode)) {
		const body = getProperty(response, 'data') ?? getProperty(getProperty(error, 'context'), 'data');
		return buildResponse(httpCode, getProperty(response, 'headers'), body);
	}
	const candidates = [
		getProperty(cause, 'code'),
		httpCode,
		getProperty(cause, 'message'),
		getProperty(error, 'message'),
	];
	const messages = [...candidates, ...((getProperty(error, 'messages') as unknown[] | undefined) ?? [])].map(toText);
	if (isCancelMessage(messages)) return { kind: 'aborted', reason: 'cancelled' };
	// A status of success is only thrown with an answer that broke off or cannot be unpacked; 1.x may not say more.
	return {
		kind: 'connectionError',
		code: findErrorCode(messages) ?? (/^2\d\d$/.test(httpCode) ? 'TRUNCATED_RESPONSE' : 'NO_ANSWER'),
	};
}

/** Codes that say all by themselves; the texts with them hold the name of the host, which may look like anything. */
const CONCLUSIVE_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL'];

function isCancelMessage(candidates: string[]): boolean {
	if (CONCLUSIVE_CODES.some((code) => candidates.includes(code))) return false;
	return candidates.includes('ERR_CANCELED') || candidates.some((text) => /^cancell?ed$/im.test(text));
}

function findErrorCode(candidates: string[]): string | undefined {
	const combined = candidates.join('\n');
	const conclusive = CONCLUSIVE_CODES.find((code) => candidates.includes(code));
	if (conclusive) return conclusive;
	if (/timeout of \d+ ?ms exceeded/i.test(combined)) return 'TIMEOUT';
	if (/before secure TLS connection was established/i.test(combined)) return 'TLS_HANDSHAKE';
	if (/socket hang up|aborted$|stream has been aborted/im.test(combined)) return 'ECONNRESET';
	if (DECOMPRESSION_ERROR.test(combined)) return 'TRUNCATED_RESPONSE';
	if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO_/i.test(combined)) return 'INVALID_CERTIFICATE';
	if (/SSL|EPROTO|TLS/i.test(combined)) return 'TLS_ERROR';
	// The system's own limit; n8n's is recognised above.
	if (/\bconnect ETIMEDOUT/.test(combined)) return 'EHOSTUNREACH';
	// Of a connection that stood already, so that GoFive may have the request.
	if (/\b(?:read|write) E(?:HOST|NET)UNREACH/.test(combined)) return 'ECONNRESET';
	return ERROR_CODE.exec(combined)?.[0];
}

/** What the credential says when it did not sign; n8n passes its errors on unchanged. */
export function toSigningError(error: unknown): SigningError | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	const marker = (error.context as Partial<CredentialErrorContext>).goFiveCredential;
	if (!marker) return undefined;
	// The credential has no other way to n8n than a NodeApiError, where a setting is at fault too.
	const origin = error.httpCode ? { httpCode: error.httpCode } : { reason: 'configuration' as const };
	return { kind: 'signingError', error: new GoFiveError(marker, origin), token: marker.token };
}
