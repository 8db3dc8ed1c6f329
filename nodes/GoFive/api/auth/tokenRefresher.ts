import { clock, waitUntil } from '../../time/clock';
import { isTokenRejected, subscriptionKeyError } from '../response/outcomeToError';
import { GoFiveError, type ErrorText, type ErrorOrigin } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { isRateLimited, type Outcome, type SigningError } from '../response/outcome';
import { isRetryable } from '../response/retryable';
import { quoteServerMessage } from '../response/serverMessage';

/** Sends once; with `renew`, n8n may answer a 401 by fetching a fresh token, storing it and sending again. */
export type SendAttempt = (refresh: boolean) => Promise<Outcome | SigningError>;

/** After so many refusals of the token in a row, no request of the run is expected to get through. */
const MAX_CONSECUTIVE_REJECTIONS = 10;
/** Milliseconds to wait after a fresh token was refused; partly random, so that several processes do not renew in step. */
const MIN_REFRESH_PAUSE_MS = 250;
const RANDOM_REFRESH_PAUSE_MS = 750;

/** Makes sure that a run fetches one token when the old one expires, however many of its requests are refused for that. */
export class TokenRefresher {
	/** How many tokens the run has renewed. */
	private generation = 0;
	/** Whether a refusal may mean that the token has expired; one that was never accepted has not. */
	private mayExpire = true;
	/** Whether GoFive has answered any request of the run. */
	private hasSucceeded = false;
	private consecutiveRejections = 0;
	/** Whether no other token was stored after the pause; then the run does not pause again. */
	private foundNoNewerToken = false;
	private refreshing?: Promise<Outcome | SigningError>;
	/** Set once no request of this run can succeed any more. */
	private permanentFailure?: GoFiveError;

	/**
	 * @param isRenewable false for a pasted token, which nobody can renew
	 * @param readAuthorization what a request would be signed with now; empty when a token has to be fetched first
	 * @param signal ends a pause
	 */
	constructor(
		private readonly isRenewable: boolean,
		private readonly readAuthorization: () => Promise<string>,
		private readonly signal?: AbortSignal,
	) {}

	/** @throws GoFiveError when the credential does not work; if nothing can work with it, every later request of the run throws at once */
	async send(attempt: SendAttempt): Promise<Outcome | SigningError> {
		for (;;) {
			if (this.permanentFailure) throw this.permanentFailure;
			const { generation } = this;
			const outcome = this.recordOutcome(await attempt(false));
			if (!isTokenRejected(outcome)) return outcome;
			// This loop ends: there is a new token only after another request got through with it.
			if (generation !== this.generation) continue;
			if (!this.isRenewable || !this.mayExpire) throw this.rejectionError(outcome);
			if (!this.refreshing) return await this.refresh(attempt);
			const refreshOutcome = await this.refreshing;
			if (refreshOutcome.kind === 'signingError') return refreshOutcome;
		}
	}

	private async refresh(attempt: SendAttempt): Promise<Outcome | SigningError> {
		this.refreshing = this.requestToken(attempt);
		const outcome = await this.refreshing.finally(() => (this.refreshing = undefined));
		if (outcome.kind === 'response') {
			this.generation += 1;
			this.mayExpire = false;
		}
		if (isTokenRejected(this.recordOutcome(outcome))) throw this.rejectionError(outcome);
		// In n8n 1.x the error has no headers, so nothing says how long to wait: ask once more.
		const lacksRetryAfter =
			isRateLimited(outcome) && outcome.kind === 'response' && !('retry-after' in outcome.headers);
		return lacksRetryAfter ? this.recordOutcome(await attempt(false)) : outcome;
	}

	/**
	 * GoFive may let a token die when it issues a newer one. If another process that shares the credential has just fetched
	 * one, ours is refused although it is fresh; a moment later the newer one is stored, and n8n sends with that.
	 */
	private async requestToken(attempt: SendAttempt): Promise<Outcome | SigningError> {
		const outcome = await attempt(true);
		if (!isTokenRejected(outcome) || outcome.kind !== 'response' || this.foundNoNewerToken) return outcome;
		await waitUntil(clock.now() + MIN_REFRESH_PAUSE_MS + clock.random() * RANDOM_REFRESH_PAUSE_MS, this.signal);
		this.foundNoNewerToken = outcome.authorization === (await this.readAuthorization());
		return this.foundNoNewerToken ? outcome : await attempt(true);
	}

	private recordOutcome(outcome: Outcome | SigningError): Outcome | SigningError {
		if (outcome.kind === 'signingError') {
			if (!outcome.token || !isRetryable(outcome.token, 'token'))
				throw this.failForGood(outcome.error, outcome.error.origin);
		} else if (outcome.kind === 'response' && outcome.status !== 401) {
			this.mayExpire = true;
			this.hasSucceeded = true;
			this.consecutiveRejections = 0;
		} else if (outcome.kind === 'response') {
			const message = subscriptionKeyError(outcome.text);
			if (message) throw this.failForGood(message);
		}
		return outcome;
	}

	/** What to say of a request whose token GoFive refuses. Others may still get through, unless many were refused in a row. */
	private rejectionError(outcome: Outcome | SigningError): GoFiveError {
		this.consecutiveRejections += 1;
		const message = this.isRenewable ? messages.newTokenRejected : messages.tokenRejected;
		if (this.consecutiveRejections >= MAX_CONSECUTIVE_REJECTIONS) return this.failForGood(message);
		const isForbidden = this.isRenewable && this.hasSucceeded && outcome.kind === 'response';
		return new GoFiveError(isForbidden ? messages.forbidden(quoteServerMessage(outcome.text)) : message, {
			httpCode: '401',
		});
	}

	private failForGood(message: ErrorText, origin: ErrorOrigin = { httpCode: '401' }): GoFiveError {
		this.permanentFailure ??= new GoFiveError(message, origin);
		return this.permanentFailure;
	}
}
