import { isNestedTooDeeply, parseJson } from '../shared/json';
import { toText } from '../shared/text';
import {
	describeNonJson,
	findRowResults,
	isSuccess,
	startsLikeJson,
	SUCCESS_CODE,
	toEnvelope,
	unwrapValue,
	type Envelope,
} from './envelope';
import { GoFiveError, type ErrorOrigin, type ErrorText } from './errors';
import { getServerLoad, isInconclusiveStatus, isRedirect, isSuccessStatus } from './httpStatus';
import { MAY_BE_PROCESSED, messages } from './messages';
import type { AbortReason, ApiResponse, CredentialVerdict, Outcome, RequestResult, Retry, ServerLoad } from './outcome';
import { getEffect, getTotalTimeoutSeconds, parseUrl, type ApiRequest, type RequestTimeouts } from './request';
import { findSubscriptionKeyError, readResponseTexts, type ResponseTexts } from './responseTexts';
import { parseRetryAfterMs } from './retryAfter';
import { quoteText, toQuotation, type Redact } from './serverMessage';

/** What {@link evaluate} knows about a request in addition to its outcome. */
export interface EvaluationContext extends RequestTimeouts {
	/** Number of attempts so far, including this one. Sending a request again with a new token is no attempt of its own. */
	attempts: number;
	/** Masks the secrets in quoted texts. */
	redact: Redact;
}

/** Meaning of an outcome that is not a success. */
interface Evaluation {
	text: ErrorText;
	origin: ErrorOrigin;
	/** Whether GoFive may have processed a write. */
	mayBeProcessed: boolean;
	/** Set if a request may be sent again that GoFive cannot have processed, or that changes nothing. */
	retry?: Retry;
	credential: CredentialVerdict;
	load: ServerLoad;
	/** Quotation of GoFive's message, which precedes the advice about a write that may be processed. */
	quote?: string;
}

/**
 * Says what the outcome of a request means: the data, or the error, whether the request may be sent again, and what it
 * shows about the credential and the load of the server. All other places only read the result, except TokenRefresher,
 * which completes the failure of a request whose token stays rejected.
 *
 * Whether GoFive has processed a write: with `data` yes, with `error.origin.mayBeProcessed` maybe, otherwise no.
 */
export function evaluate(outcome: Outcome, request: ApiRequest, context: EvaluationContext): RequestResult {
	switch (outcome.kind) {
		case 'notSigned':
			return outcome.failure;
		case 'aborted':
			return toFailure(evaluateAbort(outcome.reason, context), request);
		case 'connectionError':
			return toFailure(evaluateConnectionError(outcome.code, context), request);
		case 'response':
			return evaluateResponse(outcome, request, context);
	}
}

/** An outcome that shows nothing about the credential or the load. */
const NO_EVIDENCE = { credential: 'unknown', load: 'ignored' } as const;

/** Result of a request whose response could not be read. Anything may have happened to a write. */
export function toUnreadableResult(request: ApiRequest): RequestResult {
	const origin = { httpCode: '200' };
	return toFailure({ ...NO_EVIDENCE, text: messages.unexpectedFormat, origin, mayBeProcessed: true }, request);
}

/** Creates the failure. A write that may be processed is not sent again, and its error says that it may be processed. */
function toFailure(evaluation: Evaluation, request: ApiRequest): RequestResult {
	const { text, origin, mayBeProcessed, retry, credential, load, quote = '' } = evaluation;
	if (getEffect(request) === 'read' || !mayBeProcessed)
		return { error: new GoFiveError(text, origin), retry, credential, load, quote };
	// The cause is omitted, since a temporary one would suggest trying again.
	const uncertainText = { message: text.message, description: quote + MAY_BE_PROCESSED };
	const error = new GoFiveError(uncertainText, { ...origin, mayBeProcessed: true });
	// With a rejected token, it would be sent again with a new one.
	return { error, credential: credential === 'tokenRejected' ? 'unknown' : credential, load, quote };
}

function evaluateAbort(reason: AbortReason, context: EvaluationContext): Evaluation {
	const facts = { ...NO_EVIDENCE, mayBeProcessed: reason !== 'notSent' };
	if (reason === 'notSent') return { ...facts, text: messages.cancelled, origin: { reason } };
	if (reason === 'cancelled') return { ...facts, text: messages.cancelledInProgress, origin: { reason } };
	return { ...facts, text: messages.timeout(getTotalTimeoutSeconds(context)), origin: { httpCode: 'ETIMEDOUT' } };
}

