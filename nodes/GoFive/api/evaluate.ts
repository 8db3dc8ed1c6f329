import { isNestedTooDeeply, parseJson } from '../shared/json';
import { toText } from '../shared/text';
import {
	describeForm,
	describeNonJson,
	findRowResults,
	isSuccess,
	startsLikeJson,
	SUCCESS_CODE,
	toEnvelope,
	unwrapValue,
} from './envelope';
import { GoFiveError, type ErrorDetails, type ErrorText } from './errors';
import type { Failure, Next, RequestResult } from './failure';
import {
	getServerLoad,
	isRedirect,
	isSuccessStatus,
	mayBeProcessed,
	showsProcessing,
	parseRetryAfterMs,
} from './httpStatus';
import { MAY_BE_PROCESSED, messages, type RequestPurpose } from './messages';
import type { AbortReason, ApiResponse, Outcome } from './outcome';
import { getEffect, getTotalTimeoutSeconds, parseUrl, type ApiRequest, type RequestTimeouts } from './request';
import { findSubscriptionKeyError, readResponseTexts, type ResponseTexts } from './responseTexts';
import type { Redact } from './redactor';
import { quoteText } from './serverMessage';

/** What {@link evaluate} knows about a request in addition to its outcome. */
export interface EvaluationContext extends RequestTimeouts {
	/** Masks the secrets in quoted texts. */
	redact: Redact;
	/** Text for a request that the end of the run prevented. Defaults to that of a cancelled execution. */
	abortText?: ErrorText;
}

/** Meaning of an outcome that is not a success. */
interface Explanation extends Partial<Omit<Failure, 'error'>>, Pick<ErrorDetails, 'httpCode' | 'aborted'> {
	text: ErrorText;
	/** Whether GoFive may have processed a write. */
	mayBeProcessed: boolean;
	/** Whether the description applies to such a write, too. */
	keepsAdvice?: true;
}

/** What the meanings of all responses have in common is added by {@link evaluateBody}. */
type ResponseExplanation = Pick<Explanation, 'text' | 'next' | 'afterMs' | 'quote' | 'keepsAdvice'>;

/** Response that is not a success: its parsed JSON, undefined if it is not JSON, and its texts. */
type Reply = ApiResponse & ResponseTexts & { body: unknown };

/**
 * Says what the outcome of a request means: the data, or the error and what follows it, and what it shows about the token
 * and the load of the server. Only three other places decide what follows: client.ts ends what lasts too long, TokenState
 * decides about a request whose token stays rejected, and tokenRequest.ts about an error of the credential that is not a
 * result (`endRun`). An exception of JavaScript is a `fail` (session.ts).
 *
 * Whether GoFive has processed a write: with `data` yes, unless a row in it reports something else (rowResults.ts). With
 * `error.processed` maybe, otherwise no. If the records of a processed write cannot be returned, toWriteResult() sets it to yes.
 */
export function evaluate(outcome: Outcome, request: ApiRequest, context: EvaluationContext): RequestResult {
	switch (outcome.kind) {
		case 'notSigned':
			return outcome.failure;
		case 'aborted':
			return toFailure(request, explainAbort(outcome.reason, request, context));
		case 'connectionError':
			return toFailure(request, explainConnectionError(outcome.code, context));
		case 'response':
			return evaluateResponse(outcome, request, context);
	}
}

/** Result of a request whose response could not be read. Anything may have happened to a write. */
export const toUnreadableResult = (request: ApiRequest): Failure =>
	toFailure(request, { text: messages.unexpectedFormat, mayBeProcessed: true });

/** What follows the failure of a token request, without which no request of the run can succeed. */
const NEXT_WITHOUT_TOKEN: Partial<Record<Next, Next>> = { fail: 'endRun', wait: 'waitForToken' };

/** Completes the failure of a token request. The request that needs the token has no fault, and neither has its record. */
function toTokenFailure(failure: Failure): Failure {
	const { error, next } = failure;
	const isRefused = error.kind === 'refused' || error.kind === 'rejected';
	const tokenError = isRefused ? error.with({ kind: 'unclear' }) : error;
	return { ...failure, error: tokenError, next: NEXT_WITHOUT_TOKEN[next] ?? next };
}

