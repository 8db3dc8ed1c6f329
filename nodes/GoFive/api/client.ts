import { clock, waitUntil } from '../time/clock';
import { baseUrlOf } from './baseUrl';
import { explain } from './explain';
import { Failure } from './failure';
import { messages } from './messages';
import type { Outcome } from './outcome';
import { Pace, type Ended } from './pace';
import { endOf, readOutcome, type Setback } from './reading';
import { isWrite, targetOf, type ApiRequest } from './request';
import { waitBeforeRetry, type Tries } from './retry';
import { TokenKeeper } from './tokenKeeper';
import { CREDENTIAL_TYPE, Transport, type Host } from './transport';

/** How the requests of one run are sent. */
export interface ClientOptions {
	/** How many GETs may be under way at once; 1 or more. */
	maxParallelRequests: number;
	/** Inactivity limit of one request, in seconds. */
	timeout: number;
}

/** A refusal without a request for a token never gets here: the keeper ends the run with it. */
const UNKNOWN: Outcome = { kind: 'broken', code: 'REFUSED' };

/** Sends the requests of one run of a node. Everything about repetition, pace and tokens is decided here and below. */
export class Client {
	private readonly pace: Pace;
	private readonly transport: Transport;
	private readonly answers = new Map<string, Promise<unknown>>();
	private readonly signal?: AbortSignal;
	private opened?: Promise<{ baseUrl: string; keeper: TokenKeeper }>;
	private stopped = false;

	constructor(
		private readonly host: Host,
		private readonly options: ClientOptions,
	) {
		this.signal = 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : undefined;
		this.pace = new Pace(options.maxParallelRequests, this.signal);
		this.transport = new Transport(host, options.timeout);
	}

	/** Milliseconds for which GoFive's rate limit made the run stand still. */
	get pausedFor(): number {
		return this.pace.pausedFor;
	}

	/** Requests that were not sent yet will not be sent; their `send` throws. */
	stop(): void {
		this.stopped = true;
	}

	/**
	 * Sends a request and hands out the data of GoFive's answer. Equal GETs of one run are sent once.
	 * @param ahead whether it goes before all that wait, since they need what it brings
	 * @throws Failure with a message for the user
	 */
	async send(request: ApiRequest, ahead = false): Promise<unknown> {
		if (isWrite(request)) return await this.exchange(request, ahead);
		const key = `${targetOf(request)} ${JSON.stringify(request.body ?? null)}`;
		const known = this.answers.get(key);
		if (known) return await known;
		const answer = this.exchange(request, ahead);
		this.answers.set(key, answer);
		return await answer;
	}

	private async exchange(request: ApiRequest, ahead: boolean): Promise<unknown> {
		const tries: Tries = { sent: 0, refusedFor: 0 };
		for (;;) {
			const result = await this.attempt(request, tries, ahead || tries.sent > 0);
			if ('data' in result) return result.data;
			await waitUntil(result.until, this.signal);
		}
	}

	/**
	 * One attempt in its turn: the data, or when to try again (milliseconds since 1970).
	 * @throws Failure when it is not to be tried again
	 */
	private async attempt(
		request: ApiRequest,
		tries: Tries,
		ahead: boolean,
	): Promise<{ data: unknown } | { until: number }> {
		let ended: Ended = 'refused';
		await this.pace.enter(ahead);
		try {
			if (this.stopped || this.signal?.aborted) throw new Failure(messages.cancelled, 'CANCELLED');
			this.opened ??= this.open();
			const { baseUrl, keeper } = await this.opened;
			const outcome = await keeper.send(async (renew) => await this.transport.send(request, baseUrl, renew));
			tries.sent += 1;
			ended = endOf(outcome);
			const result = readOutcome(outcome, request);
			// Still in its turn: a pause has to stand before the next request may go.
			return 'data' in result ? result : { until: this.nextAttempt(result, isWrite(request), tries) };
		} finally {
			this.pace.leave(ended);
		}
	}

	private nextAttempt({ outcome, failure }: Setback, write: boolean, tries: Tries): number {
		const refusal = outcome.kind === 'refusal';
		const shown = refusal ? (outcome.token ?? UNKNOWN) : outcome;
		const wait = waitBeforeRetry(shown, refusal || !write, tries);
		if (!wait) {
			const circumstances = { timeout: this.options.timeout, tries: tries.sent, write };
			throw failure ?? (refusal ? outcome.failure : explain(outcome, circumstances));
		}
		const until = clock.now() + wait.milliseconds;
		if (!wait.everybody) return until;
		tries.refusedFor += wait.milliseconds;
		this.pace.pause(until);
		return 0;
	}

	private async open(): Promise<{ baseUrl: string; keeper: TokenKeeper }> {
		const credential = await this.host.getCredentials(CREDENTIAL_TYPE);
		const keeper = new TokenKeeper(credential.authentication !== 'accessToken');
		return { baseUrl: baseUrlOf(credential.baseUrl), keeper };
	}
}
