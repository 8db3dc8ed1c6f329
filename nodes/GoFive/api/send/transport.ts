import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { answered, thrown, unsignedIn, type Outcome, type Unsigned } from '../answer/outcome';
import { longestOf, textOf, type ApiRequest, type Limits } from '../request/request';
import { Deadlines } from './deadline';

/** The contexts of n8n in which GoFive can be asked. */
export type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Name of the credential type in n8n. */
export const CREDENTIAL_TYPE = 'goFiveApi';

/** Sends single requests through n8n's request helper, signed by the credential. */
export class Transport {
	private readonly deadlines: Deadlines;

	/** @param limits in seconds; @param signal of a cancelled execution, which ends what is under way */
	constructor(
		private readonly host: Host,
		private readonly limits: Limits,
		signal?: AbortSignal,
	) {
		this.deadlines = new Deadlines(signal);
	}

	/** What is under way is given up after so many milliseconds at the latest. */
	endWithin(milliseconds: number): void {
		this.deadlines.shorten(milliseconds);
	}

	/** One attempt. @param renew let n8n fetch and store a fresh token on a 401, and send again */
	async send(request: ApiRequest, url: string, renew: boolean): Promise<Outcome | Unsigned> {
		const { method } = request;
		const options: IHttpRequestOptions = {
			url,
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: textOf(request),
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: this.limits.timeout * 1000,
		};
		// n8n drops the body of a request whose method is set to GET; without a method it is a GET all the same.
		if (method !== 'GET') options.method = method;
		// Statuses are looked at here, since n8n 1.x hides Retry-After; but n8n renews a token only for a 401 that it throws.
		if (!renew) Object.assign(options, { ignoreHttpStatusErrors: true, encoding: 'text' });

		const answer = this.host.helpers.httpRequestWithAuthentication
			.call(this.host as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(answered, (error: unknown) => unsignedIn(error) ?? thrown(error))
			// The credential signs this very object.
			.then((outcome) => ({ ...outcome, signature: options.headers?.Authorization as string | undefined }));
		return await this.deadlines.race<Outcome | Unsigned>(answer, longestOf(this.limits) * 1000, (why) => ({
			kind: 'givenUp',
			why,
		}));
	}
}
