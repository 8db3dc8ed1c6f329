import { plain } from './envelope';
import { Failure } from './failure';

const SECRET_FIELDS = ['subscriptionApiKey', 'clientSecret', 'accessToken', 'sessionToken'];
/** Anything shorter may stand in a text by chance, and is no secret that a server would accept. */
const SHORTEST = 8;

/** The failure as a person may read it: GoFive's own words are quoted, and they might repeat a secret of the credential. */
export function withoutSecrets(failure: Failure, credential: Record<string, unknown>): Failure {
	const secrets = SECRET_FIELDS.map((field) => plain(credential[field]).replace(/^bearer\s+/i, ''));
	const hide = (text: string): string =>
		secrets.filter(({ length }) => length >= SHORTEST).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	const { message, description, cause, httpCode } = failure;
	return new Failure({ message: hide(message), description: hide(description), cause }, httpCode);
}