const TRANSIENT: Retry = { reason: 'transient' };
const TIMEOUT_CODES = ['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'];
const NO_CONNECTION_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];

function evaluateConnectionError(code: string, context: EvaluationContext): Evaluation {
	// Only codes of Node.js are shown, not our own.
	const origin: ErrorOrigin = /^E[A-Z_]+$/.test(code) ? { httpCode: code } : { reason: 'connectionError' };
	const shared = { origin, credential: 'unknown', load: 'failed' } as const;
	// No byte of the request can have reached GoFive.
	const notSent = { ...shared, mayBeProcessed: false, retry: TRANSIENT };
	// The connection was open, so GoFive may have received the request.
	const lost = { ...shared, mayBeProcessed: true, retry: TRANSIENT };
	// A request that timed out is not sent again, because it may take as long again.
	const unclear = { ...shared, mayBeProcessed: true };
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { ...notSent, text: messages.hostNotFound };
	if (NO_CONNECTION_CODES.includes(code)) return { ...notSent, text: messages.noConnection };
	if (code === 'TLS_HANDSHAKE') return { ...notSent, text: messages.tls };
	if (code === 'INVALID_CERTIFICATE') return { ...shared, text: messages.certificateInvalid, mayBeProcessed: false };
	if (code === 'ECONNRESET' || code === 'EPIPE') return { ...lost, text: messages.connectionLost };
	if (code === 'TRUNCATED_RESPONSE') return { ...lost, text: messages.truncatedResponse };
	if (TIMEOUT_CODES.includes(code)) return { ...unclear, text: messages.timeout(context.timeout) };
	if (code === 'TLS_ERROR') return { ...unclear, text: messages.tls };
	return { ...unclear, text: messages.unknownConnectionError(code) };
}

/** Creates the evaluation of a response. By default, GoFive has not processed the request. */
function createResponseEvaluation(status: number, text: ErrorText, facts: Partial<Evaluation> = {}): Evaluation {
	const load = getServerLoad(status);
	return { text, origin: { httpCode: String(status) }, mayBeProcessed: false, credential: 'accepted', load, ...facts };
}

function evaluateResponse(response: ApiResponse, request: ApiRequest, context: EvaluationContext): RequestResult {
	const { status, text } = response;
	const body = parseJson(text);
	const { labels } = request;
	// The rows of a batch count even if the business code reports a failure, because GoFive may process part of a batch.
	// From HTTP 500, it is unknown whether GoFive has processed them.
	const rows = request.expectsRowResults && status < 500 ? findRowResults(body) : undefined;
	if (rows) return { data: rows };
	if (!isSuccessStatus(status)) {
		const texts = readResponseTexts(text, body, labels, context.redact);
		return toFailure(evaluateErrorStatus({ ...response, ...texts }, request, context), request);
	}
	return evaluateSuccessStatus(response, body, request, context);
}

/** Evaluates a response with HTTP status 200 to 299, which is a success only if its body says so. */
function evaluateSuccessStatus(
	response: ApiResponse,
	body: unknown,
	request: ApiRequest,
	context: EvaluationContext,
): RequestResult {
	const { status, headers, text } = response;
	const effect = getEffect(request);
	// Without this header, an empty text may also be what remains of a response that was cut.
	const isEmptyDelete = request.method === 'DELETE' && headers['content-length'] === '0';
	if (status === 204 || isEmptyDelete) return { data: null };
	if (body === undefined) return toFailure(evaluateNonJson(response, context), request);
	const envelope = toEnvelope(body, request.returnsFullBody);
	if (!envelope || !isSuccess(envelope, effect)) {
		const texts = readResponseTexts(text, body, request.labels, context.redact);
		return toFailure(evaluateRejection(status, texts, toEnvelope(body)), request);
	}
	const data = (request.returnsFullBody ? body : envelope.data) ?? null;
	return isNestedTooDeeply(data) && effect === 'read' ? toUnreadableResult(request) : { data };
}

/** Evaluates a response with HTTP status 200 to 299 that is not JSON. */
function evaluateNonJson({ status, text }: ApiResponse, context: EvaluationContext): Evaluation {
	if (startsLikeJson(text)) return evaluateConnectionError('TRUNCATED_RESPONSE', context);
	const kind = describeNonJson(text);
	const quote = kind === 'plain text' ? toQuotation([text.trim()], context.redact) : '';
	return createResponseEvaluation(status, messages.notJson(kind), { mayBeProcessed: true, quote });
}