/** Creates the failure. A write that may be processed is not sent again, and its error says that it may be processed. */
function toFailure(request: ApiRequest, explanation: Explanation): Failure {
	const { text, httpCode, aborted, next = 'fail', afterMs, load = 'ignored' } = explanation;
	const { isTokenAccepted = false, quote = '' } = explanation;
	const evidence = { load, isTokenAccepted, quote };
	if (getEffect(request) === 'write' && explanation.mayBeProcessed) {
		const advice = explanation.keepsAdvice ? `${text.description} ` : '';
		const description = quote + advice + MAY_BE_PROCESSED;
		const error = new GoFiveError({ ...text, description, httpCode, aborted, processed: 'maybe' });
		return { error, next: 'fail', ...evidence };
	}
	const failure = { error: new GoFiveError({ ...text, httpCode, aborted }), next, afterMs, ...evidence };
	return request.isTokenRequest ? toTokenFailure(failure) : failure;
}

function explainAbort(reason: AbortReason, request: ApiRequest, context: EvaluationContext): Explanation {
	const { abortText } = context;
	if (reason === 'notSent') {
		const text = getEffect(request) === 'write' ? messages.cancelledWrite : messages.cancelledRead;
		return { text: abortText ?? text, aborted: 'beforeSending', mayBeProcessed: false };
	}
	if (reason === 'cancelled')
		return { text: abortText ?? messages.cancelledInProgress, aborted: 'inProgress', mayBeProcessed: true };
	return { text: messages.timeout(getTotalTimeoutSeconds(context)), httpCode: 'ETIMEDOUT', mayBeProcessed: true };
}

const TIMEOUT_CODES = ['TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'];
const NO_CONNECTION_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];

function explainConnectionError(code: string, context: EvaluationContext): Explanation {
	// Only codes of Node.js are shown, not our own.
	const shared = { httpCode: /^E[A-Z_]+$/.test(code) ? code : undefined, load: 'failed' } as const;
	// No byte of the request can have reached GoFive.
	const notSent = { ...shared, mayBeProcessed: false, next: 'wait' } as const;
	// The connection was open, so GoFive may have received the request. A write then fails, see toFailure.
	const lost = { ...shared, mayBeProcessed: true, next: 'wait' } as const;
	// A request that timed out is not sent again, because it may take as long again.
	const unclear = { ...shared, mayBeProcessed: true };
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { ...notSent, text: messages.hostNotFound };
	if (NO_CONNECTION_CODES.includes(code)) return { ...notSent, text: messages.noConnection };
	if (code === 'TLS_HANDSHAKE') return { ...notSent, text: messages.tls };
	if (code === 'INVALID_CERTIFICATE') return { ...shared, text: messages.certificateInvalid, mayBeProcessed: false };
	if (code === 'ECONNRESET' || code === 'EPIPE') return { ...lost, text: messages.connectionLost };
	if (code === 'TRUNCATED_RESPONSE') return { ...lost, text: messages.truncatedResponse };
	if (TIMEOUT_CODES.includes(code)) return { ...unclear, text: messages.timeout(context.timeoutSeconds) };
	if (code === 'TLS_ERROR') return { ...unclear, text: messages.tls, keepsAdvice: true };
	return { ...unclear, text: messages.unknownConnectionError(code) };
}

/** Reads the data of a response. Undefined if it is not a success. HTTP 200 to 299 is one only if the body says so. */
function readData(response: ApiResponse, body: unknown, request: ApiRequest): { data: unknown } | undefined {
	const { status, headers } = response;
	// The rows of a batch count even if the business code reports a failure, because GoFive may process part of a batch.
	// From HTTP 500, it is unknown whether GoFive has processed them.
	const rows = request.expectsRowResults && status < 500 ? findRowResults(body) : undefined;
	if (rows) return { data: rows };
	if (!isSuccessStatus(status)) return undefined;
	// Without this header, an empty text may also be what remains of a response that was cut.
	const isEmptyDelete = request.method === 'DELETE' && headers['content-length'] === '0';
	if (status === 204 || isEmptyDelete) return { data: null };
	const envelope = body === undefined ? undefined : toEnvelope(body, request.returnsFullBody);
	if (!envelope || !isSuccess(envelope, getEffect(request))) return undefined;
	return { data: (request.returnsFullBody ? body : envelope.data) ?? null };
}

function evaluateResponse(response: ApiResponse, request: ApiRequest, context: EvaluationContext): RequestResult {
	const body = parseJson(response.text);
	return { ...evaluateBody(body, response, request, context), form: describeForm(body) };
}

