import type { GoFiveError } from '../errors/goFiveError';
import { getPastedToken, getStoredToken } from './sessionToken';
import { toText } from '../../shared/text';

/** Length of the shortest secret that is masked. A shorter text may occur by chance, and no server accepts it. */
const MIN_SECRET_LENGTH = 8;
/** Length of the shortest part of a secret that is masked at the end of a shortened quotation. */
const MIN_PREFIX_LENGTH = 4;

/** Masks the start of a secret where a quotation was shortened in the middle of it. */
function redactTruncated(text: string, secret: string): string {
	const prefixes = Array.from(secret, (_, index) => secret.slice(0, -1 - index));
	return prefixes
		.filter(({ length }) => length >= MIN_PREFIX_LENGTH)
		.reduce((redacted, prefix) => redacted.replaceAll(`${prefix}…`, '***…'), text);
}

/** Masks every secret of the credential in an error, which may quote a response that repeats one. */
export function redactSecrets(error: GoFiveError, credential: Record<string, unknown>): GoFiveError {
	const fields = [credential.subscriptionApiKey, credential.clientSecret].map(toText);
	const secrets = [...fields, getPastedToken(credential), getStoredToken(credential)];
	const maskable = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
	const redact = (text: string): string =>
		maskable.reduce((redacted, secret) => redactTruncated(redacted.replaceAll(secret, '***'), secret), text);
	return error.withText({ message: redact(error.message), description: redact(error.description) });
}