/** Creates the origin of an error about the content of a request, which GoFive may reject with a business code. */
function toRejectionOrigin(status: number, code: string): ErrorOrigin {
	const isRejected = code !== '' && code !== SUCCESS_CODE;
	return { httpCode: String(status), ...(isRejected && { isBusinessError: true }) };
}

/** Evaluates a response with HTTP status 200 to 299 that reports no success. */
function evaluateRejection(status: number, texts: ResponseTexts, envelope: Envelope | undefined): Evaluation {
	const { code, description, validationErrors } = texts;
	// The title contains the description, so that it is not quoted again.
	const quote = description ? validationErrors : texts.quote;
	const isUnconfirmed = code === SUCCESS_CODE && unwrapValue(envelope?.data) === false;
	if (isUnconfirmed) return createResponseEvaluation(status, messages.notConfirmed, { mayBeProcessed: true, quote });
	if (!envelope || (!code && !description && !validationErrors))
		return createResponseEvaluation(status, messages.unexpectedFormat, { mayBeProcessed: true, quote });
	const origin = toRejectionOrigin(status, code);
	const text = messages.businessError(code, description, validationErrors);
	return createResponseEvaluation(status, text, { origin, mayBeProcessed: !origin.isBusinessError, quote });
}

/** Response with an error status, and its texts. */
type ErrorResponse = ApiResponse & ResponseTexts;

/** Evaluates a response with a status other than 200 to 299. */
function evaluateErrorStatus(response: ErrorResponse, request: ApiRequest, context: EvaluationContext): Evaluation {
	const { status, code, quote } = response;
	const facts = { quote, ...evaluateStatus(response, request, context) };
	// GoFive's code of success contradicts the status.
	const mayBeProcessed = isInconclusiveStatus(status) || code === SUCCESS_CODE;
	return createResponseEvaluation(status, facts.text, { mayBeProcessed, ...facts });
}

/** What an error status means in addition to what all of them have in common. */
type StatusFacts = { text: ErrorText } & Partial<Evaluation>;

function evaluateStatus(response: ErrorResponse, request: ApiRequest, context: EvaluationContext): StatusFacts {
	const { status, headers, code, quote } = response;
	if (status === 401) return evaluateUnauthorized(response, request);
	if (status === 407) return { text: messages.proxyAuthRequired };
	if (status === 429) {
		const afterMs = parseRetryAfterMs(headers);
		return { text: messages.rateLimit(afterMs), retry: { reason: 'rateLimit', afterMs } };
	}
	if (isRedirect(status)) {
		const host = parseUrl(toText(headers.location))?.host ?? '';
		const text = messages.redirect(quoteText(host, context.redact));
		return { text, quote: `${text.description} ` };
	}
	if (status < 500) {
		const text = getRejectionText(response, request);
		return { text, origin: toRejectionOrigin(status, code) };
	}
	// A failed token request ends the run, so it is sent again also after 500.
	const isTemporary = [502, 503, 504].includes(status) || (status === 500 && request.isTokenRequest === true);
	const retry: Retry | undefined = isTemporary
		? { reason: 'transient', afterMs: parseRetryAfterMs(headers) }
		: undefined;
	return { text: messages.serverError(status, context.attempts, quote), retry };
}

/** Evaluates HTTP 401. The token of a request may have expired, and the refresher then sends it with a new one. */
function evaluateUnauthorized({ text }: ErrorResponse, { isTokenRequest }: ApiRequest): StatusFacts {
	const keyError = findSubscriptionKeyError(text);
	if (keyError) return { text: keyError, credential: 'unusable' };
	if (isTokenRequest) return { text: messages.clientCredentialsRejected, credential: 'unusable' };
	return { text: messages.tokenRejected, credential: 'tokenRejected' };
}

/** Word in the gateway's 403 for an exhausted quota. Any other 403 is a missing permission. */
const QUOTA_TEXT = /quota/i;

/** Returns the text for a status below 500 that rejects the request. */
function getRejectionText(response: ErrorResponse, request: ApiRequest): ErrorText {
	const { status, code, description, quote, validationErrors } = response;
	const { isTokenRequest, notFoundNote = '', urlTarget = 'operation' } = request;
	if (isTokenRequest && status === 400) return messages.clientCredentialsRejected;
	if (isTokenRequest && status === 404) return messages.tokenEndpointNotFound;
	if (code) return messages.businessError(code, description, validationErrors);
	if (status === 403) return QUOTA_TEXT.test(quote) ? messages.quota(quote) : messages.forbidden(quote);
	if (status === 404) return messages.notFound(urlTarget, quote + notFoundNote);
	return messages.rejected(status, quote);
}
