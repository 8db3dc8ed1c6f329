/**
 * Sending of requests: retries, concurrency, timeouts and the HTTP request itself.
 * Operations and the trigger import client.ts. The other files are used only in here.
 * Start here, then read transport.ts (one request), retry.ts (when to retry) and concurrencyLimiter.ts (how many).
 */

import { clock, waitUntil } from '../../time/clock';
import { outcomeToError, createNotSentError, toResponseError } from '../response/outcomeToError';
import { withWriteStatus } from '../response/writeStatus';
import { GoFiveError } from '../errors/goFiveError';
import { isRateLimited, type Outcome } from '../response/outcome';
import { extractResponseData } from '../response/extractResponseData';
import { resolveUrl, getEffect, toRequestKey, type ApiRequest, type RequestTimeouts } from '../request/request';
import { parseBaseUrl } from '../auth/baseUrl';
import { SecretRedactor } from '../auth/redaction';
import { getAuthorization, removeBearer } from '../auth/sessionToken';
import { TokenRefresher } from '../auth/tokenRefresher';
import { toRequestResult, ConcurrencyLimiter, type RequestResult } from './concurrencyLimiter';
import { planRetry, type RequestHistory } from './retry';
import { CREDENTIAL_TYPE, Transport, type NodeContext } from './transport';

/** Options for the requests of one run. */
export interface ClientOptions extends RequestTimeouts {
	/** Maximum number of requests in flight, at least 1. Below it the run adapts the number to the server. */
	maxParallelRequests: number;
	/** Total time in ms that a request waits for the rate limit. Defaults to ten minutes. */
	maxRateLimitWaitMs?: number;
	/** Ends all requests, including those in flight. Ignored in `execute`, where n8n has a signal of its own. */
	signal?: AbortSignal;
}

/**
 * Time in ms for which requests in flight may continue once the run has failed. Such a request may belong to an earlier
 * item, whose error is then reported instead.
 */
const STOP_GRACE_MS = 1000;

/** Data of a response, or the time in ms until the next attempt in addition to a pause of the entire run. */
type AttemptResult = { data: unknown } | { waitMs: number };

/** Sends the requests of one run of a node, with retries, adaptive concurrency and refresh of the token. */
export class Client {
	/** Limits the requests in flight. It knows how long the rate limit has paused the run. */
	readonly limiter: ConcurrencyLimiter;
	private readonly transport: Transport;
	/** Equal reads share one request. */
	private readonly readsInFlight = new Map<string, Promise<unknown>>();
	private readonly stopController = new AbortController();
	/** Aborted when the execution is cancelled or the run is stopped. Ends all waits. */
	private readonly signal: AbortSignal;
	private session?: Promise<{ baseUrl: string; tokenRefresher: TokenRefresher }>;
	/** Set if a request waited for the rate limit in vain while it accepted no other. All others then fail at once. */
	private rateLimitError?: GoFiveError;

	/** Masks the secrets of the credential. The errors that {@link send} throws are masked already. */
	readonly redactor = new SecretRedactor();

