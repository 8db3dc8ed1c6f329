import type { Effect, Limits } from '../request/request';
import { longestOf, urlOf } from '../request/request';
import { clock } from '../../time/clock';
import { isCut, isRefused, kindOfText, openEnvelope, plain, SUCCESS } from './envelope';
import { Failure, type Message, type Origin } from '../words/failure';
import { fateOf, withFate } from './fate';
import { messages } from '../words/messages';
import { isRedirect, isSuccessStatus, type Answer, type Outcome, type Unsigned } from './outcome';
import { retryAfter } from './retryAfter';
import { bounded, complained, saidIn } from './said';

/** What the texts need to know besides the outcome itself. */
export interface Circumstances extends Limits {
	/** How often the request was sent. */
	tries: number;
	effect: Effect;
	/** See `ApiRequest.labels`. */
	labels?: Record<string, string>;
}

/** Azure API Management's own texts for its 401 (learn.microsoft.com, API Management policies). */
const KEY_MISSING = 'missing subscription key';
const KEY_WRONG = 'invalid subscription key';

const QUOTA = /quota/i;
/** Azure writes a time span as .NET does: days before a dot where it is longer than a day. */
const RETURNS = /(?:(\d+)\.)?((\d{1,4}):(\d{2}):(\d{2}))/;

/** Whether GoFive refused the access token, and nothing else. */
export function isTokenRefused(outcome: Outcome | Unsigned): boolean {
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
	const [, , time, hours, minutes, seconds] = found;
	const days = Number(found[1] ?? 0);
	const left = ((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
	const returns = days > 0 ? `${days} day${days === 1 ? '' : 's'} and ${time}` : time;
	return messages.quota({ returns, resetsAtEpochMs: clock.now() + left * 1000 });
}

/** Of an answer with a status of 200 to 299 that is no success. */
function noSuccessMessage(text: string, { labels }: Circumstances): Message {
	const envelope = openEnvelope(text);
	if (envelope) {
		const { code, description, data } = envelope;
		if (code === SUCCESS && data === false) return messages.notConfirmed;
		const complaints = complained(text, labels);
		const saysWhy = Boolean(code || description || complaints);
		return saysWhy ? messages.business(code ?? '', bounded(description), complaints) : messages.unexpectedForm;
	}
	if (isCut(text)) return messages.cutAnswer;
	const kind = kindOfText(text);
	return kind === undefined ? messages.unexpectedForm : messages.notJson(kind);
}

function answerMessage(answer: Answer, circumstances: Circumstances): Message {
	const { tries, labels } = circumstances;
	const { status, headers, text } = answer;
	if (isSuccessStatus(answer)) return noSuccessMessage(text, circumstances);
	const said = saidIn(text, labels);
	const envelope = openEnvelope(text);
	if (status === 401) return keyMessage(text) ?? messages.tokenNotAccepted;
	if (status === 429) return messages.rateLimit(retryAfter(headers));
	if (status === 407) return messages.proxySignIn;
	if (isRedirect(status)) return messages.redirect(urlOf(plain(headers.location))?.host ?? '');
	if (status >= 500) return messages.serverTrouble(status, tries, said);
	if (envelope?.code) return messages.business(envelope.code, bounded(envelope.description), complained(text, labels));
	if (status === 403) return QUOTA.test(said) ? quotaMessage(said) : messages.forbidden(said);
	return status === 404 ? messages.notFound(said) : messages.rejected(status, said);
}

function brokenMessage(code: string, limits: Limits): Message {
	if (['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'].includes(code)) return messages.timeOut(limits.timeout);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return messages.hostNotFound;
	if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) return messages.noConnection;
	if (code === 'ECONNRESET' || code === 'EPIPE') return messages.cutConnection;
	if (code === 'CUT') return messages.cutAnswer;
	if (code === 'CERTIFICATE') return messages.certificate;
	return code === 'TLS' || code === 'HANDSHAKE' ? messages.tls : messages.unknown(code);
}

/** The failure of a request that is not sent, or not sent again, because the run ended. */
export function notSent(circumstances: Circumstances): Failure {
	// Only a write that has changed nothing is to be sent again.
	if (circumstances.tries === 0 || circumstances.effect === 'write')
		return new Failure(messages.cancelled, { reason: 'unsent' });
	return explain({ kind: 'givenUp', why: 'stopped' }, circumstances);
}

function plainly(outcome: Outcome, circumstances: Circumstances): Failure {
	if (outcome.kind === 'givenUp') {
		if (outcome.why === 'stopped') return new Failure(messages.cancelledUnderWay, { reason: 'stopped' });
		return new Failure(messages.timeOut(longestOf(circumstances)), { httpCode: 'ETIMEDOUT' });
	}
	if (outcome.kind === 'broken') {
		// Only Node's codes are any, not our words for what has none.
		const origin: Origin = /^E[A-Z_]+$/.test(outcome.code) ? { httpCode: outcome.code } : { reason: 'broken' };
		return new Failure(brokenMessage(outcome.code, circumstances), origin);
	}
	const refused = isRefused(openEnvelope(outcome.text)) && outcome.status < 500;
	const origin = { httpCode: String(outcome.status), ...(refused && { refused }) };
	return new Failure(answerMessage(outcome, circumstances), origin);
}

/** What comes before 'may have carried it out': what GoFive said, unless the message says it already; after a redirect what to check. */
function beforeDoubt(outcome: Outcome, { description }: Failure, { labels }: Circumstances): string {
	if (outcome.kind !== 'answer') return '';
	if (isRedirect(outcome.status)) return `${description} `;
	const isInMessage = isSuccessStatus(outcome) && openEnvelope(outcome.text)?.description;
	return isInMessage ? complained(outcome.text, labels) : saidIn(outcome.text, labels);
}

/** What a person reads of an outcome that is no success; of a write also whether GoFive may have carried it out. */
export function explain(outcome: Outcome, circumstances: Circumstances): Failure {
	const failure = plainly(outcome, circumstances);
	return withFate(failure, fateOf(outcome), circumstances.effect, beforeDoubt(outcome, failure, circumstances));
}

/** What a person reads of a request for a token that is no success. */
export function explainToken(outcome: Outcome, circumstances: Circumstances): Failure {
	const status = outcome.kind === 'answer' && !keyMessage(outcome.text) ? outcome.status : undefined;
	if (status === 400 || status === 401) return new Failure(messages.clientNotAccepted, { httpCode: String(status) });
	if (status === 404) return new Failure(messages.signInNotFound, { httpCode: '404' });
	return explain(outcome, { ...circumstances, effect: 'read' });
}
