import { createHmac } from 'crypto';
import { plain } from '../answer/envelope';

/**
 * Changes with every value that a token is asked for with, and gives none of them away.
 * n8n keeps the token when the user changes the credential, and would go on using it.
 */
function markOf(credential: Record<string, unknown>): string {
	const { clientId, clientSecret, subscriptionApiKey, baseUrl } = credential;
	const values = JSON.stringify([clientId, subscriptionApiKey, baseUrl].map(plain));
	return createHmac('sha256', plain(clientSecret)).update(values).digest('base64url');
}

/** A fresh token as it is stored in `sessionToken`: behind a mark of the credential that it was fetched with. */
export const toStore = (token: string, credential: Record<string, unknown>): string => `${markOf(credential)} ${token}`;

/** The token in `sessionToken`, whatever it was fetched with. */
export function storedToken({ sessionToken }: Record<string, unknown>): string {
	return plain(sessionToken).replace(/^\S+\s+/, '');
}

/** The token that the user has pasted, without the word Bearer. */
export function pastedToken({ accessToken }: Record<string, unknown>): string {
	return plain(accessToken).replace(/^bearer(?:\s+|$)/i, '');
}

/** The token to sign with: the pasted one, or the stored one if it fits the credential as it is now; empty where one has to be fetched first. */
export function fittingToken(credential: Record<string, unknown>): string {
	if (credential.authentication === 'accessToken') return pastedToken(credential);
	const token = storedToken(credential);
	return plain(credential.sessionToken) === toStore(token, credential) ? token : '';
}

/** The Authorization header for the credential as it is now; empty where a token has to be fetched first. */
export function signatureOf(credential: Record<string, unknown>): string {
	const token = fittingToken(credential);
	return token && `Bearer ${token}`;
}
