import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { RequestSender } from '../../nodes/GoFive/api/client.ts';
import { computeBackoffMs } from '../../nodes/GoFive/api/concurrencyLimiter.ts';
import { GoFiveError } from '../../nodes/GoFive/api/errors.ts';
import { evaluate } from '../../nodes/GoFive/api/evaluate.ts';
import type { Failure } from '../../nodes/GoFive/api/failure.ts';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import type { ApiResponse, Outcome } from '../../nodes/GoFive/api/outcome.ts';
import { getEffect, resolveUrl, toRequestKey, type ApiRequest } from '../../nodes/GoFive/api/request.ts';
import { parseBaseUrl, type SigningState } from '../../nodes/GoFive/api/signing.ts';
import { Transport } from '../../nodes/GoFive/api/transport.ts';
import { isObject, parseJson, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { clock, waitUntil } from '../../nodes/GoFive/time/clock.ts';
import { describeReply, formatSafeKey } from './keys.mts';

/** Settings of a live check. */
export interface LiveOptions {
	/** Data of the credential GoFive API. */
	credential: Record<string, string>;
	/** Environment variables of the check, of which some contain the IDs of records to read. */
	variables: Record<string, string | undefined>;
	/** Whether a test event is created, updated and deleted. */
	allowsWrites: boolean;
}

/** Parsed response of GoFive or its gateway. */
export interface Reply extends ApiResponse {
	/** Authorization header of the request, if the credential signed it. */
	authorization?: string;
	body: unknown;
	/** Whether HTTP status and body report a success. */
	succeeded: boolean;
	/** Whether GoFive's business code reports a failure although the HTTP status reports a success. */
	isBusinessError: boolean;
	/** Path to the records, for example `data.value`. Empty if there are none. */
	place: string;
	records: JsonObject[];
}

/** Reason why a question cannot be decided, in plain words. The cause is the node's error, if there was no response. */
export class NotDecidable extends Error {}

/** @throws NotDecidable if the condition is not met */
export function assertDecidable(condition: unknown, reason: string): asserts condition {
	if (!condition) throw new NotDecidable(reason);
}

/** Maximum number of requests. Does not include retries and the token requests of the credential. */
const MAX_REQUESTS = 100;
const MAX_DURATION_MS = 5 * 60_000;
/** Time limits of a request in seconds: without data, and in total. */
const TIMEOUTS = { timeout: 15, totalTimeout: 30 };
/** Context of a response. The report quotes no text of a response, so there is nothing to mask. */
const EVALUATION_CONTEXT = { ...TIMEOUTS, redact: (text: string) => text };
/** Time for which all requests together wait for the rate limit. */
const MAX_RATE_LIMIT_WAIT_MS = 2 * 60_000;
/** Number of new tokens in a row without a successful request, after which the check requests no other token. */
const MAX_RENEWALS = 2;
/** HTTP statuses that reject the content of a request whose other content was accepted. */
const REJECTION_STATUSES = [400, 404, 422];

/** Finds the list of records in a body or, if there is none, the single record. */
function locateRecords(body: unknown): Pick<Reply, 'place' | 'records'> {
	const { data } = isObject(body) ? body : {};
	const parts = Object.entries(isObject(data) ? data : {});
	// A record with texts may contain other lists, for example its products. The object around a list has none.
	const listParts = parts.filter(([key]) => key === 'value' || !parts.some(([, value]) => typeof value === 'string'));
	const nested = listParts.map(([key, value]): [string, unknown] => [`data.${formatSafeKey(key)}`, value]);
	const candidates: Array<[string, unknown]> = [['the whole body', body], ...nested, ['data', data]];
	const found =
		candidates.find(([, value]) => Array.isArray(value)) ??
		candidates.find(([place, value]) => ['data.value', 'data'].includes(place) && isObject(value));
	return { place: found?.[0] ?? '', records: [found?.[1]].flat().filter(isObject) };
}

/** What happened to a request that was sent once. The failure is set unless the node would return data. */
interface Attempt {
	outcome: Outcome;
	failure?: Failure;
	authorization?: string;
}

/**
 * Sends a request once.
 * @param rejectedAuthorization - Authorization header that GoFive rejected, so that a new token is needed
 */
async function sendOnce(
	transport: Transport,
	request: ApiRequest,
	url: string,
	rejectedAuthorization?: string,
): Promise<Attempt> {
	const signingState: SigningState = { rejectedAuthorization };
	const outcome = await transport.send(request, url, signingState);
	const result = evaluate(outcome, request, EVALUATION_CONTEXT);
	const failure = 'error' in result ? result : undefined;
	return { outcome, failure, authorization: signingState.authorization };
}

/** @throws NotDecidable if there was no response */
function toReply({ outcome, failure, authorization }: Attempt): Reply {
	if (outcome.kind !== 'response')
		throw new NotDecidable('There was no complete response, or no access token.', { cause: failure?.error });
	const { status, text } = outcome;
	const body = parseJson(text);
	const hasSuccessStatus = status >= 200 && status <= 299;
	// The node also accepts an empty response to a deletion, which decides no question. It rejects a list without an
	// envelope, whose records a question can use.
	const isValid = body !== undefined && (!failure || Array.isArray(body));
	const isBusinessError = hasSuccessStatus && failure?.error.kind === 'refused';
	const succeeded = hasSuccessStatus && isValid;
	return { ...outcome, authorization, body, succeeded, isBusinessError, ...locateRecords(body) };
}

/**
 * Returns whether a request was accepted. Most failures do not show that it was rejected, for example HTTP 403.
 * @param rejectionStatuses - HTTP statuses that show it. A business error counts as HTTP 400
 * @throws NotDecidable if the response shows neither
 */
export function isAccepted(reply: Reply, rejectionStatuses = REJECTION_STATUSES): boolean {
	const isRejection = rejectionStatuses.includes(reply.isBusinessError ? 400 : reply.status);
	assertDecidable(reply.succeeded || isRejection, `${describeReply(reply)}.`);
	return reply.succeeded;
}

/** @throws NotDecidable if the response is not a success */
export function assertAccepted(reply: Reply): Reply {
	isAccepted(reply, []);
	return reply;
}

/** @throws GoFiveError that explains why a request has no response */
function throwCause(error: unknown): never {
	if (!(error instanceof NotDecidable)) throw error;
	const { cause } = error;
	throw cause instanceof GoFiveError ? cause : new GoFiveError({ ...messages.cancelledRead, ended: 'beforeSending' });
}

/** Sends the requests of a live check, one at a time, within limits of number and time. */
export class LiveSession {
	/** Rejections by the rate limit. Those of a token request have no reply. */
	readonly rateLimits: Array<Pick<Failure, 'afterMs'> & { reply?: Reply }> = [];
	/** Number of writes. */
	writeCount = 0;
	/** Response that the report shows for the current question. */
	lastReply: Reply | undefined;
	/** Text that the report shows in place of the response. */
	observation: string | undefined;
	private requestCount = 0;
	private rateLimitWaitMs = 0;
	private consecutiveRenewals = 0;
	private readonly deadlineMs = clock.now() + MAX_DURATION_MS;
	/** Responses to reads, without temporary ones, by number of writes and by request. */
	private readonly replies = new Map<string, Reply>();

	constructor(
		private readonly context: IExecuteFunctions,
		readonly options: LiveOptions,
	) {}

	/**
	 * Sends a request that the credential signs. Equal reads share a response.
	 * @throws NotDecidable if there is no response, or if the request is a write and writes are not allowed
	 */
	async send(request: ApiRequest): Promise<Reply> {
		const isRead = getEffect(request) === 'read';
		const key = `${this.writeCount} ${toRequestKey(request)}`;
		if (!isRead && !this.options.allowsWrites) throw new NotDecidable('Add --allow-writes.');
		if (!isRead) this.writeCount += 1;
		const url = resolveUrl(request, parseBaseUrl(this.options.credential.baseUrl));
		this.lastReply = this.replies.get(key) ?? (await this.exchange(request, url));
		if (isRead && this.lastReply.status !== 429 && this.lastReply.status < 500) this.replies.set(key, this.lastReply);
		return this.lastReply;
	}

	/**
	 * Sends a request with other headers instead of the headers of the credential.
	 * @throws NotDecidable if there is no response
	 */
	async sendUnsigned(headers: IDataObject, request: ApiRequest): Promise<Reply> {
		const httpRequestWithAuthentication = (_credentialType: string, options: IHttpRequestOptions) =>
			this.context.helpers.httpRequest({ ...options, headers: { ...options.headers, ...headers } });
		const unsignedContext = { helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions;
		const url = parseBaseUrl(this.options.credential.baseUrl) + request.path;
		this.lastReply = await this.exchange(request, url, unsignedContext);
		return this.lastReply;
	}

	/**
	 * Creates what code of the node sends its reads with, one at a time.
	 * @param onReply - Called with each response.
	 */
	createSender(onReply: (request: ApiRequest, reply: Reply) => void): RequestSender {
		let lastSend: Promise<unknown> = Promise.resolve();
		const sendNext = async (request: ApiRequest, isEnded?: () => boolean): Promise<unknown> => {
			if (isEnded?.()) throw new GoFiveError({ ...messages.cancelledRead, ended: 'beforeSending' });
			const reply = await this.send(request).catch(throwCause);
			onReply(request, reply);
			const result = evaluate(reply, request, EVALUATION_CONTEXT);
			if ('error' in result) throw result.error;
			return result.data;
		};
		return {
			async send(request, isEnded) {
				const sent = lastSend.then(async () => await sendNext(request, isEnded));
				lastSend = sent.catch(() => undefined);
				return await sent;
			},
			toError: (error) => (error instanceof GoFiveError ? error : new GoFiveError(messages.unexpectedFormat)),
		};
	}

	/** Sends a request, and sends it again after HTTP 429, and with a new token after HTTP 401. */
	private async exchange(request: ApiRequest, url: string, context = this.context): Promise<Reply> {
		const transport = new Transport(context, TIMEOUTS);
		const canRenewToken = context === this.context && this.options.credential.authentication !== 'accessToken';
		this.requestCount += 1;
		for (let attempts = 1; ; attempts += 1) {
			const isWithinLimits = this.requestCount <= MAX_REQUESTS && clock.now() <= this.deadlineMs;
			assertDecidable(isWithinLimits, 'The limit of requests or time was reached.');
			let attempt = await sendOnce(transport, request, url);
			if (canRenewToken && attempt.failure?.next === 'renewToken') {
				this.consecutiveRenewals += 1;
				assertDecidable(this.consecutiveRenewals <= MAX_RENEWALS, 'GoFive rejected two new tokens in a row.');
				attempt = await sendOnce(transport, request, url, attempt.authorization);
			}
			const { next, afterMs } = attempt.failure ?? {};
			const reply = attempt.outcome.kind === 'response' ? toReply(attempt) : undefined;
			if (canRenewToken && reply?.succeeded) this.consecutiveRenewals = 0;
			if (next !== 'pause') return toReply(attempt);
			this.rateLimits.push({ afterMs, reply });
			const delayMs = afterMs ?? computeBackoffMs(attempts);
			if (this.rateLimitWaitMs + delayMs > MAX_RATE_LIMIT_WAIT_MS) return toReply(attempt);
			this.rateLimitWaitMs += delayMs;
			await waitUntil(clock.now() + delayMs);
		}
	}
}
