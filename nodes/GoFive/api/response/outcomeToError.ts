import type { Effect, RequestTimeouts } from '../request/request';
import { getTotalTimeoutSeconds, parseUrl } from '../request/request';
import { clock } from '../../time/clock';
import { isTruncatedJson, isRejected, describeNonJson, parseEnvelope, SUCCESS_CODE } from './envelope';
import { GoFiveError, type ErrorText, type ErrorOrigin } from '../errors/goFiveError';
import { getWriteStatus, withWriteStatus } from './writeStatus';
import { messages } from '../errors/messages';
import { isRedirect, isSuccessStatus, type ApiResponse, type Outcome, type SigningError } from './outcome';
import { parseRetryAfterMs } from './retryAfter';
import { truncateQuote, quoteComplaints, quoteServerMessage } from './serverMessage';
import { toText } from '../../shared/text';
import { SECOND_MS } from '../../shared/units';

/** What the texts need to know besides the outcome itself. */
export interface ErrorContext extends RequestTimeouts {
	/** How often the request was sent. */
	attempts: number;
	effect: Effect;
	/** See `ApiRequest.labels`. */
	labels?: Record<string, string>;
}

/** Azure API Management's own texts for its 401 (learn.microsoft.com, API Management policies). */
const KEY_MISSING = 'missing subscription key';
const KEY_WRONG = 'invalid subscription key';

const QUOTA_TEXT = /quota/i;
/** Azure writes a time span as .NET does: days before a dot where it is longer than a day. */
const DOT_NET_TIME_SPAN = /(?:(\d+)\.)?((\d{1,4}):(\d{2}):(\d{2}))/;

/** Whether GoFive refused the access token, and nothing else. */
export function isTokenRejected(outcome: Outcome | SigningError): boolean {
	return outcome.kind === 'response' && outcome.status === 401 && !subscriptionKeyError(outcome.text);
}

/** The message for a subscription key that is missing or wrong; undefined when the answer speaks of neither. */
export function subscriptionKeyError(text: string): ErrorText | undefined {
	const lower = text.toLowerCase();
	if (lower.includes(KEY_MISSING)) return messages.subscriptionKeyMissing;
	return lower.includes(KEY_WRONG) ? messages.subscriptionKeyInvalid : undefined;
}

