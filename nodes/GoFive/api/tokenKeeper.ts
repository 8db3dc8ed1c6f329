import { isTokenRefused, keyMessage } from './explain';
import { Failure, type Message } from './failure';
import { messages } from './messages';
import type { Outcome, Refusal } from './outcome';
import { waitBeforeRetry } from './retry';

/** Sends once; with `renew`, n8n is let to fetch a fresh token on a 401, to store it and to send again. */
export type Attempt = (renew: boolean) => Promise<Outcome | Refusal>;

const MOST_ROUNDS = 4;

/** Sees to it that one token is fetched per expiry, however many requests of the run meet it. */
export class TokenKeeper {
	private generation = 0;
	private renewing?: Promise<void>;
	/** Set once no request of this run can succeed any more. */
	private dead?: Failure;

	/** @param renewable false for a pasted token, which nobody can renew */
	constructor(private readonly renewable: boolean) {}

	/** @throws Failure when the credential is at fault, at once for every later request of the run */
	async send(attempt: Attempt): Promise<Outcome | Refusal> {
		for (let round = 1; ; round++) {
			if (this.dead) throw this.dead;
			const generation = this.generation;
			const outcome = this.check(await attempt(false));
			if (!isTokenRefused(outcome)) return outcome;
			if (!this.renewable) throw this.bury(messages.tokenNotAccepted);
			if (round === MOST_ROUNDS) throw new Failure(messages.freshTokenNotAccepted, '401');
			if (generation !== this.generation) continue;
			if (this.renewing) await this.renewing;
			else return await this.renew(attempt);
		}
	}

	private async renew(attempt: Attempt): Promise<Outcome | Refusal> {
		let done = (): void => undefined;
		this.renewing = new Promise((resolve) => (done = resolve));
		try {
			const outcome = this.check(await attempt(true));
			this.generation += 1;
			if (isTokenRefused(outcome)) throw this.bury(messages.freshTokenNotAccepted);
			return outcome;
		} finally {
			this.renewing = undefined;
			done();
		}
	}

	private check(outcome: Outcome | Refusal): Outcome | Refusal {
		if (outcome.kind === 'refusal') {
			const passing = outcome.token && waitBeforeRetry(outcome.token, true, { sent: 1, refusedFor: 0 });
			if (!passing) throw this.bury(outcome.failure, outcome.failure.httpCode);
		} else if (outcome.kind === 'answer' && outcome.status === 401) {
			const message = keyMessage(outcome.text);
			if (message) throw this.bury(message);
		}
		return outcome;
	}

	private bury(message: Message, httpCode = '401'): Failure {
		this.dead ??= new Failure(message, httpCode);
		return this.dead;
	}
}
