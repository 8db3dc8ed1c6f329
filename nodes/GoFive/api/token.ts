import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { baseUrlOf } from './baseUrl';
import { isCut, plain } from './envelope';
import { explainToken } from './explain';
import { Failure, toNodeError } from './failure';
import { messages } from './messages';
import { answered, thrown, type CredentialContext, type Outcome } from './outcome';
import { withoutSecrets } from './secrets';

const SIGN_IN_PATH = '/authorization/connect/token';
const TIMEOUT_SECONDS = 60;
const CREDENTIAL_NODE: INode = {
	id: '',
	name: 'GoFive API',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's error for something that the credential refuses; the node recognises it by its context. */
export function credentialError(failure: Failure, token?: Outcome): Error {
	const error = toNodeError(CREDENTIAL_NODE, failure);
	Object.assign(error.context, { goFiveCredential: { token: token && bare(token) } } satisfies CredentialContext);
	return error;
}

/** What decides about another attempt, and no more: n8n stores the context of an error, and the answer may quote a secret. */
function bare(outcome: Outcome): Outcome {
	if (outcome.kind !== 'answer') return outcome;
	const { 'retry-after': after } = outcome.headers;
	return { ...outcome, headers: after === undefined ? {} : { 'retry-after': after }, text: '' };
}

/** @throws Failure when the credential has no subscription key */
export function subscriptionKeyOf(credential: Record<string, unknown>): string {
	const key = plain(credential.subscriptionApiKey);
	if (!key) throw new Failure(messages.subscriptionKeyMissing, '401');
	return key;
}

/**
 * Fetches an access token with client id and secret (POST /authorization/connect/token, page api-3627563).
 * @param send n8n's plain request helper
 * @throws Failure and NodeApiError with a message for the user; it never holds a secret
 */
export async function fetchToken(
	send: (options: IHttpRequestOptions) => Promise<unknown>,
	credential: Record<string, unknown>,
): Promise<string> {
	const form = {
		grant_type: 'client_credentials',
		client_id: plain(credential.clientId),
		client_secret: plain(credential.clientSecret),
	};
	if (!form.client_id || !form.client_secret) throw new Failure(messages.clientMissing, '401');
	const received = await send({
		method: 'POST',
		url: baseUrlOf(credential.baseUrl) + SIGN_IN_PATH,
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Ocp-Apim-Subscription-Key': subscriptionKeyOf(credential),
		},
		body: new URLSearchParams(form).toString(),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_SECONDS * 1000,
	}).then(answered, thrown);
	const outcome: Outcome =
		received.kind === 'answer' && isCut(received.text) ? { kind: 'broken', code: 'CUT' } : received;

	if (outcome.kind !== 'answer' || outcome.status >= 300) {
		const failure = explainToken(outcome, { timeout: TIMEOUT_SECONDS, tries: 1, write: false });
		throw credentialError(withoutSecrets(failure, credential), outcome);
	}
	const token = tokenIn(outcome.text);
	if (!token) throw credentialError(new Failure(messages.noTokenInAnswer, String(outcome.status)));
	return token;
}

function tokenIn(text: string): string {
	try {
		return plain((JSON.parse(text) as { access_token?: unknown } | null)?.access_token);
	} catch {
		return '';
	}
}
