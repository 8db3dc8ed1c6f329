import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { SIGN_IN_PATH } from '../request/request';
import { baseUrlOf } from './baseUrl';
import { isCut, plain } from '../answer/envelope';
import { explainToken } from '../answer/explain';
import { Failure, toNodeError } from '../words/failure';
import { messages } from '../words/messages';
import { answered, isSuccessStatus, thrown, type CredentialContext, type Outcome } from '../answer/outcome';
import { withoutSecrets } from './secrets';

const TIMEOUT_SECONDS = 60;
const CIRCUMSTANCES = { timeout: TIMEOUT_SECONDS, tries: 1, effect: 'read' } as const;
const CREDENTIAL_NODE: INode = {
	id: '',
	name: 'GoFive API',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's request helper that does not sign. */
export type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * What the credential throws; its context tells the node what happened.
 * The message says everything, since n8n's test of a credential does not show the description.
 */
export function credentialError(failure: Failure, token?: Outcome): Error {
	const { message, description } = failure;
	const error = toNodeError(CREDENTIAL_NODE, failure.reworded({ message: failure.text, description: '' }));
	const goFiveCredential = { message, description, token: token && bare(token) };
	Object.assign(error.context, { goFiveCredential } satisfies CredentialContext);
	return error;
}

/** Thrown instead of signing where a token has to be fetched first. n8n takes it for a 401: it fetches one, stores it and signs again. */
export function outdated(): Error {
	const error = credentialError(new Failure(messages.tokenOutdated, { httpCode: '401' }));
	return Object.assign(error, { response: { status: 401 } });
}

/** Only what decides whether to try again: n8n stores the context of an error, and the answer may quote a secret. */
function bare(outcome: Outcome): Outcome {
	if (outcome.kind !== 'answer') return outcome;
	const { 'retry-after': after } = outcome.headers;
	return { ...outcome, headers: after === undefined ? {} : { 'retry-after': after }, text: '' };
}

async function once(send: Send, request: IHttpRequestOptions): Promise<Outcome> {
	const settings = { returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true };
	return await send({ ...settings, timeout: TIMEOUT_SECONDS * 1000, ...request }).then(answered, thrown);
}

/**
 * Looks whether anything answers at the base URL; no secret goes along.
 * @throws NodeApiError with a message for the user when nothing does
 */
export async function reach(send: Send, baseUrl: unknown): Promise<void> {
	const outcome = await once(send, { url: baseUrlOf(baseUrl) });
	if (outcome.kind !== 'answer') throw credentialError(explainToken(outcome, CIRCUMSTANCES), outcome);
}

/** @throws Failure when the credential has no subscription key */
export function subscriptionKeyOf(credential: Record<string, unknown>): string {
	const key = plain(credential.subscriptionApiKey);
	if (!key) throw new Failure(messages.subscriptionKeyMissing, { httpCode: '401' });
	return key;
}

/**
 * Fetches an access token with client id and secret (POST /authorization/connect/token, page api-3627563).
 * @throws Failure and NodeApiError with a message for the user; it never holds a secret
 */
export async function fetchToken(send: Send, credential: Record<string, unknown>): Promise<string> {
	const form = {
		grant_type: 'client_credentials',
		client_id: plain(credential.clientId),
		client_secret: plain(credential.clientSecret),
	};
	if (!form.client_id || !form.client_secret) throw new Failure(messages.clientMissing, { httpCode: '401' });
	const received = await once(send, {
		method: 'POST',
		url: baseUrlOf(credential.baseUrl) + SIGN_IN_PATH,
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Ocp-Apim-Subscription-Key': subscriptionKeyOf(credential),
		},
		body: new URLSearchParams(form).toString(),
	});
	const outcome: Outcome =
		received.kind === 'answer' && isCut(received.text) ? { kind: 'broken', code: 'CUT' } : received;

	if (outcome.kind !== 'answer' || !isSuccessStatus(outcome)) {
		throw credentialError(withoutSecrets(explainToken(outcome, CIRCUMSTANCES), credential), outcome);
	}
	const token = tokenIn(outcome.text);
	if (!token) throw credentialError(new Failure(messages.noTokenInAnswer, { httpCode: String(outcome.status) }));
	return token;
}

function tokenIn(text: string): string {
	try {
		return plain((JSON.parse(text) as { access_token?: unknown } | null)?.access_token);
	} catch {
		return '';
	}
}
