/**
 * Access token, base URL, credential test and redaction of secrets.
 * Transport and the credential may import this folder. Resources may not import tokenRequest.ts.
 * Start here for the token during a run. tokenRequest.ts fetches it, and sessionToken.ts validates a stored one.
 */

import { clock, waitUntil } from '../../time/clock';
import { isTokenRejected } from '../response/outcomeToError';
import { findSubscriptionKeyError } from '../response/subscriptionKeyError';
import { GoFiveError, type ErrorText, type ErrorOrigin } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import type { Outcome } from '../response/outcome';
import { isRetryable } from '../response/retryRules';
import { quoteServerMessage } from '../response/serverMessage';

/**
 * Sends a request once.
 *
 * @param rejectedAuthorization - Authorization header that GoFive rejected. If it is still stored, n8n fetches and stores
 * a new token first.
 */
export type SendAttempt = (rejectedAuthorization?: string) => Promise<Outcome>;

/** Number of rejected tokens in a row after which no request of the run is expected to succeed. */
const MAX_CONSECUTIVE_REJECTIONS = 10;
/**
 * Wait in ms after a new token was rejected: 250 to 1,000, so that another process has time to store its token.
 * Part of it is random, so that processes that share the credential do not refresh at the same time.
 */
const MIN_REFRESH_PAUSE_MS = 250;
const RANDOM_REFRESH_PAUSE_MS = 750;

/**
 * Ensures that a run fetches one new token when the old one expires, however many of its requests are rejected for it.
 *
 * A token of the run is in one of four states:
 *
 * - Accepted, or stored before the run (`mayExpire`). After a 401 it may have expired. The first request that sees the
 *   401 refreshes it. Later ones wait for that refresh and are sent again.
 * - Being refreshed (`refreshing` is set).
 * - New (`mayExpire` is false). It was fetched in this run and has not been accepted. It cannot have expired, so a 401
 *   fails the request.
 * - Unusable (`permanentError` is set). The subscription key or the client was rejected, or too many tokens in a row.
 *   Every further request fails without being sent.
 */
export class TokenRefresher {
	/** Number of tokens that the run has fetched. A request compares it to notice a token newer than its own. */
	private generation = 0;
	private mayExpire = true;
	/** True if any request of the run had a response other than 401. */
	private hasSucceeded = false;
	private consecutiveRejections = 0;
	/** True if no other token was stored during a pause. The run does not pause again then. */
	private foundNoNewerToken = false;
	private refreshing?: Promise<Outcome>;
	private permanentError?: GoFiveError;

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
	 * @throws GoFiveError if the token is rejected and cannot be refreshed, or if the credential is unusable.
	 */
	async send(attempt: SendAttempt): Promise<Outcome> {
		for (;;) {
			if (this.permanentError) throw this.permanentError;
			const { generation } = this;
			const outcome = this.recordOutcome(await attempt());
			if (!isTokenRejected(outcome)) return outcome;
			// The loop ends: a token becomes newer only after another request has succeeded with it.
			if (generation !== this.generation) continue;
			if (!this.isRefreshable || !this.mayExpire) throw this.createRejectionError(outcome);
			if (!this.refreshing) return await this.refresh(attempt, outcome.authorization);
			const refreshOutcome = await this.refreshing;
			if (refreshOutcome.kind === 'signingError') return refreshOutcome;
		}
	}

	private async refresh(attempt: SendAttempt, rejectedAuthorization?: string): Promise<Outcome> {
		this.refreshing = this.sendWithNewToken(attempt, rejectedAuthorization);
		const outcome = await this.refreshing.finally(() => (this.refreshing = undefined));
		if (outcome.kind === 'response') {
			this.generation += 1;
			this.mayExpire = false;
		}
		if (isTokenRejected(this.recordOutcome(outcome))) throw this.createRejectionError(outcome);
		return outcome;
	}

	/**
	 * Sends a request with a new token.
	 *
	 * GoFive may invalidate a token when it issues a newer one. If another process that shares the credential has just
	 * fetched one, ours is rejected although it is new. Shortly later the newer token is stored, and n8n sends with it.
	 */
	private async sendWithNewToken(attempt: SendAttempt, rejectedAuthorization?: string): Promise<Outcome> {
		const outcome = await attempt(rejectedAuthorization);
		if (!isTokenRejected(outcome) || this.foundNoNewerToken) return outcome;
		await waitUntil(clock.now() + MIN_REFRESH_PAUSE_MS + clock.random() * RANDOM_REFRESH_PAUSE_MS, this.signal);
		this.foundNoNewerToken = outcome.authorization === (await this.readAuthorization());
		return this.foundNoNewerToken ? outcome : await attempt();
	}

	/**
	 * Updates the state of the token.
	 *
	 * @throws GoFiveError if the outcome shows that the credential is unusable.
	 */
	private recordOutcome(outcome: Outcome): Outcome {
		if (outcome.kind === 'signingError') {
			const { error, tokenOutcome } = outcome;
			if (!tokenOutcome || !isRetryable(tokenOutcome, 'token')) throw this.failForGood(error, error.origin);
		} else if (outcome.kind === 'response' && outcome.status !== 401) {
			this.mayExpire = true;
			this.hasSucceeded = true;
			this.consecutiveRejections = 0;
		} else if (outcome.kind === 'response') {
			const errorText = findSubscriptionKeyError(outcome.text);
			if (errorText) throw this.failForGood(errorText);
		}
		return outcome;
	}

	/** Creates the error of a request whose token was rejected. Fails the run after too many of them in a row. */
	private createRejectionError(outcome: Outcome): GoFiveError {
		this.consecutiveRejections += 1;
		const errorText = this.isRefreshable ? messages.newTokenRejected : messages.tokenRejected;
		if (this.consecutiveRejections >= MAX_CONSECUTIVE_REJECTIONS) return this.failForGood(errorText);
		// If other requests succeed with the same token, the request itself is not permitted.
		const isForbidden = this.isRefreshable && this.hasSucceeded && outcome.kind === 'response';
		const requestErrorText = isForbidden ? messages.forbidden(quoteServerMessage(outcome.text)) : errorText;
		return new GoFiveError(requestErrorText, { httpCode: '401' });
	}

	private failForGood(errorText: ErrorText, origin: ErrorOrigin = { httpCode: '401' }): GoFiveError {
		this.permanentError ??= new GoFiveError(errorText, origin);
		return this.permanentError;
	}
}
