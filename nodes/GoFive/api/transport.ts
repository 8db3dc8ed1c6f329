import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { Deadlines } from './deadline';
import { answered, refusalIn, thrown, type Outcome, type Refusal } from './outcome';
import { isWrite, longestOf, targetOf, type ApiRequest, type Limits } from './request';

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
	async send(request: ApiRequest, baseUrl: string, renew: boolean): Promise<Outcome | Refusal> {
		const options: IHttpRequestOptions = {
			url: baseUrl + targetOf(request),
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: request.body,
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: this.limits.timeout * 1000,
		};
		// n8n drops the body of a request whose method is set to GET; without a method it is a GET all the same.
		if (isWrite(request)) options.method = request.method;
		// Statuses are looked at here, since n8n 1.x hides Retry-After; but n8n renews a token only for a 401 that it throws.
		if (!renew) Object.assign(options, { ignoreHttpStatusErrors: true, encoding: 'text' });

		const answer = this.host.helpers.httpRequestWithAuthentication
			.call(this.host as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(answered, (error: unknown) => refusalIn(error) ?? thrown(error));
		const outcome = await this.deadlines.race<Outcome | Refusal>(answer, longestOf(this.limits) * 1000);
		if (typeof outcome !== 'string') return outcome;
		return { kind: 'broken', code: outcome === 'late' ? 'DRIP' : 'CANCELLED' };
	}
}
