import { NodeApiError } from 'n8n-workflow';
import { plain } from './envelope';
import { Failure, type Message } from '../words/failure';

/** GoFive's answer, or one of somebody on the way to it. */
export interface Answer {
	kind: 'answer';
	status: number;
	headers: Record<string, unknown>;
	text: string;
	/** The Authorization header that the request was sent with, where that is known. */
	signature?: string;
}

/** How one request ended that was handed to the network. */
export type Outcome =
	| Answer
	/** The connection did not hold. `code` is Node's (ECONNRESET) or a word of ours; no text of the original leaves, it may hold a secret. */
	| { kind: 'broken'; code: string }
	/** Nobody waits for it any more: it took too long, or the run was stopped. */
	| { kind: 'givenUp'; why: 'late' | 'stopped' };

/** The credential did not sign the request, so it was not sent; `token` is how its request for a token ended, if it made one. */
export interface Unsigned {
	kind: 'unsigned';
	failure: Failure;
	token?: Outcome;
}

/** How the credential marks its errors for the node. */
export interface CredentialContext {
	goFiveCredential: Message & { token?: Outcome };
}

/** What Node says of a packed answer that is cut or damaged. */
const UNPACKING =
	/unexpected end of file|Z_(?:BUF|DATA)_ERROR|incorrect (?:header|data|length) check|decompression failed/i;

const CODE = /\b(?:E[A-Z_]{3,}|[A-Z]+_[A-Z_]+|ERR_[A-Z_]+)\b/;

/** Codes of connections that could not be made. */
const NEVER_LEFT = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'HANDSHAKE',
	'CERTIFICATE',
];

/** Whether no byte of a request that ended with this code can have reached GoFive. */
export const neverLeft = (code: string): boolean => NEVER_LEFT.includes(code);

/** Whether GoFive's rate limit refused the request. */
export const isLimited = (outcome: Outcome | Unsigned): boolean => outcome.kind === 'answer' && outcome.status === 429;

/** Whether the status sends the request on. */
export const isRedirect = (status: number): boolean => status >= 300 && status <= 399;

/** Whether the status is one of success. */
export const isSuccessStatus = ({ status }: Answer): boolean => status >= 200 && status <= 299;

function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

function property(of: unknown, key: string): unknown {
	return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[key] : undefined;
}

function answerOf(status: unknown, headers: unknown, body: unknown): Answer {
	return {
		kind: 'answer',
		status: Number(plain(status)),
		headers: (headers ?? {}) as Record<string, unknown>,
		text: textOf(body),
	};
}

/** n8n's full response as an Outcome. */
export function answered(response: unknown): Outcome {
	return answerOf(property(response, 'statusCode'), property(response, 'headers'), property(response, 'body'));
}

/**
 * What n8n's request helper threw, as an Outcome. n8n 2.x keeps the original as `cause`;
 * 1.x leaves only code, texts and body, so all of these are looked at.
 */
export function thrown(error: unknown): Outcome {
	const cause = property(error, 'cause') ?? error;
	const response = property(cause, 'response');
	const httpCode = plain(property(error, 'httpCode')) || plain(property(response, 'status'));
	if (/^[1345]\d\d$/.test(httpCode)) {
		const body = property(response, 'data') ?? property(property(error, 'context'), 'data');
		return answerOf(httpCode, property(response, 'headers'), body);
	}
	const texts = [property(cause, 'code'), httpCode, property(cause, 'message'), property(error, 'message')];
	const all = [...texts, ...((property(error, 'messages') as unknown[] | undefined) ?? [])].map(plain);
	if (isCancelled(all)) return { kind: 'givenUp', why: 'stopped' };
	// A status of success is only thrown with an answer that broke off or cannot be unpacked; 1.x may not say more.
	return { kind: 'broken', code: codeIn(all) ?? (/^2\d\d$/.test(httpCode) ? 'CUT' : 'NO_ANSWER') };
}

/** Codes that say all by themselves; the texts with them hold the name of the host, which may look like anything. */
const DECISIVE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL'];

function isCancelled(texts: string[]): boolean {
	if (DECISIVE.some((code) => texts.includes(code))) return false;
	return texts.includes('ERR_CANCELED') || texts.some((text) => /^cancell?ed$/im.test(text));
}

function codeIn(texts: string[]): string | undefined {
	const joined = texts.join('\n');
	const decisive = DECISIVE.find((code) => texts.includes(code));
	if (decisive) return decisive;
	if (/timeout of \d+ ?ms exceeded/i.test(joined)) return 'TIMEOUT';
	if (/before secure TLS connection was established/i.test(joined)) return 'HANDSHAKE';
	if (/socket hang up|aborted$|stream has been aborted/im.test(joined)) return 'ECONNRESET';
	if (UNPACKING.test(joined)) return 'CUT';
	if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO_/i.test(joined)) return 'CERTIFICATE';
	if (/SSL|EPROTO|TLS/i.test(joined)) return 'TLS';
	// The system's own limit; n8n's is recognised above.
	if (/\bconnect ETIMEDOUT/.test(joined)) return 'EHOSTUNREACH';
	// Of a connection that stood already, so that GoFive may have the request.
	if (/\b(?:read|write) E(?:HOST|NET)UNREACH/.test(joined)) return 'ECONNRESET';
	return CODE.exec(joined)?.[0];
}

/** What the credential says when it did not sign; n8n passes its errors on unchanged. */
export function unsignedIn(error: unknown): Unsigned | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	const mark = (error.context as Partial<CredentialContext>).goFiveCredential;
	if (!mark) return undefined;
	// The credential has no other way to n8n than a NodeApiError, where a setting is at fault too.
	const origin = error.httpCode ? { httpCode: error.httpCode } : { reason: 'setup' as const };
	return { kind: 'unsigned', failure: new Failure(mark, origin), token: mark.token };
}
