import { setTimeout } from 'node:timers/promises';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { parseBaseUrl } from '../../nodes/GoFive/api/auth/baseUrl.ts';
import { getEffect, resolveUrl, toRequestKey, type ApiRequest } from '../../nodes/GoFive/api/request/request.ts';
import { isRejected, parseEnvelope } from '../../nodes/GoFive/api/response/envelope.ts';
import { isSuccessStatus, type ApiResponse } from '../../nodes/GoFive/api/response/outcome.ts';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/response/retryAfter.ts';
import { Transport } from '../../nodes/GoFive/api/transport/transport.ts';
import { isObject, parseJson, type JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { formatSafeKey } from './keys.mts';

/** Settings of a live check. */
export interface LiveOptions {
	/** Data of the credential GoFive API. */
	credential: Record<string, string>;
	/** Code of a customer whose events are read. May be empty. */
	customerCode: string;
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

/** Reason why a question cannot be decided, in plain words. */
export class NotDecidable extends Error {}

const MAX_REQUESTS = 60;
const MAX_DURATION_MS = 5 * 60_000;
/** Time limits of a request in seconds: without data, and in total. */
const TIMEOUTS = { timeout: 15, totalTimeout: 30 };
const MAX_RATE_LIMIT_WAIT_MS = 30_000;

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

/** Sends the requests of a live check, one at a time, within limits of number and time. */
export class LiveSession {
	/** Responses with HTTP 429. */
	readonly rateLimited: Reply[] = [];
	/** Response that the report shows for the current question. */
	lastReply: Reply | undefined;
	private requestCount = 0;
	private readonly deadlineMs = Date.now() + MAX_DURATION_MS;
	private readonly baseUrl: string;
	/** Responses to reads since the last write. */
	private readonly replies = new Map<string, Reply>();

	constructor(
		private readonly context: IExecuteFunctions,
		readonly options: LiveOptions,
	) {
		this.baseUrl = parseBaseUrl(options.credential.baseUrl);
	}

	/**
	 * Sends a request that the credential signs. Equal reads share a response.
	 * @throws NotDecidable if there is no response, or if the request is a write and writes are not allowed
	 */
	async send(request: ApiRequest): Promise<Reply> {
		const [isRead, key] = [getEffect(request) === 'read', toRequestKey(request)];
		if (!isRead && !this.options.allowsWrites) throw new NotDecidable('Add --allow-writes.');
		if (!isRead) this.replies.clear();
		const url = resolveUrl(request, this.baseUrl);
		this.lastReply = this.replies.get(key) ?? (await this.exchange(this.context, request, url));
		if (isRead) this.replies.set(key, this.lastReply);
		return this.lastReply;
	}

	/**
	 * Sends a request with own headers instead of those of the credential.
	 * @throws NotDecidable if there is no response
	 */
	async sendUnsigned(headers: IDataObject, request: ApiRequest): Promise<Reply> {
		const httpRequestWithAuthentication = (_credentialType: string, options: IHttpRequestOptions) =>
			this.context.helpers.httpRequest({ ...options, headers: { ...options.headers, ...headers } });
		const unsignedContext = { helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions;
		return (this.lastReply = await this.exchange(unsignedContext, request, this.baseUrl + request.path));
	}

	/** Sends once, and again after HTTP 429. */
	private async exchange(
		context: IExecuteFunctions,
		request: ApiRequest,
		url: string,
		isRetry = false,
	): Promise<Reply> {
		if (this.requestCount >= MAX_REQUESTS || Date.now() > this.deadlineMs)
			throw new NotDecidable('The limit of requests or time was reached.');
		this.requestCount += 1;
		const outcome = await new Transport(context, TIMEOUTS).send(request, url, false);
		if (outcome.kind !== 'response') throw new NotDecidable('There was no complete response.');
		if (outcome.status >= 500) throw new NotDecidable(`HTTP ${outcome.status}.`);
		const body = parseJson(outcome.text);
		const succeeded = isSuccessStatus(outcome) && !isRejected(parseEnvelope(outcome.text));
		const reply = { ...outcome, body, succeeded, ...locateRecords(body) };
		if (reply.status !== 429) return reply;
		this.rateLimited.push(reply);
		if (isRetry) throw new NotDecidable('HTTP 429 again after a pause.');
		await setTimeout(Math.min(parseRetryAfterMs(reply.headers) ?? 1000, MAX_RATE_LIMIT_WAIT_MS));
		return await this.exchange(context, request, url, true);
	}
}
