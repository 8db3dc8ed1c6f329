/**
 * Everything between an operation and GoFive's API. Starting with the user's view, the files are:
 *
 * - client.ts: the requests of one run, with retries. Start here.
 * - evaluate.ts: what the outcome of a request means. envelope.ts, serverMessage.ts and messages.ts serve it.
 * - concurrencyLimiter.ts, tokenRefresher.ts: how many requests are in flight, and which token they use.
 * - transport.ts, signing.ts, tokenRequest.ts: one HTTP request, its signature and the token.
 *
 * Operations, the trigger and the credential import this folder. It knows no n8n parameter.
 */

import { clock, waitUntil } from '../time/clock';
import { MINUTE_MS } from '../shared/units';
import { computeBackoffMs, ConcurrencyLimiter } from './concurrencyLimiter';
import { toGoFiveError, type GoFiveError } from './errors';
import { evaluate, toUnreadableResult } from './evaluate';
import type { Failure, Outcome, RequestResult, ServerLoad } from './outcome';
import { getEffect, resolveUrl, toRequestKey, type ApiRequest, type RequestTimeouts } from './request';
import { Redactor } from './serverMessage';
import { getAuthorization, listSecrets, parseBaseUrl, removeBearer, type SigningState } from './signing';
import { TokenRefresher, type Attempt } from './tokenRefresher';
import { CREDENTIAL_TYPE, Transport, type NodeContext } from './transport';

/** Options for the requests of one run. */
export interface ClientOptions extends RequestTimeouts {
	/** Maximum number of requests in flight, at least 1. Below it the run adapts the number to the server. */
	maxParallelRequests: number;
	/** Total time in ms that the run waits for the rate limit without an accepted request. Defaults to ten minutes. */
	maxRateLimitWaitMs?: number;
	/** Ends all requests, including those in flight. Ignored in `execute`, where n8n has a signal of its own. */
	signal?: AbortSignal;
}

/** Maximum number of attempts, without rejections by the rate limit. The waits between them add up to 4 to 8 seconds. */
const MAX_ATTEMPTS = 5;
const MAX_RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;
/**
 * Time in ms for which requests in flight may continue once the run has failed. Such a request may belong to an earlier
 * item, whose error is then reported instead.
 */
const STOP_GRACE_MS = 1000;

/** Attempts of a request that failed temporarily, and the time in ms that it has waited for the next one. */
interface RetryHistory {
	failedAttempts: number;
	waitedMs: number;
}

/** Base URL and token of a run. */
interface Session {
	baseUrl: string;
	tokenRefresher: TokenRefresher;
}

/** Sends the requests of one run of a node, with retries, adaptive concurrency and refresh of the token. */
export class Client {
	/** Limits the requests in flight. It knows how long the rate limit has paused the run. */
	readonly limiter: ConcurrencyLimiter;
	/** Masks the secrets of the credential. The errors that {@link send} throws are masked already. */
	readonly redactor = new Redactor();
	/** Retries for other reasons than the rate limit: number of requests, and longest total wait of one in ms. */
	readonly retries = { requests: 0, longestWaitMs: 0 };

	private readonly transport: Transport;
	/** Equal reads share one request. */
	private readonly readsInFlight = new Map<string, Promise<unknown>>();
	private readonly stopController = new AbortController();
	/** Aborted when the execution is cancelled or the run is stopped. Ends all waits. */
	private readonly signal: AbortSignal;
	private session?: Promise<Session>;
	/** Set once no request of the run can succeed. All others then fail without being sent. */
	private fatalError?: GoFiveError;

	constructor(
		private readonly nodeContext: NodeContext,
		private readonly options: ClientOptions,
	) {
		const executionSignal =
			'getExecutionCancelSignal' in nodeContext ? nodeContext.getExecutionCancelSignal() : options.signal;
		const { signal } = this.stopController;
		this.signal = executionSignal ? AbortSignal.any([executionSignal, signal]) : signal;
		this.limiter = new ConcurrencyLimiter(options.maxParallelRequests, this.signal);
		this.transport = new Transport(nodeContext, options, executionSignal);
	}

	/** Stops sending. Waiting requests fail, and those in flight may continue for one second. */
	stop(): void {
		if (this.stopController.signal.aborted) return;
		this.stopController.abort();
		clock.timeoutSignal(STOP_GRACE_MS).onabort = this.transport.cancelAll;
	}

	/**
	 * Sends a request and returns the data of the response. Identical reads in flight share one request.
	 *
	 * @throws GoFiveError if the request is not successful.
	 */
	async send(request: ApiRequest): Promise<unknown> {
		if (getEffect(request) === 'write') return await this.sendWithRetries(request);
		const key = toRequestKey(request);
		const read = this.readsInFlight.get(key) ?? this.sendWithRetries(request);
		this.readsInFlight.set(key, read);
		// All responses of a run may take gigabytes, so each is released once its callers have it.
		return await read.finally(() => this.readsInFlight.delete(key));
	}

	private async sendWithRetries(request: ApiRequest): Promise<unknown> {
		const history: RetryHistory = { failedAttempts: 0, waitedMs: 0 };
		for (let attempts = 1; ; attempts += 1) {
			const result = await this.sendWithinLimit(request, attempts, history);
			if ('data' in result) return result.data;
			if (!result.retry) throw result.error;
			// The rate limit applies to all requests of the run, so the limiter has paused the run.
			if (result.retry.reason === 'transient') await this.waitForRetry(result, history);
		}
	}

