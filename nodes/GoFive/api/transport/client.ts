import { clock, waitUntil } from '../../time/clock';
import { outcomeToError, createNotSentError } from '../response/outcomeToError';
import { toGoFiveError, type GoFiveError } from '../errors/goFiveError';
import { isRateLimited, type Outcome, type SigningError } from '../response/outcome';
import { parseOutcome } from '../response/parseOutcome';
import { resolveUrl, getEffect, toRequestKey, type ApiRequest, type RequestTimeouts } from '../request/request';
import { parseBaseUrl } from '../auth/baseUrl';
import { redactSecrets } from '../auth/redaction';
import { getAuthorization } from '../auth/sessionToken';
import { TokenRefresher } from '../auth/tokenRefresher';
import { toRequestResult, ConcurrencyLimiter, type RequestResult } from './concurrencyLimiter';
import { countRateLimit, planRetry, type RequestHistory } from './retry';
import { CREDENTIAL_TYPE, Transport, type NodeContext } from './transport';
import { InFlightRequests } from './inFlight';

/** How the requests of one run are sent. */
export interface ClientOptions extends RequestTimeouts {
	/** How many reads may be under way at once; 1 or more. The run finds out by itself how many of them are of use. */
	maxParallelRequests: number;
	/** For how many milliseconds a request waits while the rate limit refuses it; ten minutes unless set. */
	maxRateLimitWaitMs?: number;
	/** Ends everything once it is set, also what is under way; a cancelled execution does so by itself. */
	signal?: AbortSignal;
}

/** How long in milliseconds what is under way may go on once the run has failed; its message may be the one of an earlier item. */
const STOP_GRACE_MS = 1000;

/** The data, or how long to wait before the next attempt (milliseconds), beside the pause of the whole run. */
type AttemptResult = { data: unknown } | { waitMs: number };

/** Sends the requests of one run of a node. Everything about repetition, pace and tokens is decided here and below. */
export class Client {
	private readonly limiter: ConcurrencyLimiter;
	private readonly transport: Transport;
	private readonly readsInFlight = new InFlightRequests<unknown>();
	private readonly stopController = new AbortController();
	/** Set when nothing more is to be sent, so that nothing waits any more. */
	private readonly signal: AbortSignal;
	private session?: Promise<{ baseUrl: string; tokenRefresher: TokenRefresher }>;
	/** Set when the rate limit has let nothing through for as long as a request waits, so that not every request waits so long. */
	private rateLimitError?: GoFiveError;

	/** What other trouble than the rate limit made requests wait before they were sent again; the wait in milliseconds. */
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

	/** Milliseconds for which GoFive's rate limit made the run stand still. */
	get pausedMs(): number {
		return this.limiter.pausedMs;
	}

	/** The same, for which it will still stand still. */
	get pauseLeftMs(): number {
		return this.limiter.pauseLeftMs;
	}

	/** Requests that were not sent yet will not be sent; their `send` throws. What is under way gets a moment to end. */
	stop(): void {
		this.stopController.abort();
		this.transport.abortWithin(STOP_GRACE_MS);
	}

	/**
	 * Sends a request and hands out the data of GoFive's answer. Equal reads go once, if all are asked for before one is answered.
	 * @param hasPriority whether it goes before all that wait, since they need what it brings
	 * @throws GoFiveError with a message for the user
	 */
	async send(request: ApiRequest, hasPriority = false): Promise<unknown> {
		if (getEffect(request) === 'write') return await this.sendWithRetries(request, hasPriority);
		return await this.readsInFlight.dedupe(
			toRequestKey(request),
			async () => await this.sendWithRetries(request, hasPriority),
		);
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

	/** One attempt in its turn. @throws GoFiveError when it is not to be tried again */
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
			const send = async (renew: boolean) => await this.transport.send(request, url, renew);
			const outcome = await tokenRefresher
				.send(send)
				.catch(async (error) => await this.throwRedacted(toGoFiveError(error)));
			history.attempts += 1;
			requestResult = toRequestResult(outcome);
			const result = outcome.kind === 'signingError' ? { outcome } : parseOutcome(outcome, request);
			// Still in its turn: a pause has to stand before the next request may go.
			return 'data' in result ? result : { waitMs: await this.retryDelayMs(result.outcome, request, history) };
		} finally {
			this.limiter.release(slot, requestResult);
		}
	}

	/** @returns how many milliseconds to wait beside the pause of the whole run; @throws GoFiveError when the outcome stands */
	private async retryDelayMs(
		outcome: Outcome | SigningError,
		request: ApiRequest,
		history: RequestHistory,
	): Promise<number> {
		const errorContext = {
			...this.options,
			attempts: history.attempts,
			effect: getEffect(request),
			labels: request.labels,
		};
		// The request for a token decides about an unsigned one. Without such, the keeper has ended the run already.
		const isTokenRequest = outcome.kind === 'signingError';
		const [decidingOutcome, kind] = isTokenRequest ? [outcome.token, 'token' as const] : [outcome, errorContext.effect];
		if (decidingOutcome && isRateLimited(decidingOutcome)) countRateLimit(history, this.limiter.completed);
		const waitMs = decidingOutcome && planRetry(decidingOutcome, kind, history, this.options.maxRateLimitWaitMs);
		if (!waitMs) {
			const error = isTokenRequest ? outcome.error : outcomeToError(outcome, errorContext);
			if (
				decidingOutcome &&
				isRateLimited(decidingOutcome) &&
				history.completedBeforeRateLimit === this.limiter.completed
			)
				this.rateLimitError ??= error;
			return await this.throwRedacted(error);
		}
		if (!waitMs.pausesAll) return waitMs.delayMs;
		history.rateLimitWaitMs += waitMs.delayMs;
		this.limiter.pause(waitMs.delayMs);
		return 0;
	}

	/** Throws the failure. The credential is asked for anew, since n8n may have renewed the token. */
	private async throwRedacted(error: GoFiveError): Promise<never> {
		throw redactSecrets(error, await this.nodeContext.getCredentials(CREDENTIAL_TYPE));
	}

	private async loadSession(): Promise<{ baseUrl: string; tokenRefresher: TokenRefresher }> {
		const credential = await this.nodeContext.getCredentials(CREDENTIAL_TYPE);
		const readAuthorization = async () => getAuthorization(await this.nodeContext.getCredentials(CREDENTIAL_TYPE));
		const tokenRefresher = new TokenRefresher(
			credential.authentication !== 'accessToken',
			readAuthorization,
			this.signal,
		);
		if (getAuthorization(credential) !== '') this.limiter.enableConcurrency();
		return { baseUrl: parseBaseUrl(credential.baseUrl), tokenRefresher };
	}
}
