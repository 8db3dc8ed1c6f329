import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { SIGN_IN_PATH } from '../request/request';
import { parseBaseUrl } from './baseUrl';
import { isTruncatedJson } from '../response/envelope';
import { tokenOutcomeToError } from '../response/outcomeToError';
import { GoFiveError, toNodeError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { responseToOutcome, isSuccessStatus, errorToOutcome } from '../response/outcome';
import type { CredentialErrorContext, Outcome } from '../response/outcome';
import { SecretRedactor } from './redaction';
import { isObject, parseJson } from '../../shared/json';
import { toText } from '../../shared/text';
import { SECOND_MS } from '../../shared/units';

/** Timeout of a token request. The credential has no access to the node's option 'Timeout', whose default this is. */
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
 * Creates the error that the credential throws. Its context tells the node what happened.
 * The message contains the description, since n8n's test of a credential does not show the description.
 */
export function toCredentialError(goFiveError: GoFiveError, tokenOutcome?: Outcome): Error {
	const { message, description, cause } = goFiveError;
	const error = toNodeError(CREDENTIAL_NODE, goFiveError.withText({ message: goFiveError.text, description: '' }));
	const goFiveCredential = { message, description, cause, tokenOutcome: tokenOutcome && removeContent(tokenOutcome) };
	Object.assign(error.context, { goFiveCredential } satisfies CredentialErrorContext);
	return error;
}

/**
 * Creates the error that is thrown instead of signing if a token must be fetched first.
 * n8n treats it like a response with HTTP 401: it fetches a token, stores it and signs again.
 */
export function createOutdatedTokenError(): Error {
	const error = toCredentialError(new GoFiveError(messages.tokenOutdated, { httpCode: '401' }));
	return Object.assign(error, { response: { status: 401 } });
}

/** Keeps only the facts that decide about a retry. n8n stores them, and a response may contain a secret. */
function removeContent(outcome: Outcome): Outcome {
	if (outcome.kind !== 'response') return outcome;
	return { ...outcome, headers: { 'retry-after': outcome.headers['retry-after'] }, text: '' };
}

/** Sends a request of the credential. Requests of a node are sent in api/transport/transport.ts. */
async function sendUnsigned(httpRequest: HttpRequestHelper, options: IHttpRequestOptions): Promise<Outcome> {
	const defaults = { returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true };
	const response = httpRequest({ ...defaults, timeout: TOKEN_TIMEOUT_SECONDS * SECOND_MS, ...options });
	return await response.then(responseToOutcome, errorToOutcome);
}

/**
 * Checks that a server responds at the base URL. The request contains no secret.
 *
 * @throws NodeApiError if there is no response.
 */
export async function assertReachable(httpRequest: HttpRequestHelper, baseUrl: unknown): Promise<void> {
	const outcome = await sendUnsigned(httpRequest, { url: parseBaseUrl(baseUrl) });
	if (outcome.kind !== 'response')
		throw toCredentialError(tokenOutcomeToError(outcome, TOKEN_TIMEOUT_SECONDS), outcome);
}

/**
 * Returns the subscription key.
 *
 * @throws GoFiveError if the credential has none.
 */
export function getSubscriptionKey(credential: Record<string, unknown>): string {
	const key = toText(credential.subscriptionApiKey);
	if (!key) throw new GoFiveError(messages.subscriptionKeyMissing, { httpCode: '401' });
	return key;
}

/**
 * Fetches an access token with client id and secret: POST /authorization/connect/token.
 *
 * @throws GoFiveError if a value of the credential is missing or invalid.
 * @throws NodeApiError if GoFive returns no token. Its text contains no secret.
 * @see https://developer.gofive.co.th/api-3627563
 */
export async function fetchToken(httpRequest: HttpRequestHelper, credential: Record<string, unknown>): Promise<string> {
	const form = {
		grant_type: 'client_credentials',
		client_id: toText(credential.clientId),
		client_secret: toText(credential.clientSecret),
	};
	if (!form.client_id || !form.client_secret)
		throw new GoFiveError(messages.clientCredentialsMissing, { httpCode: '401' });
	const rawOutcome = await sendUnsigned(httpRequest, {
		method: 'POST',
		url: parseBaseUrl(credential.baseUrl) + SIGN_IN_PATH,
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Ocp-Apim-Subscription-Key': getSubscriptionKey(credential),
		},
		body: new URLSearchParams(form).toString(),
	});
	const isTruncated = rawOutcome.kind === 'response' && isTruncatedJson(rawOutcome.text);
	const outcome: Outcome = isTruncated ? { kind: 'connectionError', code: 'TRUNCATED_RESPONSE' } : rawOutcome;

	if (outcome.kind !== 'response' || !isSuccessStatus(outcome)) {
		const redactor = new SecretRedactor();
		redactor.addCredential(credential);
		throw toCredentialError(redactor.redact(tokenOutcomeToError(outcome, TOKEN_TIMEOUT_SECONDS)), outcome);
	}
	const body = parseJson(outcome.text);
	const token = isObject(body) ? toText(body.access_token) : '';
	if (!TOKEN.test(token))
		throw toCredentialError(new GoFiveError(messages.noTokenInResponse, { httpCode: String(outcome.status) }));
	return token;
}
