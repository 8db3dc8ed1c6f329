import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { SECOND_MS } from '../shared/units';
import { clock } from '../time/clock';
import { errorToOutcome, responseToOutcome, type AbortReason, type Outcome } from './outcome';
import { getTotalTimeoutSeconds, toBodyText, type ApiRequest, type RequestTimeouts } from './request';
import { SIGNING_STATE, type RequestOptions, type SigningState } from './signing';

/** n8n contexts from which requests are sent. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Name of the credential type in n8n. */
export const CREDENTIAL_TYPE = 'goFiveApi';

/**
 * Sends one HTTP request. This is the only place where a node sends requests.
 *
 * n8n's request helper calls `authenticate` of the credential, which signs the request. The credential itself sends
 * unsigned requests for a token in tokenRequest.ts.
 */
export class Transport {
	/** Functions that stop waiting for the requests in flight. */
	private readonly cancellations = new Set<() => void>();

	/** @param cancelSignal - Signal of a cancelled execution. It ends all requests. */
	constructor(
		private readonly nodeContext: NodeContext,
		private readonly timeouts: RequestTimeouts,
		private readonly cancelSignal?: AbortSignal,
	) {}

	/**
	 * Sends a request once.
	 *
	 * @param url - Resolved URL of the request.
	 * @param signingState - Contains the Authorization header of the request as soon as it is signed.
	 */
	async send(request: ApiRequest, url: string, signingState: SigningState): Promise<Outcome> {
		const options: RequestOptions = {
			[SIGNING_STATE]: signingState,
			// If the method is set to GET, n8n drops the body. Without a method, it sends a GET request with the body.
			...(request.method !== 'GET' && { method: request.method }),
			url,
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: toBodyText(request),
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			// n8n 1.x hides the headers of an error, for example Retry-After. So statuses are read here.
			ignoreHttpStatusErrors: true,
			timeout: this.timeouts.timeoutSeconds * SECOND_MS,
		};
		const outcome = this.nodeContext.helpers.httpRequestWithAuthentication
			.call(this.nodeContext as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(responseToOutcome, errorToOutcome);
		const abortController = new AbortController();
		// n8n has set the signal of the execution by now, which does not end on a timeout. With this one it closes the
		// connection. If it still fetches a token, it does not send the request later.
		options.abortSignal = abortController.signal;
		return await this.waitFor(outcome, abortController);
	}

	/** Stops waiting for all requests in flight. */
	readonly cancelAll = (): void => {
		for (const cancel of this.cancellations) cancel();
	};

	/**
	 * Waits for a request until it is cancelled or its total time ends. n8n's own timeout only limits the time without
	 * data, and n8n cannot abort a token request.
	 */
	private async waitFor(outcome: Promise<Outcome>, abortController: AbortController): Promise<Outcome> {
		const timeoutSignal = clock.timeoutSignal(getTotalTimeoutSeconds(this.timeouts) * SECOND_MS);
		let cancel = (): void => undefined;
		const aborted = new Promise<Outcome>((resolve) => {
			const abort = (reason: AbortReason) => () => {
				resolve({ kind: 'aborted', reason });
				abortController.abort();
			};
			cancel = abort('cancelled');
			timeoutSignal.onabort = abort('timeout');
		});
		this.addCancellation(cancel);
		try {
			return await Promise.race([outcome, aborted]);
		} finally {
			timeoutSignal.onabort = null;
			this.removeCancellation(cancel);
		}
	}

	/** One listener serves all requests of the run, since Node.js warns about more than ten of them. */
	private addCancellation(cancel: () => void): void {
		if (this.cancellations.size === 0) this.cancelSignal?.addEventListener('abort', this.cancelAll);
		this.cancellations.add(cancel);
		if (this.cancelSignal?.aborted) cancel();
	}

	/** The signal outlives the run, so a listener that stays would keep the run in memory. */
	private removeCancellation(cancel: () => void): void {
		this.cancellations.delete(cancel);
		if (this.cancellations.size === 0) this.cancelSignal?.removeEventListener('abort', this.cancelAll);
	}
}
