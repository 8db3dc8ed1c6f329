import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import {
	responseToOutcome,
	errorToOutcome,
	toSigningError,
	type Outcome,
	type SigningError,
} from '../response/outcome';
import { getTotalTimeoutSeconds, toBodyText, type ApiRequest, type RequestTimeouts } from '../request/request';
import { TimeoutWatch } from './requestTimeouts';
import { SECOND_MS } from '../../shared/units';

/** The contexts of n8n in which GoFive can be asked. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Name of the credential type in n8n. */
export const CREDENTIAL_TYPE = 'goFiveApi';

/** Sends single requests through n8n's request helper, signed by the credential. */
export class Transport {
	private readonly timeoutWatch: TimeoutWatch;

	/** @param timeouts in seconds; @param signal of a cancelled execution, which ends what is under way */
	constructor(
		private readonly nodeContext: NodeContext,
		private readonly timeouts: RequestTimeouts,
		signal?: AbortSignal,
	) {
		this.timeoutWatch = new TimeoutWatch(signal);
	}

	/** What is under way is given up after so many milliseconds at the latest. */
	abortWithin(delayMs: number): void {
		this.timeoutWatch.shorten(delayMs);
	}

	/** One attempt. @param refreshesToken let n8n fetch and store a fresh token on a 401, and send again */
	async send(request: ApiRequest, url: string, refreshesToken: boolean): Promise<Outcome | SigningError> {
		const { method } = request;
		const options: IHttpRequestOptions = {
			url,
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: toBodyText(request),
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: this.timeouts.timeout * SECOND_MS,
		};
		// n8n drops the body of a request whose method is set to GET; without a method it is a GET all the same.
		if (method !== 'GET') options.method = method;
		// Statuses are looked at here, since n8n 1.x hides Retry-After; but n8n renews a token only for a 401 that it throws.
		if (!refreshesToken) Object.assign(options, { ignoreHttpStatusErrors: true, encoding: 'text' });

		const outcomePromise = this.nodeContext.helpers.httpRequestWithAuthentication
			.call(this.nodeContext as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(responseToOutcome, (error: unknown) => toSigningError(error) ?? errorToOutcome(error))
			// The credential signs this very object.
			.then((outcome) => ({ ...outcome, authorization: options.headers?.Authorization as string | undefined }));
		return await this.timeoutWatch.withTimeout<Outcome | SigningError>(
			outcomePromise,
			getTotalTimeoutSeconds(this.timeouts) * SECOND_MS,
			(reason) => ({
				kind: 'aborted',
				reason,
			}),
		);
	}
}
