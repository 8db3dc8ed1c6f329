/**
 * Everything between an operation and GoFive's API. Start here: the requests of one run, and the loop that sends them.
 *
 * - request.ts: what is to be sent. transport.ts, signing.ts, tokenRequest.ts: how it is sent once, signed, with a token.
 * - outcome.ts: what n8n returned or threw. evaluate.ts: what that means, which gives data or a Failure.
 *   httpStatus.ts, envelope.ts, responseTexts.ts, serverMessage.ts and messages.ts serve it.
 * - failure.ts: what follows each failure, and how often and how long a request is sent again.
 * - session.ts: one request and its attempts, from the URL to the result of each. debugLog.ts: what it writes to n8n's log.
 * - concurrencyLimiter.ts, tokenState.ts, availability.ts: when a request may be sent, and with which token, or never.
 * - rowResults.ts: the rows of a batch. errors.ts: the error of the node. redactor.ts: masks secrets.
 *
 * Operations, the trigger and the credential import this folder. It knows no n8n parameter.
 */

import { clock, waitUntil } from '../time/clock';
import { MINUTE_MS, SECOND_MS } from '../shared/units';
import { Availability } from './availability';
import { computeBackoffMs, ConcurrencyLimiter } from './concurrencyLimiter';
import { toGoFiveError, type ErrorText, type GoFiveError } from './errors';
import type { Failure, RequestResult } from './failure';
import type { Redactor } from './redactor';
import { getEffect, getTotalTimeoutSeconds, toRequestKey, type ApiRequest, type RequestTimeouts } from './request';
import { Sending, type SendOptions, Session } from './session';
import { Transport, type NodeContext } from './transport';

/** Options for the requests of one run. */
export interface ClientOptions extends RequestTimeouts {
	/** Maximum number of requests in flight, at least 1. Below it the run adapts the number to the server. */
	maxParallelRequests: number;
	/** Total time in ms that the run waits for the rate limit without an accepted request. Defaults to ten minutes. */
	maxRateLimitWaitMs?: number;
	/** Longest wait in ms before a request is sent again after a temporary failure. It fails if Retry-After is longer. */
	maxRetryAfterMs?: number;
	/** Aborts all requests, including those in flight. Ignored in `execute`, where n8n has a signal of its own. */
	signal?: AbortSignal;
	/** Returns the text for requests that the signal aborts. Defaults to that of a cancelled execution. */
	getAbortText?(): ErrorText | undefined;
}

/** Number of temporary failures of a request after which it fails, including those of its token request. */
const MAX_FAILURES = 5;
const MAX_RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;
/**
 * Time in ms for which requests in flight may continue once the run has failed. Such a request may belong to an earlier
 * item, whose error is then reported instead.
 */
const STOP_GRACE_MS = 1000;
/**
 * Wait in ms after a new token was rejected: 250 to 1,000, so that another process has time to store its token.
 * Part of it is random, so that processes that share the credential do not renew at the same time.
 */
const MIN_RENEWAL_PAUSE_MS = 250;
const RANDOM_RENEWAL_PAUSE_MS = 750;

/** Sends the requests of one run of a node, with retries, adaptive concurrency and renewal of the token. */
export class Client {
	/** Limits the requests in flight. It knows how long the rate limit has paused the run. */
	readonly limiter: ConcurrencyLimiter;
	/** Retries for other reasons than the rate limit: number of requests, and longest total wait of one in ms. */
	readonly retries = { requests: 0, longestWaitMs: 0 };

	private readonly transport: Transport;
	private readonly session: Session;
	/** Equal reads share one request. */
	private readonly readsInFlight = new Map<string, Promise<unknown>>();
	private readonly stopController = new AbortController();
	/** Aborted when the execution is cancelled or the run is stopped. Ends all waits. */
	private readonly signal: AbortSignal;
	private readonly availability: Availability;

	constructor(
		nodeContext: NodeContext,
		private readonly options: ClientOptions,
	) {
		const executionSignal =
			'getExecutionCancelSignal' in nodeContext ? nodeContext.getExecutionCancelSignal() : options.signal;
		const { signal } = this.stopController;
		this.signal = executionSignal ? AbortSignal.any([executionSignal, signal]) : signal;
		this.limiter = new ConcurrencyLimiter(options.maxParallelRequests, this.signal);
		this.transport = new Transport(nodeContext, options, executionSignal);
		this.session = new Session(nodeContext, options, this.transport);
		this.availability = new Availability(getTotalTimeoutSeconds(options) * SECOND_MS);
	}

	/** Masks the secrets of the credential. The errors that {@link send} throws are masked already. */
	get redactor(): Redactor {
		return this.session.redactor;
	}