function evaluateBody(
	body: unknown,
	response: ApiResponse,
	request: ApiRequest,
	context: EvaluationContext,
): RequestResult {
	const { status, text } = response;
	const result = readData(response, body, request);
	const isReadTooDeep = result && getEffect(request) === 'read' && isNestedTooDeeply(result.data);
	if (isReadTooDeep) return toUnreadableResult(request);
	if (result) return result;
	if (isSuccessStatus(status) && body === undefined && startsLikeJson(text))
		return toFailure(request, explainConnectionError('TRUNCATED_RESPONSE', context));
	const texts = readResponseTexts(text, body, request.labels, context.redact);
	const reply: Reply = { ...response, ...texts, body };
	return toFailure(request, {
		httpCode: String(status),
		mayBeProcessed: mayBeProcessed(status, texts.code),
		load: getServerLoad(status),
		isTokenAccepted: showsProcessing(status, texts.code, body !== undefined),
		quote: texts.quote,
		...(isSuccessStatus(status) ? explainSuccessStatus(reply, request) : explainErrorStatus(reply, request, context)),
	});
}

const getPurpose = (request: ApiRequest): RequestPurpose => (request.isTokenRequest ? 'token' : getEffect(request));

/** Explains a response with HTTP status 200 to 299 that reports no success. */
function explainSuccessStatus(reply: Reply, request: ApiRequest): ResponseExplanation {
	const { body, text, code, description, validationErrors } = reply;
	if (body === undefined) return { text: messages.notJson(describeNonJson(text)), keepsAdvice: true };
	// The title contains the description, so that it is not quoted again.
	const quote = description ? validationErrors : reply.quote;
	const envelope = toEnvelope(body);
	if (code === SUCCESS_CODE && unwrapValue(envelope?.data) === false) return { text: messages.notConfirmed, quote };
	if (!envelope || (!code && !description && !validationErrors)) return { text: messages.unexpectedFormat, quote };
	return { text: messages.businessError(code, description, validationErrors, getPurpose(request)), quote };
}

/** Statuses of a server that is expected to respond again soon. A read is then sent again. */
const TEMPORARY_STATUSES = [502, 503, 504];

/** Explains a response with a status other than 200 to 299. */
function explainErrorStatus(reply: Reply, request: ApiRequest, context: EvaluationContext): ResponseExplanation {
	const { status, headers, quote } = reply;
	const afterMs = parseRetryAfterMs(headers);
	if (status === 401) return explainUnauthorized(reply, request);
	if (status === 407) return { text: messages.proxyAuthRequired };
	if (status === 429) return { text: messages.rateLimit(afterMs), next: 'pause', afterMs };
	if (isRedirect(status)) {
		const host = parseUrl(toText(headers.location))?.host ?? '';
		const text = messages.redirect(quoteText(host, context.redact));
		// The text of a redirect is not GoFive's.
		return { text, quote: '', keepsAdvice: true };
	}
	if (status < 500) return explainRejection(reply, request);
	const text = messages.serverError(status, quote);
	// A failed token request ends the run, so it is sent again also after 500.
	const isTemporary = TEMPORARY_STATUSES.includes(status) || (status === 500 && request.isTokenRequest === true);
	return isTemporary ? { text, next: 'wait', afterMs } : { text };
}

/** Explains HTTP 401. The token of a request may have expired. */
function explainUnauthorized({ text }: Reply, { isTokenRequest }: ApiRequest): ResponseExplanation {
	const keyError = findSubscriptionKeyError(text);
	if (keyError) return { text: keyError, next: 'endRun' };
	if (isTokenRequest) return { text: messages.clientCredentialsRejected, next: 'endRun' };
	return { text: messages.tokenRejected, next: 'renewToken' };
}

/** Word, not a part of "quotation", in the gateway's 403 for an exhausted quota. Any other 403 is a missing permission. */
const QUOTA_TEXT = /\bquota\b/i;

/** Explains a status below 500 that rejects the request. Without quota, GoFive rejects all others, too. */
function explainRejection(reply: Reply, request: ApiRequest): ResponseExplanation {
	const text = getRejectionText(reply, request);
	return text.kind === 'quota' ? { text, next: 'endRun' } : { text };
}

function getRejectionText(reply: Reply, request: ApiRequest): ErrorText {
	const { status, code, description, quote, validationErrors } = reply;
	const { isTokenRequest, notFoundNote = '', urlTarget = 'operation' } = request;
	if (isTokenRequest && status === 400) return messages.clientCredentialsRejected;
	if (isTokenRequest && status === 404) return messages.tokenEndpointNotFound;
	if (code) return messages.businessError(code, description, validationErrors, getPurpose(request));
	if (status === 403) return QUOTA_TEXT.test(quote) ? messages.quota(quote) : messages.forbidden(quote);
	if (status === 404) return messages.notFound(urlTarget, quote + notFoundNote);
	return messages.rejected(status, quote, getPurpose(request));
}
