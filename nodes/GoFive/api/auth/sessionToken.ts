import { createHmac } from 'crypto';
import { toText } from '../../shared/text';

/**
 * Changes with every value that a token is asked for with, and gives none of them away.
 * n8n keeps the token when the user changes the credential, and would go on using it.
 */
function credentialFingerprint(credential: Record<string, unknown>): string {
	const { clientId, clientSecret, subscriptionApiKey, baseUrl } = credential;
	const values = JSON.stringify([clientId, subscriptionApiKey, baseUrl].map(toText));
	return createHmac('sha256', toText(clientSecret)).update(values).digest('base64url');
}

/** A fresh token as it is stored in `sessionToken`: behind a mark of the credential that it was fetched with. */
export const sealToken = (token: string, credential: Record<string, unknown>): string =>
	`${credentialFingerprint(credential)} ${token}`;

/** The token in `sessionToken`, whatever it was fetched with. */
export function getStoredToken({ sessionToken }: Record<string, unknown>): string {
	return toText(sessionToken).replace(/^\S+\s+/, '');
}

/** The token that the user has pasted, without the word Bearer. */
export function getPastedToken({ accessToken }: Record<string, unknown>): string {
	return toText(accessToken).replace(/^bearer(?:\s+|$)/i, '');
}

/** The token to sign with: the pasted one, or the stored one if it fits the credential as it is now; empty where one has to be fetched first. */
export function getValidToken(credential: Record<string, unknown>): string {
	if (credential.authentication === 'accessToken') return getPastedToken(credential);
	const token = getStoredToken(credential);
	return toText(credential.sessionToken) === sealToken(token, credential) ? token : '';
}

/** The Authorization header for the credential as it is now; empty where a token has to be fetched first. */
export function getAuthorization(credential: Record<string, unknown>): string {
	const token = getValidToken(credential);
	return token && `Bearer ${token}`;
}
