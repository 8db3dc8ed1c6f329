import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { isObject } from '../shared/json';
import { toText } from '../shared/text';
import { SECOND_MS } from '../shared/units';
import { clock } from '../time/clock';
import { GoFiveError, toNodeError } from './errors';
import { evaluate } from './evaluate';
import type { Failure, RequestResult } from './failure';
import { messages } from './messages';
import { errorToOutcome, responseToOutcome, type CredentialErrorContext, type Outcome } from './outcome';
import { SIGN_IN_PATH, toBodyText, type ApiRequest } from './request';
import { Redactor } from './redactor';
import {
	getSubscriptionKey,
	listSecrets,
	parseBaseUrl,
	readCredentialValue,
	type CredentialData,
	type RequestOptions,
} from './signing';

/** Total time of a token request. The credential has no access to the node's option 'Timeout', whose default this is. */
const TOKEN_TIMEOUT_SECONDS = 60;
/**
 * Access token of visible ASCII characters. Servers accept about 16 kB of headers. n8n stores the token, so that an
 * invalid one would fail or slow down each later execution. With blanks, it could be one of our own sentences, which
 * would then be masked.
 */
const TOKEN = /^[!-~]{1,8192}$/;
/** Node that n8n's error class requires. The credential is not part of a node. */
const CREDENTIAL_NODE: INode = {
	id: '',
	name: 'GoFive API',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's `helpers.httpRequest`, which sends a request without signing it. */
export type HttpRequestHelper = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * Creates the error that the credential throws. Its context contains what the node needs to restore the failure.
 * The message contains the description, since n8n's test of a credential does not show the description.
 */
export function toThrowable(error: GoFiveError, { next = 'endRun', afterMs }: Partial<Failure> = {}): Error {
	const { kind, message, description, retryAfterMs } = error;
	const nodeError = toNodeError(CREDENTIAL_NODE, error.with({ message: error.text, description: '' }));
	const goFiveCredential = { text: { kind, message, description, retryAfterMs }, next, afterMs };
	Object.assign(nodeError.context, { goFiveCredential } satisfies CredentialErrorContext);
	return nodeError;
}

/**
 * Creates the error that is thrown instead of signing if a token must be fetched first.
 * n8n treats it like a response with HTTP 401: it fetches a token, stores it and signs again.
 */
export function createOutdatedTokenError(): Error {
	return Object.assign(toThrowable(new GoFiveError(messages.tokenOutdated)), { response: { status: 401 } });
}

/** Sends a request of the credential, and evaluates the response as a node does. */
async function sendAndEvaluate(
	httpRequest: HttpRequestHelper,
	options: RequestOptions,
	request: ApiRequest,
	credential: CredentialData,
): Promise<RequestResult> {
	// n8n's timeout only limits the time without data.
	const timeoutSignal = clock.timeoutSignal(TOKEN_TIMEOUT_SECONDS * SECOND_MS);
	const response = httpRequest({
		...options,
		abortSignal: timeoutSignal,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TOKEN_TIMEOUT_SECONDS * SECOND_MS,
	});
	const received = await response.then(responseToOutcome, errorToOutcome);
	const outcome: Outcome = timeoutSignal.aborted ? { kind: 'aborted', reason: 'timeout' } : received;
	const redactor = new Redactor(listSecrets(credential));
	const timeouts = { timeoutSeconds: TOKEN_TIMEOUT_SECONDS, totalTimeoutSeconds: TOKEN_TIMEOUT_SECONDS };
	return evaluate(outcome, request, { ...timeouts, redact: redactor.redactText });
}

/**
 * Fetches an access token with client id and secret: POST /authorization/connect/token.
 *
 * @throws GoFiveError if a value of the credential is missing or invalid.
 * @throws NodeApiError if GoFive returns no token. Its text contains no secret.
 * @see https://developer.gofive.co.th/api-3627563
 */
export async function fetchToken(httpRequest: HttpRequestHelper, credential: CredentialData): Promise<string> {
	const form = {
		grant_type: 'client_credentials',
		client_id: readCredentialValue(credential.clientId, 'Client ID'),
		client_secret: readCredentialValue(credential.clientSecret, 'Client Secret'),
	};
	if (!form.client_id || !form.client_secret) throw new GoFiveError(messages.clientCredentialsMissing);
	const request: ApiRequest = {
		method: 'POST',
		path: SIGN_IN_PATH,
		bodyText: new URLSearchParams(form).toString(),
		effect: 'read',
		isTokenRequest: true,
		returnsFullBody: true,
	};
	const options = {
		method: 'POST' as const,
		url: parseBaseUrl(credential.baseUrl) + SIGN_IN_PATH,
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Ocp-Apim-Subscription-Key': getSubscriptionKey(credential),
		},
		body: toBodyText(request),
	};
	const result = await sendAndEvaluate(httpRequest, options, request, credential);
	if ('error' in result) throw toThrowable(result.error, result);
	const token = isObject(result.data) ? toText(result.data.access_token) : '';
	if (!TOKEN.test(token)) throw toThrowable(new GoFiveError(messages.noTokenInResponse));
	return token;
}

/**
 * Sends the request of the credential test.
 *
 * @param options - Signed request.
 * @throws NodeApiError if it is not successful, with the text that a node would show.
 */
export async function testCredential(
	httpRequest: HttpRequestHelper,
	options: RequestOptions,
	credential: CredentialData,
): Promise<void> {
	const request: ApiRequest = { method: 'GET', path: toText(options.url) };
	const result = await sendAndEvaluate(httpRequest, options, request, credential);
	if ('data' in result) return;
	const isNewTokenRejected = result.next === 'renewToken' && credential.authentication !== 'accessToken';
	throw toThrowable(isNewTokenRejected ? new GoFiveError(messages.newTokenRejected) : result.error);
}