	/** Converts what was thrown while data was processed, to an error without secrets. */
	toError(error: unknown): GoFiveError {
		return this.session.toError(error);
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
	 * @param options - Ignored for a write.
	 * @throws GoFiveError if the request is not successful.
	 */
	async send(request: ApiRequest, options: SendOptions = {}): Promise<unknown> {
		if (getEffect(request) === 'write') return await this.sendUntilDone(request, {});
		const key = toRequestKey(request);
		const read = this.readsInFlight.get(key) ?? this.sendUntilDone(request, options);
		// Others may still need what this one does not need any more.
		if (options.isObsolete) return await read;
		this.readsInFlight.set(key, read);
		// All responses of a run may take gigabytes, so each is released once its callers have it.
		return await read.finally(() => this.readsInFlight.delete(key));
	}

	/**
	 * The only loop that sends a request again: until it succeeds, or until its failure says that it must not. The type
	 * `Next` in failure.ts describes how often and how long.
	 */
	private async sendUntilDone(request: ApiRequest, options: SendOptions): Promise<unknown> {
		const sending = new Sending(request, options);
		try {
			for (;;) {
				sending.sentAt ??= await this.limiter.acquire();
				sending.lastSentAt = sending.sentAt;
				const result = await this.sendOnce(sending);
				sending.load = 'data' in result ? 'completed' : result.load;
				this.availability.recordResult(result);
				if ('data' in result) return result.data;
				await this.act(result, sending);
			}
		} catch (error) {
			options.onFailure?.();
			throw this.redactor.redact(toGoFiveError(error));
		} finally {
			this.release(sending);
		}
	}

	/** Sends a request once, unless the run has stopped or the request is obsolete. */
	private async sendOnce(sending: Sending): Promise<RequestResult> {
		this.availability.assertRunning(sending);
		// A write is sent again only if GoFive has not processed it, so before a retry it still counts as not sent.
		const wasSent = sending.attempts > 1 && getEffect(sending.request) === 'read';
		const reason = wasSent ? 'cancelled' : 'notSent';
		const isAborted = this.signal.aborted || sending.options.isObsolete?.();
		if (isAborted) return this.session.evaluate({ kind: 'aborted', reason }, sending);
		if (await this.session.hasToken()) this.limiter.start();
		return await this.session.send(sending);
	}

	/**
	 * Does what follows a failure, until the request may be sent again.
	 *
	 * @throws GoFiveError if it may not.
	 */
	private async act(failure: Failure, sending: Sending): Promise<void> {
		switch (failure.next) {
			case 'renewToken':
				return await this.renewToken(failure, sending);
			case 'waitForToken':
				return await this.waitForRetry(failure, sending);
			case 'wait':
				this.release(sending);
				sending.attempts += 1;
				return await this.waitForRetry(failure, sending);
			case 'pause':
				this.pause(failure, sending);
				sending.attempts += 1;
				return this.release(sending);
			case 'endRun':
				throw this.availability.endRun(failure.error);
			case 'fail':
				throw this.availability.toLastError(failure.error, sending.lastSentAt, sending.failures + 1);
		}
	}

	/** Lets the next request go on in place of this one. Called after `pause`, which must begin before. */
	private release(sending: Sending): void {
		if (sending.sentAt === undefined) return;
		const { sentAt, renewal, load } = sending;
		sending.sentAt = undefined;
		sending.renewal = undefined;
		if (renewal) this.limiter.isClosed = false;
		this.limiter.release(sentAt, load);
	}

	/** Waits before a request is sent again after a temporary failure. */
	private async waitForRetry({ error, next, afterMs }: Failure, sending: Sending): Promise<void> {
		sending.failures += 1;
		const { maxRetryAfterMs = Infinity } = this.options;
		const isTooLong = afterMs !== undefined && afterMs > maxRetryAfterMs;
		if (isTooLong || sending.failures >= MAX_FAILURES) {
			const lastError = this.availability.toLastError(error, sending.lastSentAt, sending.failures);
			// Without a token, no other request can succeed.
			throw next === 'waitForToken' ? this.availability.endRun(lastError) : lastError;
		}
		const waitMs = afterMs ?? computeBackoffMs(sending.failures);
		if (sending.waitedMs === 0) this.retries.requests += 1;
		sending.waitedMs += waitMs;
		this.retries.longestWaitMs = Math.max(this.retries.longestWaitMs, sending.waitedMs);
		await waitUntil(clock.now() + waitMs, this.signal);
	}

	/** Pauses all requests for the rate limit. If they have waited too long, no other request is sent. */
	private pause({ error, afterMs }: Failure, { sentAt = 0 }: Sending): void {
		const { maxRateLimitWaitMs = MAX_RATE_LIMIT_WAIT_MS } = this.options;
		if (this.limiter.pause(sentAt, afterMs, maxRateLimitWaitMs)) return;
		throw this.availability.endRun(error);
	}

	/**
	 * Lets a request whose token was rejected renew it. Other requests wait, and are then sent with the new token.
	 *
	 * GoFive may invalidate a token when it issues a newer one. If another process that shares the credential has just
	 * fetched one, ours is rejected although it is new. Shortly later the newer token is stored, and n8n sends with it.
	 */
	private async renewToken(failure: Failure, sending: Sending): Promise<void> {
		const { tokens } = this.session;
		const { renewal, authorization } = sending;
		const isRenewed = this.limiter.isClosed || tokens.generation !== sending.generation;
		if (!renewal && isRenewed) return this.release(sending);
		if (!renewal && tokens.mayRenew) {
			this.limiter.isClosed = true;
			sending.renewal = { rejectedAuthorization: authorization };
			return;
		}
		if (renewal?.rejectedAuthorization !== undefined) {
			sending.renewal = {};
			await waitUntil(clock.now() + MIN_RENEWAL_PAUSE_MS + clock.random() * RANDOM_RENEWAL_PAUSE_MS, this.signal);
			if (authorization !== (await this.session.readAuthorization())) return;
		}
		if (renewal) tokens.recordUselessRenewal();
		await this.act(tokens.toRejection(failure), sending);
	}
}

/** What reading requires of a client. */
export type RequestSender = Pick<Client, 'send' | 'toError'>;
