import type { ApiRequest, Effect, RequestTimeouts } from '../request/request';
import { getTotalTimeoutSeconds, parseUrl } from '../request/request';
import { clock } from '../../time/clock';
import { isRejected, describeNonJson, parseEnvelope, SUCCESS_CODE, type Envelope } from './envelope';
import { GoFiveError, type ErrorText, type ErrorOrigin } from '../errors/goFiveError';
import { getWriteStatus, withWriteStatus } from './writeStatus';
import { messages } from '../errors/messages';
import { isRedirect, isSuccessStatus, type ApiResponse, type Outcome } from './outcome';
import { parseRetryAfterMs } from './retryAfter';
import { findSubscriptionKeyError } from './subscriptionKeyError';
import { truncateQuote, quoteValidationErrors, quoteServerMessage } from './serverMessage';
import { toText } from '../../shared/text';
import { SECOND_MS } from '../../shared/units';

/** Facts about a request that its error mentions. */
export interface ErrorContext extends RequestTimeouts, Pick<ApiRequest, 'labels' | 'notFoundNote' | 'urlTarget'> {
	/** Number of times that the request was sent. */
	attempts: number;
	effect: Effect;
}

/** Word in the gateway's 403 for an exhausted quota. Any other 403 is a missing permission. */
const QUOTA_TEXT = /quota/i;
/** Time span of .NET, in which Azure reports when the quota is refilled: `[days.]hours:minutes:seconds`. */
const DOT_NET_TIME_SPAN = /(?:(\d{1,9})\.)?((\d{1,4}):(\d{2}):(\d{2}))/;

/** Returns true if GoFive rejected the access token, and not the subscription key. */
export function isTokenRejected(outcome: Outcome): outcome is ApiResponse {
	if (outcome.kind !== 'response' || outcome.status !== 401) return false;
	return !findSubscriptionKeyError(outcome.text) && getWriteStatus(outcome) === 'notDone';
}

