import { createHmac } from 'crypto';
import { toText } from '../../shared/text';

// n8n keeps the stored token when the user changes the credential, and would continue to use it.
// So the token is stored with a fingerprint of the values that it was fetched with.

/** Computes a fingerprint of all values that a token request contains. It reveals none of them. */
function computeFingerprint(credential: Record<string, unknown>): string {
	const { clientId, clientSecret, subscriptionApiKey, baseUrl } = credential;
	const values = JSON.stringify([clientId, subscriptionApiKey, baseUrl].map(toText));
	return createHmac('sha256', toText(clientSecret)).update(values).digest('base64url');
}

/** Builds the value of `sessionToken`: the fingerprint of the credential and the token. */
export const sealToken = (token: string, credential: Record<string, unknown>): string =>
	`${computeFingerprint(credential)} ${token}`;

/** Returns the stored token without checking its fingerprint. */
export function getStoredToken({ sessionToken }: Record<string, unknown>): string {
	return toText(sessionToken).replace(/^\S+\s+/, '');
}

/** Removes the word Bearer before a token. */
export const removeBearer = (text: unknown): string => toText(text).replace(/^bearer(?:\s+|$)/i, '');

/** Returns the token that the user pasted, without the word Bearer. */
export const getPastedToken = ({ accessToken }: Record<string, unknown>): string => removeBearer(accessToken);

/**
 * Returns the Authorization header with the pasted token, or with the stored token if its fingerprint matches.
 * Empty if a token must be fetched first.
 */
export function getAuthorization(credential: Record<string, unknown>): string {
	const isPasted = credential.authentication === 'accessToken';
	const token = isPasted ? getPastedToken(credential) : getStoredToken(credential);
	const isValid = isPasted || toText(credential.sessionToken) === sealToken(token, credential);
	return token && isValid ? `Bearer ${token}` : '';
}
