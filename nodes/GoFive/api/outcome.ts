import { NodeApiError } from 'n8n-workflow';
import { plain } from './envelope';
import { Failure } from './failure';

/** How one request ended: an answer, or none. */
export type Outcome =
	| { kind: 'answer'; status: number; headers: Record<string, unknown>; text: string }
	/** `code` is Node's (ECONNRESET) or a word of ours; no text of the original leaves, it may hold a secret. */
	| { kind: 'broken'; code: string };

/** The credential refused before the request was sent; `token` is how its request for a token ended, if it made one. */
export interface Refusal {
	kind: 'refusal';
	failure: Failure;
	token?: Outcome;
}

/** How the credential marks its errors for the node. */
export interface CredentialContext {
	goFiveCredential: { token?: Outcome };
}

/** What Node says of a packed answer that is cut or damaged. */
const UNPACKING =
	/unexpected end of file|Z_(?:BUF|DATA)_ERROR|incorrect (?:header|data|length) check|decompression failed/i;

const CODE = /\b(?:E[A-Z_]{3,}|[A-Z]+_[A-Z_]+|ERR_[A-Z_]+)\b/;

function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

function property(of: unknown, key: string): unknown {
	return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[key] : undefined;
}

/** n8n's full response as an Outcome. */
export function answered(response: unknown): Outcome {
	return {
		kind: 'answer',
		status: Number(plain(property(response, 'statusCode'))),
		headers: (property(response, 'headers') ?? {}) as Record<string, unknown>,
		text: textOf(property(response, 'body')),
	};
}

/**
 * What n8n's request helper threw, as an Outcome. n8n 2.x keeps the original as `cause`;
 * 1.x leaves only code, texts and body, so all of these are looked at.
 */
export function thrown(error: unknown): Outcome {
	const cause = property(error, 'cause') ?? error;
	const httpCode = plain(property(error, 'httpCode')) || plain(property(property(cause, 'response'), 'status'));
	if (/^[1345]\d\d$/.test(httpCode)) {
		const response = property(cause, 'response');
		const body = property(response, 'data') ?? property(property(error, 'context'), 'data');
		return {
			kind: 'answer',
			status: Number(httpCode),
			headers: (property(response, 'headers') ?? {}) as Record<string, unknown>,
			text: textOf(body),
		};
	}
	const texts = [property(cause, 'code'), httpCode, property(cause, 'message'), property(error, 'message')];
	const all = [...texts, ...((property(error, 'messages') as unknown[] | undefined) ?? [])].map(plain);
	// A status of success is only thrown with an answer that broke off or cannot be unpacked; 1.x may not say more.
	return { kind: 'broken', code: codeIn(all) ?? (/^2\d\d$/.test(httpCode) ? 'CUT' : 'NO_ANSWER') };
}

/** Codes that say all by themselves; the texts with them hold the name of the host, which may look like anything. */
const DECISIVE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EADDRNOTAVAIL'];

function codeIn(texts: string[]): string | undefined {
	const joined = texts.join('\n');
	const decisive = DECISIVE.find((code) => texts.includes(code));
	if (decisive) return decisive;
	if (/timeout of \d+ ?ms exceeded/i.test(joined)) return 'TIMEOUT';
	if (texts.includes('ERR_CANCELED') || /^cancell?ed$/im.test(joined)) return 'CANCELLED';
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

/** What the credential refused, when an error came from there; n8n passes its errors on unchanged. */
export function refusalIn(error: unknown): Refusal | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	const mark = (error.context as Partial<CredentialContext>).goFiveCredential;
	if (!mark) return undefined;
	const message = { message: error.message, description: error.description ?? '' };
	return { kind: 'refusal', failure: new Failure(message, error.httpCode ?? ''), token: mark.token };
}
