import type { ServerLoad, RequestResult } from './failure';
import { type ApiRequest, resolveUrl, type RequestTimeouts } from './request';
import { logDefect, logRequest } from './debugLog';
import { GoFiveError, type ErrorText } from './errors';
import { evaluate, toUnreadableResult } from './evaluate';
import { messages } from './messages';
import type { Outcome } from './outcome';
import { Redactor } from './redactor';
import { getAuthorization, listSecrets, parseBaseUrl, removeBearer, type SigningState } from './signing';
import { TokenState } from './tokenState';
import { CREDENTIAL_TYPE, type NodeContext, type Transport } from './transport';

/** What the caller of a read decides while it waits for the data. */
export interface SendOptions {
	/** Whether the request is not needed any more. Asked when it may be sent: then it fails instead. */
	isObsolete?(): boolean;
	/** Called when the request has failed, before another one is sent in its place. */
	onFailure?(): void;
}

/** A request of the run, and what is known about its attempts. */
export class Sending {
	/**
	 * Number of attempts, including this one. An attempt with a new token does not count, and neither does a failed token
	 * request, unless the rate limit rejected it.
	 */
	attempts = 1;
	/** Number of temporary failures, including those of its token request. */
	failures = 0;
	/** Time in ms for which it waited after temporary failures. */
	waitedMs = 0;
	/** Instant at which the limiter let the request go on. Undefined while it waits for the limiter. */
	sentAt?: number;
	/** Instant at which the limiter last let it go on. */
	lastSentAt = 0;
	/** What the last attempt showed about the load of the server. */
	load: ServerLoad = 'ignored';
	/**
	 * Set while the request renews the token for all. If the Authorization header that GoFive rejected is still stored, n8n
	 * fetches and stores a new token first. Empty if another process has stored a newer token than the new one.
	 */
	renewal?: { rejectedAuthorization?: string };
	/** Authorization header that was sent. Undefined if none was. */
	authorization?: string;
	/** Generation of the token that was sent. See `TokenState`. */
	generation?: number;

	constructor(
		readonly request: ApiRequest,
		readonly options: SendOptions,
	) {}
}

/** Base URL, token and secrets of a run. Sends a request once, and says what its outcome means. */
export class Session {
	/** Masks the secrets of the credential. */
	readonly redactor = new Redactor();
	readonly tokens = new TokenState();
	private credential?: Promise<{ baseUrl: string; hasToken: boolean }>;
	private hasLoggedDefect = false;

	constructor(
		private readonly nodeContext: NodeContext,
		private readonly options: RequestTimeouts & { getAbortText?(): ErrorText | undefined },
		private readonly transport: Transport,
	) {}

	/**
	 * Returns whether a valid token was stored before the first request.
	 *
	 * @throws GoFiveError if the base URL or the access token of the credential is not valid.
	 */
	async hasToken(): Promise<boolean> {
		return (await this.openCredential()).hasToken;
	}

	/**
	 * Sends a request once.
	 *
	 * @param sending - Receives the Authorization header that was sent, and the generation of its token.
	 * @throws GoFiveError if the URL of the request is not allowed.
	 */
	async send(sending: Sending): Promise<RequestResult> {
		const { request, renewal } = sending;
		const { baseUrl } = await this.openCredential();
		const url = resolveUrl(request, baseUrl);
		const signingState: SigningState = { ...renewal };
		sending.generation = this.tokens.generation;
		const result = await this.sendAndEvaluate(sending, url, signingState);
		sending.authorization = signingState.authorization;
		if ('data' in result || result.isTokenAccepted) this.tokens.recordAccepted(renewal !== undefined);
		return result;
	}

	/** Converts what was thrown while a response was processed, to an error without secrets. */
	toError(error: unknown): GoFiveError {
		if (error instanceof GoFiveError) return this.redactor.redact(error);
		this.logDefect(error);
		return new GoFiveError(messages.unexpectedFormat);
	}

	/** Returns the stored Authorization header. Empty if no valid token is stored. */
	async readAuthorization(): Promise<string> {
		return await this.nodeContext.getCredentials(CREDENTIAL_TYPE).then(getAuthorization, () => '');
	}

	/** Says what the outcome of a request means. */
	evaluate(outcome: Outcome, { request }: Sending): RequestResult {
		const abortText = this.options.getAbortText?.();
		const { redactText: redact } = this.redactor;
		return evaluate(outcome, request, { ...this.options, abortText, redact });
	}

	private async sendAndEvaluate(sending: Sending, url: string, signingState: SigningState): Promise<RequestResult> {
		const { request, attempts } = sending;
		try {
			const outcome = await this.transport.send(request, url, signingState);
			this.redactor.add(removeBearer(signingState.authorization));
			const result = this.evaluate(outcome, sending);
			logRequest(this.nodeContext.logger, request, attempts, outcome, result);
			return result;
		} catch (error) {
			// Anything may have happened to a write before this exception.
			this.logDefect(error);
			return toUnreadableResult(request);
		}
	}

	/**
	 * Logs an exception of JavaScript, whose text names no cause that a user knows. One line is enough, since each of
	 * thousands of items may have the same cause.
	 */
	private logDefect(error: unknown): void {
		if (!this.hasLoggedDefect) logDefect(this.nodeContext.logger, error);
		this.hasLoggedDefect = true;
	}

	/** Reads the credential before the first request. */
	private async openCredential() {
		this.credential ??= this.readCredential();
		return await this.credential;
	}

	private async readCredential() {
		const credential = await this.nodeContext.getCredentials(CREDENTIAL_TYPE);
		for (const secret of listSecrets(credential)) this.redactor.add(secret);
		this.tokens.isRenewable = credential.authentication !== 'accessToken';
		return { baseUrl: parseBaseUrl(credential.baseUrl), hasToken: getAuthorization(credential) !== '' };
	}
}
