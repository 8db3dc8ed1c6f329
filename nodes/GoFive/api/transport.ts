import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { Deadlines } from './deadline';
import { answered, refusalIn, thrown, type Outcome, type Refusal } from './outcome';
import { isWrite, targetOf, type ApiRequest } from './request';

/** The contexts of n8n in which GoFive can be asked. */
export type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Name of the credential type in n8n. */
export const CREDENTIAL_TYPE = 'goFiveApi';

/** A request that trickles is given up after this many times its inactivity limit. */
const DRIP = 10;

/** Sends single requests through n8n's request helper, signed by the credential. */
export class Transport {
	private readonly deadlines = new Deadlines();

	/** @param timeout inactivity limit, in seconds */
	constructor(
		private readonly host: Host,
		private readonly timeout: number,
	) {}

	/** One attempt. @param renew let n8n fetch and store a fresh token on a 401, and send again */
	async send(request: ApiRequest, baseUrl: string, renew: boolean): Promise<Outcome | Refusal> {
		const options: IHttpRequestOptions = {
			url: baseUrl + targetOf(request),
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: request.body,
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: this.timeout * 1000,
		};
		// n8n drops the body of a request whose method is set to GET; without a method it is a GET all the same.
		if (isWrite(request)) options.method = request.method;
		// Statuses are looked at here, since n8n 1.x hides Retry-After; but n8n renews a token only for a 401 that it throws.
		if (!renew) Object.assign(options, { ignoreHttpStatusErrors: true, encoding: 'text' });

		const answer = this.host.helpers.httpRequestWithAuthentication
			.call(this.host as IExecuteFunctions, CREDENTIAL_TYPE, options)
			.then(answered, (error: unknown) => refusalIn(error) ?? thrown(error));
		return await this.deadlines.race<Outcome | Refusal>(answer, this.timeout * DRIP * 1000, {
			kind: 'broken',
			code: 'DRIP',
		});
	}
}
