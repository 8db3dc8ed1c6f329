import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { SIGN_IN_PATH } from '../request/request';
import { parseBaseUrl } from './baseUrl';
import { isTruncatedJson } from '../response/envelope';
import { tokenOutcomeToError } from '../response/outcomeToError';
import { GoFiveError, toNodeError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import {
	responseToOutcome,
	isSuccessStatus,
	errorToOutcome,
	type CredentialErrorContext,
	type Outcome,
} from '../response/outcome';
import { redactSecrets } from './redaction';
import { toText } from '../../shared/text';
import { SECOND_MS } from '../../shared/units';

const TOKEN_TIMEOUT_SECONDS = 60;
const TOKEN_ERROR_CONTEXT = { timeout: TOKEN_TIMEOUT_SECONDS, attempts: 1, effect: 'read' } as const;
const CREDENTIAL_NODE: INode = {
	id: '',
	name: 'GoFive API',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's request helper that does not sign. */
export type HttpRequestHelper = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * What the credential throws; its context tells the node what happened.
 * The message says everything, since n8n's test of a credential does not show the description.
 */
export function toCredentialError(goFiveError: GoFiveError, token?: Outcome): Error {
	const { message, description } = goFiveError;
	const error = toNodeError(CREDENTIAL_NODE, goFiveError.withText({ message: goFiveError.text, description: '' }));
	const goFiveCredential = { message, description, token: token && withoutContent(token) };
	Object.assign(error.context, { goFiveCredential } satisfies CredentialErrorContext);
	return error;
}

/** Thrown instead of signing where a token has to be fetched first. n8n takes it for a 401: it fetches one, stores it and signs again. */
export function createOutdatedTokenError(): Error {
	const error = toCredentialError(new GoFiveError(messages.tokenOutdated, { httpCode: '401' }));
	return Object.assign(error, { response: { status: 401 } });
}

/** Only what decides whether to try again: n8n stores the context of an error, and the answer may quote a secret. */
function withoutContent(outcome: Outcome): Outcome {
	if (outcome.kind !== 'response') return outcome;
	const { 'retry-after': retryAfter } = outcome.headers;
	return { ...outcome, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter }, text: '' };
}

async function sendWithoutAuthentication(send: HttpRequestHelper, request: IHttpRequestOptions): Promise<Outcome> {
	const defaults = { returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true };
	return await send({ ...defaults, timeout: TOKEN_TIMEOUT_SECONDS * SECOND_MS, ...request }).then(
		responseToOutcome,
		errorToOutcome,
	);
}

/**
 * Looks whether anything answers at the base URL; no secret goes along.
 * @throws NodeApiError with a message for the user when nothing does
 */
export async function assertReachable(send: HttpRequestHelper, baseUrl: unknown): Promise<void> {
	const outcome = await sendWithoutAuthentication(send, { url: parseBaseUrl(baseUrl) });
	if (outcome.kind !== 'response') throw toCredentialError(tokenOutcomeToError(outcome, TOKEN_ERROR_CONTEXT), outcome);
}

/** @throws GoFiveError when the credential has no subscription key */
export function getSubscriptionKey(credential: Record<string, unknown>): string {
	const key = toText(credential.subscriptionApiKey);
	if (!key) throw new GoFiveError(messages.subscriptionKeyMissing, { httpCode: '401' });
	return key;
}

/**
 * Fetches an access token with client id and secret (POST /authorization/connect/token, page api-3627563).
 * @throws GoFiveError and NodeApiError with a message for the user; it never holds a secret
 */
export async function fetchToken(send: HttpRequestHelper, credential: Record<string, unknown>): Promise<string> {
	const form = {
		grant_type: 'client_credentials',
		client_id: toText(credential.clientId),
		client_secret: toText(credential.clientSecret),
	};
	if (!form.client_id || !form.client_secret)
		throw new GoFiveError(messages.clientCredentialsMissing, { httpCode: '401' });
	const rawOutcome = await sendWithoutAuthentication(send, {
		method: 'POST',
		url: parseBaseUrl(credential.baseUrl) + SIGN_IN_PATH,
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Ocp-Apim-Subscription-Key': getSubscriptionKey(credential),
		},
		body: new URLSearchParams(form).toString(),
	});
	const outcome: Outcome =
		rawOutcome.kind === 'response' && isTruncatedJson(rawOutcome.text)
			? { kind: 'connectionError', code: 'TRUNCATED_RESPONSE' }
			: rawOutcome;

	if (outcome.kind !== 'response' || !isSuccessStatus(outcome)) {
		throw toCredentialError(redactSecrets(tokenOutcomeToError(outcome, TOKEN_ERROR_CONTEXT), credential), outcome);
	}
	const token = parseToken(outcome.text);
	if (!token)
		throw toCredentialError(new GoFiveError(messages.noTokenInResponse, { httpCode: String(outcome.status) }));
	return token;
}

function parseToken(text: string): string {
	try {
		return toText((JSON.parse(text) as { access_token?: unknown } | null)?.access_token);
	} catch {
		return '';
	}
}
