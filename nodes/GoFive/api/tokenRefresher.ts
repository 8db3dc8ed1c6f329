import { clock, waitUntil } from '../time/clock';
import { GoFiveError, type ErrorText } from './errors';
import { messages } from './messages';
import type { Failure, RequestResult } from './outcome';

/** Result of a request that was sent once, and the Authorization header with which it was sent. */
export interface Attempt {
	result: RequestResult;
	authorization?: string;
}

/**
 * Sends a request once.
 *
 * @param rejectedAuthorization - Authorization header that GoFive rejected. If it is still stored, n8n fetches and stores
 * a new token first.
 */
export type SendAttempt = (rejectedAuthorization?: string) => Promise<Attempt>;

/** Number of requests in a row whose token was rejected, after which no request of the run is expected to succeed. */
const MAX_CONSECUTIVE_REJECTIONS = 10;
/**
 * Number of refreshes of a run whose token was rejected, too. After them, a 401 counts as a missing permission. Otherwise
 * each request that is not permitted would fetch a token, and the other ones would be sent again with it.
 */
const MAX_USELESS_REFRESHES = 10;
/**
 * Wait in ms after a new token was rejected: 250 to 1,000, so that another process has time to store its token.
 * Part of it is random, so that processes that share the credential do not refresh at the same time.
 */
const MIN_REFRESH_PAUSE_MS = 250;
const RANDOM_REFRESH_PAUSE_MS = 750;

const isTokenRejected = (result: RequestResult): result is Failure =>
	'error' in result && result.credential === 'tokenRejected';

const isAccepted = (result: RequestResult): boolean => 'data' in result || result.credential === 'accepted';

const isUnusable = (result: RequestResult): boolean => 'error' in result && result.credential === 'unusable';

/**
 * Ensures that a run fetches one new token when the old one expires, however many of its requests are rejected for it.
 *
 * The first request that GoFive rejects with HTTP 401 refreshes the token: n8n fetches and stores a new one, and sends
 * the request with it. Other requests wait for the refresh and are then sent again. A token that was fetched in this run
 * and has not been accepted yet cannot have expired, so its rejection fails the request.
 */
export class TokenRefresher {
	/** Number of refreshes of the run. A request compares it to notice a token newer than its own. */
	private generation = 0;
	/** Whether the token was fetched in this run and has not been accepted yet. */
	private isTokenNew = false;
	/** Whether GoFive has accepted any request of the run. */
	private hasSucceeded = false;
	private consecutiveRejections = 0;
	private uselessRefreshes = 0;
	private refreshing?: Promise<Attempt>;

	/**
	 * @param isRefreshable - False for a pasted token, which n8n cannot refresh.
	 * @param readAuthorization - Returns the Authorization header. Empty if no valid token is stored.
	 * @param signal - Ends a pause.
	 */
	constructor(
		private readonly isRefreshable: boolean,
		private readonly readAuthorization: () => Promise<string>,
		private readonly signal?: AbortSignal,
	) {}

	/**
	 * Sends a request, and again after a refresh of the token.
	 *
	 * @returns The result. Its credential is `unusable` if no request of the run can succeed with the credential.
	 */
	async send(sendAttempt: SendAttempt): Promise<RequestResult> {
		for (;;) {
			const { generation } = this;
			const { result, authorization } = await sendAttempt();
			this.recordAccepted(result);
			if (!isTokenRejected(result)) return result;
			// The loop ends, because each refresh ends the request that started it.
			const isOutdated = generation !== this.generation;
			const finalResult = isOutdated ? undefined : await this.renewToken(sendAttempt, result, authorization);
			if (finalResult) return finalResult;
		}
	}

	/**
	 * Refreshes the token after a rejection, or waits for the refresh of another request.
	 *
	 * @returns The result of the request, or undefined if it is to be sent again.
	 */
	private async renewToken(
		sendAttempt: SendAttempt,
		rejection: Failure,
		rejectedAuthorization?: string,
	): Promise<RequestResult | undefined> {
		const mayRefresh = this.isRefreshable && !this.isTokenNew && this.uselessRefreshes < MAX_USELESS_REFRESHES;
		if (!mayRefresh) return this.toRejection(rejection);
		if (!this.refreshing) return await this.refresh(sendAttempt, rejectedAuthorization);
		const { result } = await this.refreshing;
		return isUnusable(result) ? result : undefined;
	}

	private async refresh(sendAttempt: SendAttempt, rejectedAuthorization?: string): Promise<RequestResult> {
		this.refreshing = this.sendWithNewToken(sendAttempt, rejectedAuthorization);
		const { result } = await this.refreshing.finally(() => (this.refreshing = undefined));
		// Without a response, it is not known whether n8n has fetched a token.
		if (!isTokenRejected(result) && !isAccepted(result)) return result;
		this.generation += 1;
		this.isTokenNew = true;
		this.recordAccepted(result);
		if (!isTokenRejected(result)) return result;
		this.uselessRefreshes += 1;
		return this.toRejection(result);
	}

	/**
	 * Sends a request with a new token.
	 *
	 * GoFive may invalidate a token when it issues a newer one. If another process that shares the credential has just
	 * fetched one, ours is rejected although it is new. Shortly later the newer token is stored, and n8n sends with it.
	 */
	private async sendWithNewToken(sendAttempt: SendAttempt, rejectedAuthorization?: string): Promise<Attempt> {
		const attempt = await sendAttempt(rejectedAuthorization);
		if (!isTokenRejected(attempt.result)) return attempt;
		await waitUntil(clock.now() + MIN_REFRESH_PAUSE_MS + clock.random() * RANDOM_REFRESH_PAUSE_MS, this.signal);
		const isNewest = attempt.authorization === (await this.readAuthorization());
		return isNewest ? attempt : await sendAttempt();
	}

	private recordAccepted(result: RequestResult): void {
		if (!isAccepted(result)) return;
		this.isTokenNew = false;
		this.hasSucceeded = true;
		this.consecutiveRejections = 0;
	}

	/** Returns the failure of a request whose token was rejected. The credential is unusable after too many in a row. */
	private toRejection(failure: Failure): Failure {
		this.consecutiveRejections += 1;
		const endsRun = this.consecutiveRejections >= MAX_CONSECUTIVE_REJECTIONS;
		const error = new GoFiveError(this.getTokenRejectionText(failure, endsRun), { httpCode: '401' });
		const credential = endsRun ? 'unusable' : failure.credential;
		// A rejected token shows nothing about the load, and does not start to send in parallel.
		return { ...failure, error, credential, load: 'ignored' };
	}

	private getTokenRejectionText({ quote }: Failure, endsRun: boolean): ErrorText {
		if (!this.isRefreshable) return messages.tokenRejected;
		// If other requests succeed with the same token, the request itself is not permitted.
		return this.hasSucceeded && !endsRun ? messages.forbidden(quote) : messages.newTokenRejected;
	}
}
