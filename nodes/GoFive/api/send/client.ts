import { clock, waitUntil } from '../../time/clock';
import { explain, notSent } from '../answer/explain';
import { failureOf, type Failure } from '../words/failure';
import { isLimited, type Outcome, type Unsigned } from '../answer/outcome';
import { readOutcome } from '../answer/reading';
import { addressOf, effectOf, identityOf, type ApiRequest, type Limits } from '../request/request';
import { baseUrlOf } from '../signIn/baseUrl';
import { withoutSecrets } from '../signIn/secrets';
import { signatureOf } from '../signIn/storedToken';
import { TokenKeeper } from '../signIn/tokenKeeper';
import { endOf, Pace, type Ended } from './pace';
import { noteLimit, waitBeforeRetry, type Tries } from './retry';
import { CREDENTIAL_TYPE, Transport, type Host } from './transport';
import { UnderWay } from './underWay';

/** How the requests of one run are sent. */
export interface ClientOptions extends Limits {
	/** How many reads may be under way at once; 1 or more. The run finds out by itself how many of them are of use. */
	maxParallelRequests: number;
	/** For how many milliseconds a request waits while the rate limit refuses it; ten minutes unless set. */
	patience?: number;
	/** Ends everything once it is set, also what is under way; a cancelled execution does so by itself. */
	signal?: AbortSignal;
}

/** How long in milliseconds what is under way may go on once the run has failed; its message may be the one of an earlier item. */
const MOMENT = 1000;

/** The data, or how long to wait before the next attempt (milliseconds), beside the pause of the whole run. */
type Attempted = { data: unknown } | { wait: number };

/** Sends the requests of one run of a node. Everything about repetition, pace and tokens is decided here and below. */
export class Client {
	private readonly pace: Pace;
	private readonly transport: Transport;
	private readonly reads = new UnderWay<unknown>();
	private readonly stopping = new AbortController();
	/** Set when nothing more is to be sent, so that nothing waits any more. */
	private readonly signal: AbortSignal;
	private opened?: Promise<{ baseUrl: string; keeper: TokenKeeper }>;
	/** Set when the rate limit has let nothing through for as long as a request waits, so that not every request waits so long. */
	private shut?: Failure;

	/** What other trouble than the rate limit made requests wait before they were sent again; the wait in milliseconds. */
	readonly repeated = { requests: 0, longest: 0 };

	constructor(
		private readonly host: Host,
		private readonly options: ClientOptions,
	) {
		const cancelled = 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : options.signal;
		const { signal } = this.stopping;
		this.signal = cancelled ? AbortSignal.any([cancelled, signal]) : signal;
		this.pace = new Pace(options.maxParallelRequests, this.signal);
		this.transport = new Transport(host, options, cancelled);
	}

	/** Milliseconds for which GoFive's rate limit made the run stand still. */
	get pausedFor(): number {
		return this.pace.pausedFor;
	}

	/** The same, for which it will still stand still. */
	get pauseLeft(): number {
		return this.pace.pauseLeft;
	}

	/** Requests that were not sent yet will not be sent; their `send` throws. What is under way gets a moment to end. */
	stop(): void {
		this.stopping.abort();
		this.transport.endWithin(MOMENT);
	}

	/**
	 * Sends a request and hands out the data of GoFive's answer. Equal reads go once, if all are asked for before one is answered.
	 * @param ahead whether it goes before all that wait, since they need what it brings
	 * @throws Failure with a message for the user
	 */
	async send(request: ApiRequest, ahead = false): Promise<unknown> {
		if (effectOf(request) === 'write') return await this.exchange(request, ahead);
		return await this.reads.share(identityOf(request), async () => await this.exchange(request, ahead));
	}

	private async exchange(request: ApiRequest, ahead: boolean): Promise<unknown> {
		const tries: Tries = { sent: 0, limited: 0, limitedFor: 0 };
		for (let waited = 0; ; ) {
			const result = await this.attempt(request, tries, ahead || tries.sent > 0);
			if ('data' in result) return result.data;
			if (result.wait === 0) continue;
			if (waited === 0) this.repeated.requests += 1;
			waited += result.wait;
			this.repeated.longest = Math.max(this.repeated.longest, waited);
			await waitUntil(clock.now() + result.wait, this.signal);
		}
	}

	/** One attempt in its turn. @throws Failure when it is not to be tried again */
	private async attempt(request: ApiRequest, tries: Tries, ahead: boolean): Promise<Attempted> {
		let ended: Ended = 'turnedAway';
		const slot = await this.pace.enter(ahead);
		try {
			if (this.signal.aborted) throw notSent({ ...this.options, tries: tries.sent, effect: effectOf(request) });
			if (this.shut) throw this.shut;
			this.opened ??= this.open();
			const { baseUrl, keeper } = await this.opened;
			const url = addressOf(request, baseUrl);
			const send = async (renew: boolean) => await this.transport.send(request, url, renew);
			const outcome = await keeper.send(send).catch(async (thrown) => await this.fail(failureOf(thrown)));
			tries.sent += 1;
			ended = endOf(outcome);
			const result = outcome.kind === 'unsigned' ? { outcome } : readOutcome(outcome, request);
			// Still in its turn: a pause has to stand before the next request may go.
			return 'data' in result ? result : { wait: await this.nextAttempt(result.outcome, request, tries) };
		} finally {
			this.pace.leave(slot, ended);
		}
	}

	/** @returns how many milliseconds to wait beside the pause of the whole run; @throws Failure when the outcome stands */
	private async nextAttempt(outcome: Outcome | Unsigned, request: ApiRequest, tries: Tries): Promise<number> {
		const circumstances = { ...this.options, tries: tries.sent, effect: effectOf(request), labels: request.labels };
		// The request for a token decides about an unsigned one. Without such, the keeper has ended the run already.
		const isTokens = outcome.kind === 'unsigned';
		const [decisive, kind] = isTokens ? [outcome.token, 'token' as const] : [outcome, circumstances.effect];
		if (decisive && isLimited(decisive)) noteLimit(tries, this.pace.through);
		const wait = decisive && waitBeforeRetry(decisive, kind, tries, this.options.patience);
		if (!wait) {
			const failure = isTokens ? outcome.failure : explain(outcome, circumstances);
			if (decisive && isLimited(decisive) && tries.through === this.pace.through) this.shut ??= failure;
			return await this.fail(failure);
		}
		if (!wait.everybody) return wait.milliseconds;
		tries.limitedFor += wait.milliseconds;
		this.pace.pause(wait.milliseconds);
		return 0;
	}

	/** Throws the failure. The credential is asked for anew, since n8n may have renewed the token. */
	private async fail(failure: Failure): Promise<never> {
		throw withoutSecrets(failure, await this.host.getCredentials(CREDENTIAL_TYPE));
	}

	private async open(): Promise<{ baseUrl: string; keeper: TokenKeeper }> {
		const credential = await this.host.getCredentials(CREDENTIAL_TYPE);
		const signatureNow = async () => signatureOf(await this.host.getCredentials(CREDENTIAL_TYPE));
		const keeper = new TokenKeeper(credential.authentication !== 'accessToken', signatureNow, this.signal);
		if (signatureOf(credential) !== '') this.pace.start();
		return { baseUrl: baseUrlOf(credential.baseUrl), keeper };
	}
}