function quotaMessage(serverMessage: string): ErrorText {
	const match = DOT_NET_TIME_SPAN.exec(serverMessage);
	if (!match) return messages.quota();
	const [, , time, hours, minutes, seconds] = match;
	const days = Number(match[1] ?? 0);
	const remainingSeconds = ((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
	const renewsIn = days > 0 ? `${days} day${days === 1 ? '' : 's'} and ${time}` : time;
	return messages.quota({ renewsIn, resetsAtEpochMs: clock.now() + remainingSeconds * SECOND_MS });
}

/** Of an answer with a status of 200 to 299 that is no success. */
function unsuccessfulResponseText(text: string, { labels }: ErrorContext): ErrorText {
	const envelope = parseEnvelope(text);
	if (envelope) {
		const { code, description, data } = envelope;
		if (code === SUCCESS_CODE && data === false) return messages.notConfirmed;
		const complaints = quoteComplaints(text, labels);
		const hasReason = Boolean(code || description || complaints);
		return hasReason
			? messages.businessError(code ?? '', truncateQuote(description), complaints)
			: messages.unexpectedFormat;
	}
	if (isTruncatedJson(text)) return messages.truncatedResponse;
	const kind = describeNonJson(text);
	return kind === undefined ? messages.unexpectedFormat : messages.notJson(kind);
}

function responseErrorText(answer: ApiResponse, context: ErrorContext): ErrorText {
	const { attempts, labels } = context;
	const { status, headers, text } = answer;
	if (isSuccessStatus(answer)) return unsuccessfulResponseText(text, context);
	const serverMessage = quoteServerMessage(text, labels);
	const envelope = parseEnvelope(text);
	if (status === 401) return subscriptionKeyError(text) ?? messages.tokenRejected;
	if (status === 429) return messages.rateLimit(parseRetryAfterMs(headers));
	if (status === 407) return messages.proxyAuthRequired;
	if (isRedirect(status)) return messages.redirect(parseUrl(toText(headers.location))?.host ?? '');
	if (status >= 500) return messages.serverError(status, attempts, serverMessage);
	if (envelope?.code)
		return messages.businessError(envelope.code, truncateQuote(envelope.description), quoteComplaints(text, labels));
	if (status === 403)
		return QUOTA_TEXT.test(serverMessage) ? quotaMessage(serverMessage) : messages.forbidden(serverMessage);
	return status === 404 ? messages.notFound(serverMessage) : messages.rejected(status, serverMessage);
}

function connectionErrorText(code: string, timeouts: RequestTimeouts): ErrorText {
	if (['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'].includes(code)) return messages.timeout(timeouts.timeout);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return messages.hostNotFound;
	if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) return messages.noConnection;
	if (code === 'ECONNRESET' || code === 'EPIPE') return messages.connectionLost;
	if (code === 'TRUNCATED_RESPONSE') return messages.truncatedResponse;
	if (code === 'INVALID_CERTIFICATE') return messages.certificateInvalid;
	return code === 'TLS_ERROR' || code === 'TLS_HANDSHAKE' ? messages.tls : messages.unknownConnectionError(code);
}

/** The failure of a request that is not sent, or not sent again, because the run ended. */
export function createNotSentError(context: ErrorContext): GoFiveError {
	// Only a write that has changed nothing is to be sent again.
	if (context.attempts === 0 || context.effect === 'write')
		return new GoFiveError(messages.cancelled, { reason: 'notSent' });
	return outcomeToError({ kind: 'aborted', reason: 'cancelled' }, context);
}

function describeOutcome(outcome: Outcome, context: ErrorContext): GoFiveError {
	if (outcome.kind === 'aborted') {
		if (outcome.reason === 'cancelled') return new GoFiveError(messages.cancelledInProgress, { reason: 'cancelled' });
		return new GoFiveError(messages.timeout(getTotalTimeoutSeconds(context)), { httpCode: 'ETIMEDOUT' });
	}
	if (outcome.kind === 'connectionError') {
		// Only Node's codes are any, not our words for what has none.
		const origin: ErrorOrigin = /^E[A-Z_]+$/.test(outcome.code)
			? { httpCode: outcome.code }
			: { reason: 'connectionError' };
		return new GoFiveError(connectionErrorText(outcome.code, context), origin);
	}
	const rejected = isRejected(parseEnvelope(outcome.text)) && outcome.status < 500;
	const origin = { httpCode: String(outcome.status), ...(rejected && { isBusinessError: true }) };
	return new GoFiveError(responseErrorText(outcome, context), origin);
}

/** What comes before 'may have carried it out': what GoFive said, unless the message says it already; after a redirect what to check. */
function introduceUncertainty(outcome: Outcome, { description }: GoFiveError, { labels }: ErrorContext): string {
	if (outcome.kind !== 'response') return '';
	if (isRedirect(outcome.status)) return `${description} `;
	const isQuoted = isSuccessStatus(outcome) && parseEnvelope(outcome.text)?.description;
	return isQuoted ? quoteComplaints(outcome.text, labels) : quoteServerMessage(outcome.text, labels);
}

/** What a person reads of an outcome that is no success; of a write also whether GoFive may have carried it out. */
export function outcomeToError(outcome: Outcome, context: ErrorContext): GoFiveError {
	const error = describeOutcome(outcome, context);
	return withWriteStatus(error, getWriteStatus(outcome), context.effect, introduceUncertainty(outcome, error, context));
}

/** What a person reads of a request for a token that is no success. */
export function tokenOutcomeToError(outcome: Outcome, context: ErrorContext): GoFiveError {
	const status = outcome.kind === 'response' && !subscriptionKeyError(outcome.text) ? outcome.status : undefined;
	if (status === 400 || status === 401)
		return new GoFiveError(messages.clientCredentialsRejected, { httpCode: String(status) });
	if (status === 404) return new GoFiveError(messages.tokenEndpointNotFound, { httpCode: '404' });
	return outcomeToError(outcome, { ...context, effect: 'read' });
}