	/**
	 * Waits before a request is sent again after a temporary failure.
	 *
	 * @throws GoFiveError if its attempts are used up.
	 */
	private async waitForRetry({ credential, error, retry }: Failure, history: RetryHistory): Promise<void> {
		history.failedAttempts += 1;
		if (history.failedAttempts >= MAX_ATTEMPTS) {
			// Without a token, no other request can succeed.
			if (credential === 'unusable') this.fatalError ??= error;
			throw error;
		}
		const waitMs = retry?.afterMs ?? computeBackoffMs(history.failedAttempts);
		if (history.waitedMs === 0) this.retries.requests += 1;
		history.waitedMs += waitMs;
		this.retries.longestWaitMs = Math.max(this.retries.longestWaitMs, history.waitedMs);
		await waitUntil(clock.now() + waitMs, this.signal);
	}

	/**
	 * Waits until the limiter lets the request go on, and sends it. It is sent again only with a new token.
	 *
	 * @param attempts - Number of attempts so far, including this one.
	 * @param history - Attempts and waits of the request, also those for a token.
	 * @throws GoFiveError if the request is not sent.
	 */
	private async sendWithinLimit(request: ApiRequest, attempts: number, history: RetryHistory): Promise<RequestResult> {
		const sentAt = await this.limiter.acquire();
		let load: ServerLoad = 'ignored';
		try {
			for (;;) {
				const result = await this.sendWithToken(request, attempts);
				if ('data' in result) {
					load = 'completed';
					return result;
				}
				load = result.load;
				// Without a token, the other requests wait as well. Otherwise each of them would request one.
				const isTokenUnavailable = result.credential === 'unusable' && result.retry?.reason === 'transient';
				if (!isTokenUnavailable) return this.recordFailure(result, sentAt);
				await this.waitForRetry(result, history);
			}
		} catch (error) {
			throw this.redactor.redact(toGoFiveError(error));
		} finally {
			// Released last: a pause must begin before the next request is sent.
			this.limiter.release(sentAt, load);
		}
	}

	/**
	 * Sends a request, and again after a refresh of the token.
	 *
	 * @throws GoFiveError if the request is not sent.
	 */
	private async sendWithToken(request: ApiRequest, attempts: number): Promise<RequestResult> {
		this.assertMaySend(request, attempts);
		this.session ??= this.openSession();
		const { baseUrl, tokenRefresher } = await this.session;
		const url = resolveUrl(request, baseUrl);
		return await tokenRefresher.send(
			async (rejectedAuthorization) => await this.sendAttempt(request, url, attempts, rejectedAuthorization),
		);
	}

	/** @throws GoFiveError if the run has failed or was cancelled */
	private assertMaySend(request: ApiRequest, attempts: number): void {
		if (this.fatalError) throw this.fatalError;
		if (!this.signal.aborted) return;
		// A write is sent again only if GoFive has not processed it, so before a retry it still counts as not sent.
		const wasSent = attempts > 1 && getEffect(request) === 'read';
		const result = this.evaluate({ kind: 'aborted', reason: wasSent ? 'cancelled' : 'notSent' }, request, attempts);
		if ('error' in result) throw result.error;
	}

	/** Sends a request once with the stored token, or with a new one if the rejected one is still stored. */
	private async sendAttempt(
		request: ApiRequest,
		url: string,
		attempts: number,
		rejectedAuthorization?: string,
	): Promise<Attempt> {
		const signingState: SigningState = { rejectedAuthorization };
		try {
			const outcome = await this.transport.send(request, url, signingState);
			this.redactor.add(removeBearer(signingState.authorization));
			return { result: this.evaluate(outcome, request, attempts), authorization: signingState.authorization };
		} catch {
			// The text of JavaScript names no cause that a user knows. A write may have been processed.
			return { result: toUnreadableResult(request) };
		}
	}

	private evaluate(outcome: Outcome, request: ApiRequest, attempts: number): RequestResult {
		return evaluate(outcome, request, { ...this.options, attempts, redact: this.redactor.redactText });
	}

	/** Pauses the run for the rate limit, and ends it if no other request can succeed. */
	private recordFailure(failure: Failure, sentAt: number): Failure {
		const { credential, error, retry } = failure;
		if (credential === 'unusable' && !retry) this.fatalError ??= error;
		if (retry?.reason !== 'rateLimit') return failure;
		const { maxRateLimitWaitMs = MAX_RATE_LIMIT_WAIT_MS } = this.options;
		if (this.limiter.pause(sentAt, retry.afterMs, maxRateLimitWaitMs)) return failure;
		this.fatalError ??= error;
		return { ...failure, retry: undefined };
	}

	private async openSession(): Promise<Session> {
		const credential = await this.nodeContext.getCredentials(CREDENTIAL_TYPE);
		for (const secret of listSecrets(credential)) this.redactor.add(secret);
		const isRefreshable = credential.authentication !== 'accessToken';
		const readAuthorization = async () =>
			await this.nodeContext.getCredentials(CREDENTIAL_TYPE).then(getAuthorization, () => '');
		const tokenRefresher = new TokenRefresher(isRefreshable, readAuthorization, this.signal);
		if (getAuthorization(credential) !== '') this.limiter.start();
		return { baseUrl: parseBaseUrl(credential.baseUrl), tokenRefresher };
	}
}
