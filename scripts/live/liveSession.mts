import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { parseBaseUrl } from '../../nodes/GoFive/api/auth/baseUrl.ts';
import { getEffect, resolveUrl, toRequestKey, type ApiRequest } from '../../nodes/GoFive/api/request/request.ts';
import { isRejected, parseEnvelope } from '../../nodes/GoFive/api/response/envelope.ts';
import { isSuccessStatus, type ApiResponse, type Outcome } from '../../nodes/GoFive/api/response/outcome.ts';
import { isTokenRejected, outcomeToError } from '../../nodes/GoFive/api/response/outcomeToError.ts';
import { planRetry } from '../../nodes/GoFive/api/transport/retry.ts';
import { Transport } from '../../nodes/GoFive/api/transport/transport.ts';
import { isObject, parseJson, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { clock, waitUntil } from '../../nodes/GoFive/time/clock.ts';
import { formatSafeKey } from './keys.mts';

/** Settings of a live check. */
export interface LiveOptions {
	/** Data of the credential GoFive API. */
	credential: Record<string, string>;
	/** Environment variables, of which some contain the IDs of records to read. */
	variables: Record<string, string | undefined>;
	/** Whether a test event is created, updated and deleted. */
	allowsWrites: boolean;
}

/** Parsed response of GoFive or its gateway. */
export interface Reply extends ApiResponse {
	body: unknown;
	/** Whether HTTP status and business code report a success. */
	succeeded: boolean;
	/** Path to the records, for example `data.value`. Empty if there are none. */
	place: string;
	records: JsonObject[];
}

/** Reason why a question cannot be decided, in plain words. The cause is the node's error, if there was no response. */
export class NotDecidable extends Error {}

/** Maximum number of requests. Does not include retries and the token requests of the credential. */
const MAX_REQUESTS = 60;
const MAX_DURATION_MS = 5 * 60_000;
/** Time limits of a request in seconds: without data, and in total. */
const TIMEOUTS = { timeout: 15, totalTimeout: 30 };
/** Time for which all requests together wait for the rate limit. */
const MAX_RATE_LIMIT_WAIT_MS = 2 * 60_000;

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

/** @throws NotDecidable if there was no response */
function toReply(outcome: Outcome): Reply {
	if (outcome.kind !== 'response') {
		const cause = outcomeToError(outcome, { ...TIMEOUTS, attempts: 1, effect: 'read' });
		throw new NotDecidable('There was no complete response, or no access token.', { cause });
	}
	const succeeded = isSuccessStatus(outcome) && !isRejected(parseEnvelope(outcome.text));
	const body = parseJson(outcome.text);
	return { ...outcome, body, succeeded, ...locateRecords(body) };
}

/** Whether another response may follow later: the rate limit or a server error. */
const isTemporary = ({ status }: Reply): boolean => status === 429 || status >= 500;

/** @throws NotDecidable if the HTTP status reports a failure that has nothing to do with the question */
function assertDecisive(reply: Reply, indecisiveStatuses: number[] = []): Reply {
	if (isTemporary(reply) || indecisiveStatuses.includes(reply.status)) throw new NotDecidable(`HTTP ${reply.status}.`);
	return reply;
}

/** Sends the requests of a live check, one at a time, within limits of number and time. */
export class LiveSession {
	/** Responses with HTTP 429. */
	readonly rateLimited: Reply[] = [];
	/** Response that the report shows for the current question. */
	lastReply: Reply | undefined;
	private requestCount = 0;
	private rateLimitWaitMs = 0;
	private readonly deadlineMs = clock.now() + MAX_DURATION_MS;
	private readonly baseUrl: string;
	/** Responses to reads since the last write, without temporary ones. */
	private readonly replies = new Map<string, Reply>();

	constructor(
		private readonly context: IExecuteFunctions,
		readonly options: LiveOptions,
	) {
		this.baseUrl = parseBaseUrl(options.credential.baseUrl);
	}

	/**
	 * Sends a request like `receive`.
	 * @throws NotDecidable like `receive`, and if the HTTP status is 401, 403, 429 or a server error
	 */
	async send(request: ApiRequest): Promise<Reply> {
		return assertDecisive(await this.receive(request), [401, 403]);
	}

	/**
	 * Sends a request that the credential signs. Equal reads share a response.
	 * @throws NotDecidable if there is no response, or if the request is a write and writes are not allowed
	 */
	async receive(request: ApiRequest): Promise<Reply> {
		const [isRead, key] = [getEffect(request) === 'read', toRequestKey(request)];
		if (!isRead && !this.options.allowsWrites) throw new NotDecidable('Add --allow-writes.');
		if (!isRead) this.replies.clear();
		const url = resolveUrl(request, this.baseUrl);
		this.lastReply = this.replies.get(key) ?? (await this.exchange(request, url));
		if (isRead && !isTemporary(this.lastReply)) this.replies.set(key, this.lastReply);
		return this.lastReply;
	}

	/**
	 * Sends a request with other headers instead of the headers of the credential.
	 * @throws NotDecidable if there is no response, or if the HTTP status is 429 or a server error
	 */
	async sendUnsigned(headers: IDataObject, request: ApiRequest): Promise<Reply> {
		const httpRequestWithAuthentication = (_credentialType: string, options: IHttpRequestOptions) =>
			this.context.helpers.httpRequest({ ...options, headers: { ...options.headers, ...headers } });
		const unsignedContext = { helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions;
		this.lastReply = await this.exchange(request, this.baseUrl + request.path, unsignedContext);
		return assertDecisive(this.lastReply);
	}

	/** Sends a request, and sends it again after HTTP 429, and with a new token after HTTP 401. */
	private async exchange(request: ApiRequest, url: string, context = this.context): Promise<Reply> {
		const transport = new Transport(context, TIMEOUTS);
		const canRefreshToken = context === this.context && this.options.credential.authentication !== 'accessToken';
		this.requestCount += 1;
		for (let attempts = 1; ; attempts += 1) {
			if (this.requestCount > MAX_REQUESTS || clock.now() > this.deadlineMs)
				throw new NotDecidable('The limit of requests or time was reached.');
			let outcome = await transport.send(request, url, false);
			if (canRefreshToken && isTokenRejected(outcome)) outcome = await transport.send(request, url, true);
			const reply = toReply(outcome);
			if (reply.status !== 429) return reply;
			this.rateLimited.push(reply);
			const history = { attempts, rateLimitedAttempts: attempts, rateLimitWaitMs: this.rateLimitWaitMs };
			const delayMs = planRetry(reply, getEffect(request), history, MAX_RATE_LIMIT_WAIT_MS);
			if (delayMs === undefined) return reply;
			this.rateLimitWaitMs += delayMs;
			await waitUntil(clock.now() + delayMs);
		}
	}
}
