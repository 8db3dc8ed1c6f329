import { clock } from '../time/clock';
import { openEnvelope, plain } from './envelope';
import { CANCELLED, Failure, UNSENT, type Message } from './failure';
import { messages } from './messages';
import type { Outcome, Refusal } from './outcome';
import { longestOf, type Limits } from './request';
import { retryAfter } from './retryAfter';

/** What the texts need to know besides the outcome itself. */
export interface Circumstances extends Limits {
	/** How often the request was sent. */
	tries: number;
	write: boolean;
}

/** Azure API Management's own texts for its 401 (learn.microsoft.com, API Management policies). */
const KEY_MISSING = 'missing subscription key';
const KEY_WRONG = 'invalid subscription key';

const QUOTA = /quota/i;
/** Azure writes a time span as .NET does: days before a dot where it is longer than a day. */
const RETURNS = /(?:(\d+)\.)?((\d{1,4}):(\d{2}):(\d{2}))/;

/** What GoFive or its gateway said, as a sentence to put before ours; empty when it said nothing readable. */
export function saidIn(text: string): string {
	const said = openEnvelope(text)?.description || looseText(text);
	return said ? `It said: "${said.replace(/\.$/, '')}". ` : '';
}

function looseText(text: string): string {
	try {
		const body = JSON.parse(text) as Record<string, unknown> | null;
		return plain(body?.message) || plain(body?.error_description) || plain(body?.title);
	} catch {
		return '';
	}
}

/** Whether GoFive refused the access token, and nothing else. */
export function isTokenRefused(outcome: Outcome | Refusal): boolean {
	return outcome.kind === 'answer' && outcome.status === 401 && !keyMessage(outcome.text);
}

/** The message for a subscription key that is missing or wrong; undefined when the answer speaks of neither. */
export function keyMessage(text: string): Message | undefined {
	const lower = text.toLowerCase();
	if (lower.includes(KEY_MISSING)) return messages.subscriptionKeyMissing;
	return lower.includes(KEY_WRONG) ? messages.subscriptionKeyWrong : undefined;
}

function quotaMessage(said: string): Message {
	const found = RETURNS.exec(said);
	if (!found) return messages.quota();
	const [, days = '0', time, hours, minutes, seconds] = found;
	const left = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
	const returns = Number(days) > 0 ? `${days} days and ${time}` : time;
	return messages.quota({ returns, resetsAtEpochMs: clock.now() + left * 1000 });
}

function statusMessage({ status, headers, text }: Outcome & { kind: 'answer' }, { tries }: Circumstances): Message {
	const said = saidIn(text);
	const envelope = openEnvelope(text);
	if (status === 401) return keyMessage(text) ?? messages.tokenNotAccepted;
	if (status === 429) return messages.rateLimit(retryAfter(headers));
	if (status === 407) return messages.proxySignIn;
	if (status >= 300 && status < 400) return messages.redirect(hostOf(headers.location));
	if (status >= 500) return messages.serverTrouble(status, tries, said);
	if (envelope?.code) return messages.business(envelope.code, envelope.description);
	if (status === 403) return QUOTA.test(said) ? quotaMessage(said) : messages.forbidden(said);
	return status === 404 ? messages.notFound(said) : messages.rejected(status, said);
}

function hostOf(location: unknown): string {
	try {
		return new URL(plain(location)).host;
	} catch {
		return '';
	}
}

function brokenMessage(code: string, limits: Limits): Message {
	if (['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED', 'DRIP'].includes(code))
		return messages.timeOut(code === 'DRIP' ? longestOf(limits) : limits.timeout);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return messages.hostNotFound;
	if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) return messages.refused;
	if (code === 'ECONNRESET' || code === 'EPIPE') return messages.cutConnection;
	if (code === 'CUT') return messages.cutAnswer;
	if (code === 'CERTIFICATE') return messages.certificate;
	if (code === 'TLS' || code === 'HANDSHAKE') return messages.tls;
	return code === 'CANCELLED' ? messages.cancelledUnderWay : messages.unknown(code);
}

/** Whether no byte of the request can have reached GoFive. */
export function isUnsent(code: string): boolean {
	return [
		'ECONNREFUSED',
		'ENOTFOUND',
		'EAI_AGAIN',
		'EHOSTUNREACH',
		'ENETUNREACH',
		'EADDRNOTAVAIL',
		'HANDSHAKE',
		'CERTIFICATE',
	].includes(code);
}

function mayBeDone(outcome: Outcome): boolean {
	return outcome.kind === 'answer' ? outcome.status >= 500 || outcome.status === 408 : !isUnsent(outcome.code);
}

/** The failure of a write that GoFive may have carried out all the same. */
export function doubtful({ message, cause, httpCode }: Failure, said = ''): Failure {
	return new Failure({ message, description: said + messages.mayBeDone, cause }, httpCode);
}

/** @param unsent whether GoFive has not taken the request; a write that is to be sent again was refused before */
export function stopped(unsent: boolean): Failure {
	return unsent ? new Failure(messages.cancelled, UNSENT) : new Failure(messages.cancelledUnderWay, CANCELLED);
}

/** What a person reads of an outcome that is no success. */
export function explain(outcome: Outcome, circumstances: Circumstances): Failure {
	const failure =
		outcome.kind === 'answer'
			? new Failure(statusMessage(outcome, circumstances), String(outcome.status))
			: new Failure(brokenMessage(outcome.code, circumstances), outcome.code);
	if (!circumstances.write || !mayBeDone(outcome)) return failure;
	return doubtful(failure, outcome.kind === 'answer' ? saidIn(outcome.text) : '');
}

/** What a person reads of a request for a token that is no success. */
export function explainToken(outcome: Outcome, circumstances: Circumstances): Failure {
	const status = outcome.kind === 'answer' && !keyMessage(outcome.text) ? outcome.status : undefined;
	if (status === 400 || status === 401) return new Failure(messages.clientNotAccepted, String(status));
	if (status === 404) return new Failure(messages.signInNotFound, String(status));
	return explain(outcome, { ...circumstances, write: false });
}
