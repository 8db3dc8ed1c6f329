import { createHash } from 'crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { toText } from '../shared/text';
import { GoFiveError } from './errors';
import { messages } from './messages';
import { parseUrl } from './request';

/** Data of the credential GoFive API. */
export type CredentialData = Record<string, unknown>;

/** State of a request that a GoFive node sends. */
export interface SigningState {
	/** Authorization header that GoFive rejected. The request must be signed with a newer one. */
	rejectedAuthorization?: string;
	/** Authorization header that was sent. */
	authorization?: string;
}

/** Key of the signing state in the options of a request. Data of a workflow cannot have it. */
export const SIGNING_STATE = Symbol.for('n8n-nodes-gofive.signingState');

/** Options of a request, also those of n8n's deprecated request helper, which the HTTP Request node uses. */
export interface RequestOptions extends IHttpRequestOptions {
	/** URL, in the deprecated helper. */
	uri?: string;
	/** Whether the deprecated helper returns a stream. */
	useStream?: boolean;
	[SIGNING_STATE]?: SigningState;
}

/** Options of both request helpers of n8n, which otherwise send the subscription key to another host. */
const NO_REDIRECTS = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Returns the base URL without surrounding blanks and trailing slashes.
 *
 * @throws GoFiveError if it is not a URL, or would send the secrets unencrypted to another machine.
 */
export function parseBaseUrl(value: unknown): string {
	const text = toText(value).replace(/(?<!\/)\/+$/, '');
	const url = parseUrl(text);
	// Without https://, a host and port are read as scheme and path. The origin of such a URL is 'null'.
	if (!url || url.origin === 'null') throw new GoFiveError(messages.baseUrlInvalid);
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
	if (!isSafe || url.username !== '' || url.password !== '' || /[?#]/.test(text))
		throw new GoFiveError(messages.baseUrlUnsafe(url.origin));
	return text;
}

// n8n keeps the stored token when the user changes the credential, and would continue to use it.
// So the token is stored with a fingerprint of the values that it was fetched with.

/** Computes a fingerprint of all values that a token request contains. It reveals none of them. */
function computeFingerprint({ clientId, clientSecret, subscriptionApiKey, baseUrl }: CredentialData): string {
	const values = JSON.stringify([clientId, clientSecret, subscriptionApiKey, baseUrl].map(toText));
	return createHash('sha256').update(values).digest('base64url');
}

/** Builds the value of `sessionToken`: the fingerprint of the credential and the token. */
export const sealToken = (token: string, credential: CredentialData): string =>
	`${computeFingerprint(credential)} ${token}`;

/** Returns the stored token without checking its fingerprint. */
const getStoredToken = ({ sessionToken }: CredentialData): string => toText(sessionToken).replace(/^\S+\s+/, '');

/** Removes the word Bearer before a token. */
export const removeBearer = (text: unknown): string => toText(text).replace(/^bearer(?:\s+|$)/i, '');

/** Control characters, which a header cannot contain, and characters without a width, which are copied with a text. */
const INVISIBLE_CHARACTER = /[\p{Cc}\p{Cf}]/u;

/**
 * Reads a value of the credential without surrounding blanks.
 *
 * @param displayName - Name of its field, as the form shows it.
 * @throws GoFiveError if it contains an invisible character
 */
export function readCredentialValue(value: unknown, displayName: string): string {
	const text = toText(value);
	if (INVISIBLE_CHARACTER.test(text)) throw new GoFiveError(messages.invisibleCharacter(displayName));
	return text;
}

/**
 * Returns the Authorization header with the pasted token, or with the stored token if its fingerprint matches.
 * Empty if a token must be fetched first.
 *
 * @throws GoFiveError if the pasted token contains an invisible character
 */
export function getAuthorization(credential: CredentialData): string {
	const isPasted = credential.authentication === 'accessToken';
	const token = isPasted
		? removeBearer(readCredentialValue(credential.accessToken, 'Access Token'))
		: getStoredToken(credential);
	const isValid = isPasted || toText(credential.sessionToken) === sealToken(token, credential);
	return token && isValid ? `Bearer ${token}` : '';
}

/** Lists the secrets of a credential. */
export const listSecrets = (credential: CredentialData): string[] => [
	toText(credential.subscriptionApiKey),
	toText(credential.clientSecret),
	removeBearer(credential.accessToken),
	getStoredToken(credential),
];

/**
 * Returns the subscription key.
 *
 * @throws GoFiveError if the credential has none, or if it contains an invisible character.
 */
export function getSubscriptionKey({ subscriptionApiKey }: CredentialData): string {
	const key = readCredentialValue(subscriptionApiKey, 'Subscription Key');
	if (!key) throw new GoFiveError(messages.subscriptionKeyMissing);
	return key;
}

/**
 * Checks that a request may be signed. Other nodes than the GoFive nodes may use the credential only if its owner allows
 * it. n8n has a check of its own, but not in each of its nodes. Every request goes to the origin of the base URL.
 *
 * @throws GoFiveError if the request may not be signed.
 */
export function assertMayUse(options: RequestOptions, credential: CredentialData): void {
	const isGoFiveNode = options[SIGNING_STATE] !== undefined;
	if (!isGoFiveNode && credential.allowedHttpRequestDomains !== 'all') throw new GoFiveError(messages.otherNode);
	const { origin } = new URL(parseBaseUrl(credential.baseUrl));
	const { baseURL = '' } = options;
	const url = options.url ?? options.uri ?? '';
	// n8n converts an object to text again, perhaps to another one.
	if (typeof url !== 'string' || typeof baseURL !== 'string') throw new GoFiveError(messages.otherOrigin('this URL'));
	// Axios does not combine a base URL and a path as the URL standard does, so that both must have the origin.
	for (const target of [parseUrl(url, baseURL), parseUrl(baseURL || url)])
		if (target?.origin !== origin) throw new GoFiveError(messages.otherOrigin(target?.origin ?? url));
}

/**
 * Signs a copy of a request.
 *
 * @returns Undefined if there is no token, or if GoFive rejected it. n8n then fetches a new token and signs again.
 * @throws GoFiveError if the subscription key or the pasted token is missing or contains an invisible character.
 */
export function sign(options: RequestOptions, credential: CredentialData): RequestOptions | undefined {
	const key = getSubscriptionKey(credential);
	const authorization = getAuthorization(credential);
	if (!authorization && credential.authentication === 'accessToken') throw new GoFiveError(messages.tokenMissing);
	const state = options[SIGNING_STATE] ?? {};
	const isUsable = authorization !== '' && authorization !== state.rejectedAuthorization;
	// Compared once: GoFive may issue the same token again.
	state.rejectedAuthorization = undefined;
	if (!isUsable) return undefined;
	state.authorization = authorization;
	return {
		...options,
		...NO_REDIRECTS,
		headers: { ...options.headers, Authorization: authorization, 'Ocp-Apim-Subscription-Key': key },
		// A stream of a response contains the signed request, and n8n stores it.
		useStream: false,
		...(options.encoding === 'stream' && { encoding: 'arraybuffer' as const }),
	};
}
