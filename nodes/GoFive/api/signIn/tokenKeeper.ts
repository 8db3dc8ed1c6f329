import { clock, waitUntil } from '../../time/clock';
import { isTokenRefused, keyMessage } from '../answer/explain';
import { Failure, type Message, type Origin } from '../words/failure';
import { messages } from '../words/messages';
import { isLimited, type Outcome, type Unsigned } from '../answer/outcome';
import { isRepeatable } from '../answer/repeatable';
import { saidIn } from '../answer/said';

/** Sends once; with `renew`, n8n may answer a 401 by fetching a fresh token, storing it and sending again. */
export type Attempt = (renew: boolean) => Promise<Outcome | Unsigned>;

/** After so many refusals of the token in a row, no request of the run is expected to get through. */
const MOST_IN_A_ROW = 10;
/** Milliseconds to wait after a fresh token was refused; partly random, so that several processes do not renew in step. */
const SHORTEST_PAUSE = 250;
const RANDOM_PAUSE = 750;

/** Makes sure that a run fetches one token when the old one expires, however many of its requests are refused for that. */
export class TokenKeeper {
	/** How many tokens the run has renewed. */
	private generation = 0;
	/** Whether a refusal may mean that the token has expired; one that was never accepted has not. */
	private mayExpire = true;
	/** Whether GoFive has answered any request of the run. */
	private served = false;
	private refusals = 0;
	/** Whether no other token was stored after the pause; then the run does not pause again. */
	private lookedInVain = false;
	private renewing?: Promise<Outcome | Unsigned>;
	/** Set once no request of this run can succeed any more. */
	private dead?: Failure;

	/**
	 * @param renewable false for a pasted token, which nobody can renew
	 * @param signatureNow what a request would be signed with now; empty when a token has to be fetched first
	 * @param signal ends a pause
	 */
	constructor(
		private readonly renewable: boolean,
		private readonly signatureNow: () => Promise<string>,
		private readonly signal?: AbortSignal,
	) {}

	/** @throws Failure when the credential does not work; if nothing can work with it, every later request of the run throws at once */
	async send(attempt: Attempt): Promise<Outcome | Unsigned> {
		for (;;) {
			if (this.dead) throw this.dead;
			const { generation } = this;
			const outcome = this.check(await attempt(false));
			if (!isTokenRefused(outcome)) return outcome;
			// This loop ends: there is a new token only after another request got through with it.
			if (generation !== this.generation) continue;
			if (!this.renewable || !this.mayExpire) throw this.notAccepted(outcome);
			if (!this.renewing) return await this.renew(attempt);
			const renewed = await this.renewing;
			if (renewed.kind === 'unsigned') return renewed;
		}
	}

	private async renew(attempt: Attempt): Promise<Outcome | Unsigned> {
		this.renewing = this.renewed(attempt);
		const outcome = await this.renewing.finally(() => (this.renewing = undefined));
		if (outcome.kind === 'answer') {
			this.generation += 1;
			this.mayExpire = false;
		}
		if (isTokenRefused(this.check(outcome))) throw this.notAccepted(outcome);
		// In n8n 1.x the error has no headers, so nothing says how long to wait: ask once more.
		const unread = isLimited(outcome) && outcome.kind === 'answer' && !('retry-after' in outcome.headers);
		return unread ? this.check(await attempt(false)) : outcome;
	}

	/**
	 * GoFive may let a token die when it issues a newer one. If another process that shares the credential has just fetched
	 * one, ours is refused although it is fresh; a moment later the newer one is stored, and n8n sends with that.
	 */
	private async renewed(attempt: Attempt): Promise<Outcome | Unsigned> {
		const outcome = await attempt(true);
		if (!isTokenRefused(outcome) || outcome.kind !== 'answer' || this.lookedInVain) return outcome;
		await waitUntil(clock.now() + SHORTEST_PAUSE + clock.random() * RANDOM_PAUSE, this.signal);
		this.lookedInVain = outcome.signature === (await this.signatureNow());
		return this.lookedInVain ? outcome : await attempt(true);
	}

	private check(outcome: Outcome | Unsigned): Outcome | Unsigned {
		if (outcome.kind === 'unsigned') {
			if (!outcome.token || !isRepeatable(outcome.token, 'token'))
				throw this.bury(outcome.failure, outcome.failure.origin);
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

	/** What to say of a request whose token GoFive refuses. Others may still get through, unless many were refused in a row. */
	private notAccepted(outcome: Outcome | Unsigned): Failure {
		this.refusals += 1;
		const message = this.renewable ? messages.freshTokenNotAccepted : messages.tokenNotAccepted;
		if (this.refusals >= MOST_IN_A_ROW) return this.bury(message);
		const own = this.renewable && this.served && outcome.kind === 'answer';
		return new Failure(own ? messages.forbidden(saidIn(outcome.text)) : message, { httpCode: '401' });
	}

	private bury(message: Message, origin: Origin = { httpCode: '401' }): Failure {
		this.dead ??= new Failure(message, origin);
		return this.dead;
	}
}