function getQuotaText(serverMessage: string): ErrorText {
	const match = DOT_NET_TIME_SPAN.exec(serverMessage);
	if (!match) return messages.quota();
	const [, , time, hours, minutes, seconds] = match;
	const days = Number(match[1] ?? 0);
	const remainingSeconds = ((days * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
	const renewsIn = days > 0 ? `${days} day${days === 1 ? '' : 's'} and ${time}` : time;
	return messages.quota({ renewsIn, resetsAtEpochMs: clock.now() + remainingSeconds * SECOND_MS });
}

function getBusinessErrorText({ code = '', description }: Envelope, text: string, { labels }: ErrorContext): ErrorText {
	return messages.businessError(truncateQuote(code), truncateQuote(description), quoteValidationErrors(text, labels));
}

/** Returns the text for a response with HTTP status 200 to 299 that is not a success. */
function getUnsuccessfulResponseText(text: string, context: ErrorContext): ErrorText {
	const kind = describeNonJson(text);
	if (kind !== undefined) return messages.notJson(kind);
	const envelope = parseEnvelope(text);
	if (envelope?.code === SUCCESS_CODE && envelope.data === false) return messages.notConfirmed;
	const hasReason = envelope?.code || envelope?.description || quoteValidationErrors(text, context.labels);
	return envelope && hasReason ? getBusinessErrorText(envelope, text, context) : messages.unexpectedFormat;
}

function getResponseErrorText(response: ApiResponse, context: ErrorContext): ErrorText {
	const { attempts, labels, notFoundNote = '', urlTarget = 'operation' } = context;
	const { status, headers, text } = response;
	if (isSuccessStatus(response)) return getUnsuccessfulResponseText(text, context);
	const serverMessage = quoteServerMessage(text, labels);
	const envelope = parseEnvelope(text);
	if (status === 401) return findSubscriptionKeyError(text) ?? messages.tokenRejected;
	if (status === 429) return messages.rateLimit(parseRetryAfterMs(headers));
	if (status === 407) return messages.proxyAuthRequired;
	if (isRedirect(status)) return messages.redirect(truncateQuote(parseUrl(toText(headers.location))?.host ?? ''));
	if (status >= 500) return messages.serverError(status, attempts, serverMessage);
	if (envelope?.code) return getBusinessErrorText(envelope, text, context);
	if (status === 403)
		return QUOTA_TEXT.test(serverMessage) ? getQuotaText(serverMessage) : messages.forbidden(serverMessage);
	if (status === 404) return messages.notFound(urlTarget, serverMessage + notFoundNote);
	return messages.rejected(status, serverMessage);
}

function getConnectionErrorText(code: string, timeouts: RequestTimeouts): ErrorText {
	if (['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'].includes(code)) return messages.timeout(timeouts.timeout);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return messages.hostNotFound;
	if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) return messages.noConnection;
	if (code === 'ECONNRESET' || code === 'EPIPE') return messages.connectionLost;
	if (code === 'TRUNCATED_RESPONSE') return messages.truncatedResponse;
	if (code === 'INVALID_CERTIFICATE') return messages.certificateInvalid;
	return code === 'TLS_ERROR' || code === 'TLS_HANDSHAKE' ? messages.tls : messages.unknownConnectionError(code);
}

/** Creates the error of a request that is not sent, or not retried, because the execution ended. */
export function createNotSentError(context: ErrorContext): GoFiveError {
	// A write is retried only if GoFive has not processed it, so before a retry it still counts as not sent.
	if (context.attempts === 0 || context.effect === 'write')
		return new GoFiveError(messages.cancelled, { reason: 'notSent' });
	return outcomeToError({ kind: 'aborted', reason: 'cancelled' }, context);
}

function describeOutcome(outcome: Outcome, context: ErrorContext): GoFiveError {
	if (outcome.kind === 'signingError') return outcome.error;
	if (outcome.kind === 'aborted') {
		if (outcome.reason === 'cancelled') return new GoFiveError(messages.cancelledInProgress, { reason: 'cancelled' });
		return new GoFiveError(messages.timeout(getTotalTimeoutSeconds(context)), { httpCode: 'ETIMEDOUT' });
	}
	if (outcome.kind === 'connectionError') {
		const { code } = outcome;
		// Expose only real codes of Node.js, not our own.
		const origin: ErrorOrigin = /^E[A-Z_]+$/.test(code) ? { httpCode: code } : { reason: 'connectionError' };
		return new GoFiveError(getConnectionErrorText(code, context), origin);
	}
	const origin: ErrorOrigin = { httpCode: String(outcome.status) };
	if (isRejected(parseEnvelope(outcome.text)) && outcome.status < 500) origin.isBusinessError = true;
	return new GoFiveError(getResponseErrorText(outcome, context), origin);
}

/**
 * Returns the sentence before {@link messages.mayBeProcessed}: after a redirect the advice, otherwise GoFive's message.
 * A message that the title already contains is omitted.
 */
function getUncertaintyReason(outcome: Outcome, { description }: GoFiveError, { labels }: ErrorContext): string {
	if (outcome.kind !== 'response') return '';
	if (isRedirect(outcome.status)) return `${description} `;
	const isQuoted = isSuccessStatus(outcome) && parseEnvelope(outcome.text)?.description;
	return isQuoted ? quoteValidationErrors(outcome.text, labels) : quoteServerMessage(outcome.text, labels);
}

/** Converts an outcome that is not a success. The error of a write states whether GoFive may have processed it. */
export function outcomeToError(outcome: Outcome, context: ErrorContext): GoFiveError {
	const error = describeOutcome(outcome, context);
	return withWriteStatus(error, getWriteStatus(outcome), context.effect, getUncertaintyReason(outcome, error, context));
}

/**
 * Converts what was thrown while a response was read. The text of JavaScript is dropped, since it names no cause that a
 * user knows, for example "Maximum call stack size exceeded" for a response that is nested too deeply.
 */
export const toResponseError = (error: unknown): GoFiveError =>
	error instanceof GoFiveError ? error : new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });

/** Converts the outcome of a token request that is not a success. */
export function tokenOutcomeToError(outcome: Outcome, timeout: number): GoFiveError {
	const status = outcome.kind === 'response' && !findSubscriptionKeyError(outcome.text) ? outcome.status : undefined;
	if (status === 400 || status === 401)
		return new GoFiveError(messages.clientCredentialsRejected, { httpCode: String(status) });
	if (status === 404) return new GoFiveError(messages.tokenEndpointNotFound, { httpCode: '404' });
	return outcomeToError(outcome, { timeout, attempts: 1, effect: 'read' });
}
