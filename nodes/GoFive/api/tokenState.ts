import { GoFiveError, type ErrorText } from './errors';
import type { Failure } from './failure';
import { messages } from './messages';

/** Number of requests in a row whose token was rejected, after which no request of the run is expected to succeed. */
const MAX_CONSECUTIVE_REJECTIONS = 10;
/**
 * Number of renewals of a run whose token was rejected, too. After them, a 401 counts as a missing permission. Otherwise
 * each request that is not permitted would fetch a token, and the other ones would be sent again with it.
 */
const MAX_USELESS_RENEWALS = 10;

/**
 * What a run knows about its token. It decides whether a rejected token is renewed, and what its rejection means.
 *
 * One request renews the token for all: n8n fetches and stores a new one, and sends the request with it. A token that
 * GoFive rejects immediately after a renewal cannot have expired, so no token is renewed until GoFive accepts one.
 * The run does not notice that n8n has fetched a token for its first request, so this token is renewed once, too.
 */
export class TokenState {
	/** False for a pasted token, which n8n cannot renew. */
	isRenewable = true;
	/** Number of new tokens of the run. A request compares it to notice a token newer than its own. */
	generation = 0;
	/** Whether GoFive has rejected the token of the last renewal, and has accepted none since. */
	private isRenewalRejected = false;
	private hasSucceeded = false;
	private consecutiveRejections = 0;
	private uselessRenewals = 0;

	/** Whether a rejected token may have expired, so that a new one may help. */
	get mayRenew(): boolean {
		return this.isRenewable && !this.isRenewalRejected && this.uselessRenewals < MAX_USELESS_RENEWALS;
	}

	/**
	 * Records that GoFive has accepted the token of a request.
	 *
	 * @param wasRenewed - Whether the request was sent with a new token.
	 */
	recordAccepted(wasRenewed: boolean): void {
		if (wasRenewed) this.generation += 1;
		this.isRenewalRejected = false;
		this.hasSucceeded = true;
		this.consecutiveRejections = 0;
	}

	/** Records that GoFive has rejected a new token, too. */
	recordUselessRenewal(): void {
		this.generation += 1;
		this.isRenewalRejected = true;
		this.uselessRenewals += 1;
	}

	/** Completes the failure of a request whose token stays rejected. Too many of them in a row end the run. */
	toRejection(failure: Failure): Failure {
		this.consecutiveRejections += 1;
		const endsRun = this.consecutiveRejections >= MAX_CONSECUTIVE_REJECTIONS;
		const { httpCode } = failure.error;
		const error = new GoFiveError({ ...this.getRejectionText(failure, endsRun), httpCode });
		return { ...failure, error, next: endsRun ? 'endRun' : 'fail' };
	}

	private getRejectionText({ quote }: Failure, endsRun: boolean): ErrorText {
		if (!this.isRenewable) return messages.tokenRejected;
		// If other requests succeed with the same token, the request itself is not permitted.
		return this.hasSucceeded && !endsRun ? messages.forbidden(quote) : messages.newTokenRejected;
	}
}
