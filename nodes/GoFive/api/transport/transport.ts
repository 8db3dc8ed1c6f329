import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { responseToOutcome, errorToOutcome, type Outcome } from '../response/outcome';
import { getTotalTimeoutSeconds, toBodyText, type ApiRequest, type RequestTimeouts } from '../request/request';
import { SIGNING_STATE, type RequestOptions, type SigningState } from '../auth/signing';
import { TimeoutWatch } from './requestTimeouts';
import { SECOND_MS } from '../../shared/units';

/** n8n contexts from which requests are sent. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Name of the credential type in n8n. */
export const CREDENTIAL_TYPE = 'goFiveApi';

/**
 * Sends one HTTP request. This is the only place where a node sends requests.
 *
 * n8n's request helper calls `authenticate` of the credential, which signs the request. The credential itself sends
 * unsigned requests for a token in api/auth/tokenRequest.ts. n8n sends the request of the credential test.
 */
export class Transport {
	/** Limits the total time of the requests in flight. */
	readonly timeoutWatch: TimeoutWatch;

	/** @param signal - Signal of a cancelled execution. It ends all requests. */
	constructor(
		private readonly nodeContext: NodeContext,
		private readonly timeouts: RequestTimeouts,
		signal?: AbortSignal,
	) {
		this.timeoutWatch = new TimeoutWatch(signal);
	}

	/**
	 * Sends a request once.
	 *
	 * @param url - Resolved URL of the request.
	 * @param rejectedAuthorization - Authorization header that GoFive rejected. If it is still stored, n8n fetches and
	 * stores a new token first.
	 */
	async send(request: ApiRequest, url: string, rejectedAuthorization?: string): Promise<Outcome> {
		const signingState: SigningState = { rejectedAuthorization };
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
			timeout: this.timeouts.timeout * SECOND_MS,
		};
		const abortController = new AbortController();
		const outcome = this.nodeContext.helpers.httpRequestWithAuthentication
			.call(this.nodeContext as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(responseToOutcome, errorToOutcome)
			// The token tells whether a newer one is stored.
			.then((result) => ({ ...result, authorization: signingState.authorization }));
		// n8n has set the signal of the execution by now, which does not end on a timeout. With this one it closes the
		// connection. If it still fetches a token, it does not send the request later.
		options.abortSignal = abortController.signal;
		const timeoutMs = getTotalTimeoutSeconds(this.timeouts) * SECOND_MS;
		return await this.timeoutWatch.withTimeout(outcome, timeoutMs, abortController);
	}
}
