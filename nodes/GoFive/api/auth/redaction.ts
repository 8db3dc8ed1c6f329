import type { GoFiveError } from '../errors/goFiveError';
import { getPastedToken, getStoredToken } from './sessionToken';
import { toText } from '../../shared/text';

/** A shorter text may occur by chance in what GoFive says, and no server would accept it as a secret. */
const MIN_SECRET_LENGTH = 8;

/** The text without the start of a secret where a quotation was cut in the middle of it. */
function redactTruncated(text: string, secret: string): string {
	const prefixes = Array.from(secret, (_, index) => `${secret.slice(0, -1 - index)}…`).filter(
		(prefix) => prefix.length > 4,
	);
	return prefixes.reduce((redacted, prefix) => redacted.replaceAll(prefix, '***…'), text);
}

/** The failure with every secret of the credential masked: it quotes GoFive's own words, which might repeat one. */
export function redactSecrets(error: GoFiveError, credential: Record<string, unknown>): GoFiveError {
	const fields = [credential.subscriptionApiKey, credential.clientSecret].map(toText);
	const secrets = [...fields, getPastedToken(credential), getStoredToken(credential)];
	const maskable = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
	const redact = (text: string): string =>
		maskable.reduce((redacted, secret) => redactTruncated(redacted.replaceAll(secret, '***'), secret), text);
	return error.withText({ message: redact(error.message), description: redact(error.description) });
}
