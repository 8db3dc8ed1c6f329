import { isTokenRefused, keyMessage, saidIn } from './explain';
import { Failure, type Message } from './failure';
import { messages } from './messages';
import type { Outcome, Refusal } from './outcome';
import { FIRST_TRY, waitBeforeRetry } from './retry';

/** Sends once; with `renew`, n8n is let to fetch a fresh token on a 401, to store it and to send again. */
export type Attempt = (renew: boolean) => Promise<Outcome | Refusal>;

/** So many refusals of the token in a row are no matter of single requests any more. */
const MOST_IN_A_ROW = 10;

/** Sees to it that one token is fetched per expiry, however many requests of the run meet it. */
export class TokenKeeper {
	/** Counts the tokens of the run. */
	private generation = 0;
	/** Whether the present token may have been good until now; one that was refused from its beginning has not expired. */
	private mayExpire = true;
	/** Whether GoFive has answered any request of the run. */
	private served = false;
	private refusals = 0;
	private renewing?: Promise<Outcome | Refusal>;
	/** Set once no request of this run can succeed any more. */
	private dead?: Failure;

	/** @param renewable false for a pasted token, which nobody can renew */
	constructor(private readonly renewable: boolean) {}

	/** @throws Failure when the credential is at fault; where all of it is, at once for every later request of the run */
	async send(attempt: Attempt): Promise<Outcome | Refusal> {
		for (;;) {
			if (this.dead) throw this.dead;
			const { generation } = this;
			const outcome = this.check(await attempt(false));
			if (!isTokenRefused(outcome)) return outcome;
			// Ends, since another request has got through with each new token.
			if (generation !== this.generation) continue;
			if (!this.renewable || !this.mayExpire) throw this.refused(outcome);
			if (!this.renewing) return await this.renew(attempt);
			const renewed = await this.renewing;
			if (renewed.kind === 'refusal') return renewed;
		}
	}

	private async renew(attempt: Attempt): Promise<Outcome | Refusal> {
		this.renewing = attempt(true);
		const outcome = await this.renewing.finally(() => (this.renewing = undefined));
		if (outcome.kind === 'answer') {
			this.generation += 1;
			this.mayExpire = false;
		}
		if (isTokenRefused(this.check(outcome))) throw this.refused(outcome);
		// n8n 1.x hides the headers of what it throws, and with them how long to wait.
		const unread = outcome.kind === 'answer' && outcome.status === 429 && !('retry-after' in outcome.headers);
		return unread ? this.check(await attempt(false)) : outcome;
	}

	private check(outcome: Outcome | Refusal): Outcome | Refusal {
		if (outcome.kind === 'refusal') {
			const passing = outcome.token && waitBeforeRetry(outcome.token, 'token', FIRST_TRY);
			if (!passing) throw this.bury(outcome.failure, outcome.failure.httpCode);
		} else if (outcome.kind === 'answer' && outcome.status !== 401) {
			this.mayExpire = true;
			this.served = true;
			this.refusals = 0;
		} else if (outcome.kind === 'answer') {
			const message = keyMessage(outcome.text);
			if (message) throw this.bury(message);
		}
		return outcome;
	}

	/** The failure of a request whose token GoFive does not take. Other requests may fare better, unless it is so with many. */
	private refused(outcome: Outcome | Refusal): Failure {
		this.refusals += 1;
		const message = this.renewable ? messages.freshTokenNotAccepted : messages.tokenNotAccepted;
		if (this.refusals >= MOST_IN_A_ROW) return this.bury(message);
		const own = this.renewable && this.served && outcome.kind === 'answer';
		return new Failure(own ? messages.forbidden(saidIn(outcome.text)) : message, '401');
	}

	private bury(message: Message, httpCode = '401'): Failure {
		this.dead ??= new Failure(message, httpCode);
		return this.dead;
	}
}
