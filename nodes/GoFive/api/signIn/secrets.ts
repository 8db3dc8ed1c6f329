import { plain } from '../answer/envelope';
import type { Failure } from '../words/failure';
import { pastedToken, storedToken } from './storedToken';

/** A shorter text may occur by chance in what GoFive says, and no server would accept it as a secret. */
const SHORTEST = 8;

/** The text without the start of a secret where a quotation was cut in the middle of it. */
function withoutStart(text: string, secret: string): string {
	const starts = Array.from(secret, (_, index) => `${secret.slice(0, -1 - index)}…`).filter(
		(start) => start.length > 4,
	);
	return starts.reduce((rest, start) => rest.replaceAll(start, '***…'), text);
}

/** The failure with every secret of the credential masked: it quotes GoFive's own words, which might repeat one. */
export function withoutSecrets(failure: Failure, credential: Record<string, unknown>): Failure {
	const fields = [credential.subscriptionApiKey, credential.clientSecret].map(plain);
	const secrets = [...fields, pastedToken(credential), storedToken(credential)];
	const long = secrets.filter(({ length }) => length >= SHORTEST);
	const hide = (text: string): string =>
		long.reduce((rest, secret) => withoutStart(rest.replaceAll(secret, '***'), secret), text);
	return failure.reworded({ message: hide(failure.message), description: hide(failure.description) });
}