	/** Retries for other reasons than the rate limit: number of requests, and longest total wait of one in ms. */
	readonly retries = { requests: 0, longestWaitMs: 0 };

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
		this.stopController.abort();
		this.transport.timeoutWatch.shorten(STOP_GRACE_MS);
	}

	/**
	 * Sends a request and returns the data of the response. Identical reads in flight share one request.
	 *
	 * @param hasPriority - True to send it before waiting requests, because they need its result.
	 * @throws GoFiveError if the request is not successful.
	 */
	async send(request: ApiRequest, hasPriority = false): Promise<unknown> {
		if (getEffect(request) === 'write') return await this.sendWithRetries(request, hasPriority);
		const key = toRequestKey(request);
		const read = this.readsInFlight.get(key) ?? this.sendWithRetries(request, hasPriority);
		this.readsInFlight.set(key, read);
		// All responses of a run may take gigabytes, so each is released once its callers have it.
		return await read.finally(() => this.readsInFlight.delete(key));
	}

	private async sendWithRetries(request: ApiRequest, hasPriority: boolean): Promise<unknown> {
		const history: RequestHistory = { attempts: 0, rateLimitedAttempts: 0, rateLimitWaitMs: 0 };
		for (let waitedMs = 0; ; ) {
			const result = await this.sendOnce(request, history, hasPriority || history.attempts > 0);
			if ('data' in result) return result.data;
			if (result.waitMs === 0) continue;
			if (waitedMs === 0) this.retries.requests += 1;
			waitedMs += result.waitMs;
			this.retries.longestWaitMs = Math.max(this.retries.longestWaitMs, waitedMs);
			await waitUntil(clock.now() + result.waitMs, this.signal);
		}
	}

	/**
	 * Waits for a slot and sends the request once.
	 *
	 * @throws GoFiveError if the request is not retried.
	 */
	private async sendOnce(request: ApiRequest, history: RequestHistory, hasPriority: boolean): Promise<AttemptResult> {
		let requestResult: RequestResult = 'rejected';
		const slot = await this.limiter.acquire(hasPriority);
		try {
			if (this.signal.aborted)
				throw createNotSentError({ ...this.options, attempts: history.attempts, effect: getEffect(request) });
			if (this.rateLimitError) throw this.rateLimitError;
			this.session ??= this.loadSession();
			const { baseUrl, tokenRefresher } = await this.session;
			const url = resolveUrl(request, baseUrl);
			const attempt = async (rejectedAuthorization?: string) => {
				const outcome = await this.transport.send(request, url, rejectedAuthorization);
				if (outcome.kind === 'response') this.redactor.add(removeBearer(outcome.authorization));
				return outcome;
			};
			try {
				const outcome = await tokenRefresher.send(attempt);
				history.attempts += 1;
				requestResult = toRequestResult(outcome);
				const result = extractResponseData(outcome, request);
				return 'data' in result ? result : { waitMs: this.planNextAttempt(result.outcome, request, history) };
			} catch (error) {
				// Only our own errors say whether GoFive has processed a write.
				if (error instanceof GoFiveError) throw this.redactor.redact(error);
				throw this.redactor.redact(withWriteStatus(toResponseError(error), 'unknown', getEffect(request)));
			}
		} finally {
			// The slot is released last: a pause must begin before the next request is sent.
			this.limiter.release(slot, requestResult);
		}
	}

	/**
	 * Returns the time in ms until the next attempt. If the rate limit rejected the request, pauses the run instead.
	 *
	 * @throws GoFiveError if the outcome is final.
	 */
	private planNextAttempt(outcome: Outcome, request: ApiRequest, history: RequestHistory): number {
		const errorContext = { ...this.options, ...request, attempts: history.attempts, effect: getEffect(request) };
		// If signing failed, the outcome of the token request decides about a retry.
		const [decidingOutcome, kind] =
			outcome.kind === 'signingError' ? [outcome.tokenOutcome, 'token' as const] : [outcome, errorContext.effect];
		const wasRateLimited = decidingOutcome !== undefined && isRateLimited(decidingOutcome);
		if (wasRateLimited) {
			history.rateLimitedAttempts += 1;
			history.acceptedBeforeRateLimit ??= this.limiter.acceptedRequests;
		}
		const delayMs = decidingOutcome && planRetry(decidingOutcome, kind, history, this.options.maxRateLimitWaitMs);
		if (delayMs === undefined) {
			const error = outcomeToError(outcome, errorContext);
			const hasAcceptedNoneMeanwhile = history.acceptedBeforeRateLimit === this.limiter.acceptedRequests;
			if (wasRateLimited && hasAcceptedNoneMeanwhile) this.rateLimitError ??= error;
			throw error;
		}
		// The rate limit applies to all requests of the run, so all of them wait.
		if (!wasRateLimited) return delayMs;
		history.rateLimitWaitMs += delayMs;
		this.limiter.pause(delayMs);
		return 0;
	}

	private async loadSession(): Promise<{ baseUrl: string; tokenRefresher: TokenRefresher }> {
		const credential = await this.nodeContext.getCredentials(CREDENTIAL_TYPE);
		this.redactor.addCredential(credential);
		const readAuthorization = async () =>
			await this.nodeContext.getCredentials(CREDENTIAL_TYPE).then(getAuthorization, () => '');
		const isRefreshable = credential.authentication !== 'accessToken';
		const tokenRefresher = new TokenRefresher(isRefreshable, readAuthorization, this.signal);
		if (getAuthorization(credential) !== '') this.limiter.enableConcurrency();
		return { baseUrl: parseBaseUrl(credential.baseUrl), tokenRefresher };
	}
}
