import { parseUrl } from '../request/request';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { toText } from '../../shared/text';

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
	if (!url || url.origin === 'null') throw new GoFiveError(messages.baseUrlInvalid, { reason: 'configuration' });
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
	if (!isSafe || url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
		throw new GoFiveError(messages.baseUrlUnsafe(url.origin), { reason: 'configuration' });
	}
	return text;
}

/** Options with which n8n's request helpers do not verify the certificate of a server, or trust another authority. */
export interface TlsOptions {
	/** Set to false by the option 'Ignore SSL Issues (Insecure)' of n8n's HTTP Request node. */
	rejectUnauthorized?: boolean;
	/** Set to true by the same option of a declarative node. */
	skipSslCertificateValidation?: boolean;
	/** Options of the agent of Node.js. Those of the HTTP Request node contain the option 'SSL Certificates'. */
	agentOptions?: { rejectUnauthorized?: boolean; ca?: unknown };
}

/**
 * Checks before the credential signs a request that the server must prove to be the one of the base URL. Otherwise
 * a proxy, which the HTTP Request node may name, could read the secrets. HTTP, which only localhost may use, has no TLS.
 *
 * @throws GoFiveError if the request does not verify the certificate of an https base URL.
 */
export function assertVerifiesCertificate(options: TlsOptions, baseUrl: string): void {
	const { rejectUnauthorized, skipSslCertificateValidation, agentOptions } = options;
	const isUnverified = rejectUnauthorized === false || skipSslCertificateValidation === true;
	const acceptsOtherCertificates = agentOptions?.rejectUnauthorized === false || agentOptions?.ca !== undefined;
	if ((isUnverified || acceptsOtherCertificates) && parseUrl(baseUrl)?.protocol === 'https:')
		throw new GoFiveError(messages.certificateNotVerified, { reason: 'configuration' });
}

/**
 * Checks the origin of a request before the credential signs it.
 *
 * @param target - URL of the request, absolute or relative to `base`.
 * @throws GoFiveError if the origin is not that of the base URL.
 */
export function assertSameOrigin(target: unknown, baseUrl: string, base?: string): void {
	const text = String(target ?? '');
	const origin = parseUrl(text, base)?.origin ?? text;
	if (origin !== parseUrl(baseUrl)?.origin)
		throw new GoFiveError(messages.otherOrigin(origin), { reason: 'configuration' });
}
