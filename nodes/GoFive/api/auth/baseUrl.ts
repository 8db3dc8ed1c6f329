import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { parseUrl } from '../request/request';
import { GoFiveError, type ErrorText } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { isObject } from '../../shared/json';
import { toText } from '../../shared/text';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const settingError = (text: ErrorText) => new GoFiveError(text, { reason: 'configuration' });

/**
 * Returns the base URL without surrounding blanks and trailing slashes.
 *
 * @throws GoFiveError if it is not a URL, or would send the secrets unencrypted to another machine.
 */
export function parseBaseUrl(value: unknown): string {
	const text = toText(value).replace(/(?<!\/)\/+$/, '');
	const url = parseUrl(text);
	// Without https://, a host and port are read as scheme and path. The origin of such a URL is 'null'.
	if (!url || url.origin === 'null') throw settingError(messages.baseUrlInvalid);
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
	if (!isSafe || url.username !== '' || url.password !== '' || /[?#]/.test(text))
		throw settingError(messages.baseUrlUnsafe(url.origin));
	return text;
}

/** Options of a request that the credential signs. The deprecated request helper has options of its own. */
export interface SignedRequest
	extends Partial<Pick<IHttpRequestOptions, 'method' | 'url' | 'baseURL' | 'skipSslCertificateValidation'>> {
	/** URL, in the deprecated request helper. */
	uri?: string;
	/** Set to false by the option 'Ignore SSL Issues (Insecure)' of n8n's HTTP Request node. */
	rejectUnauthorized?: boolean;
	headers?: Record<string, unknown>;
	/** Options of the agent of Node.js. Those of the HTTP Request node contain the option 'SSL Certificates'. */
	agentOptions?: { rejectUnauthorized?: boolean; ca?: unknown };
}

/** Returns true if headers contain another host. n8n also sends the headers in objects, for example in `common`. */
const namesOtherHost = (headers: object, host: string): boolean =>
	Object.entries(headers).some(([name, value]: [string, unknown]) =>
		name.trim().toLowerCase() === 'host' ? value !== host : isObject(value) && namesOtherHost(value, host),
	);

/** Copies headers as JSON, since a getter or a `toString` could return another value after the check. */
export const copyHeaders = (headers: SignedRequest['headers'] = {}): IDataObject =>
	JSON.parse(JSON.stringify(headers)) as IDataObject;

/**
 * Checks before the credential signs a request that only the server of the base URL can receive it.
 *
 * - The origin of the request is that of the base URL, and so is its header Host, by which a server that several
 *   companies share selects the recipient. The URL and the method are text, since an object could change its text later.
 * - The method is not TRACE, since the response to it repeats the headers with the secrets.
 * - With https, the server must prove its name. Otherwise a proxy, which the HTTP Request node may name, could read the
 *   secrets. HTTP, which only localhost may use, has no TLS.
 *
 * @throws GoFiveError if another server could receive the request.
 */
export function assertMayBeSigned(request: SignedRequest, baseUrl: string): void {
	const { method, url, uri, baseURL, headers = {}, agentOptions } = request;
	const { host, origin, protocol } = new URL(baseUrl);
	if ([url, uri, baseURL].some((part) => typeof (part ?? '') !== 'string'))
		throw settingError(messages.otherOrigin('a URL that is not text'));
	const target = url ?? uri ?? '';
	const targetOrigin = parseUrl(target, baseURL)?.origin ?? target;
	if (targetOrigin !== origin) throw settingError(messages.otherOrigin(targetOrigin));
	if (namesOtherHost(headers, host)) throw settingError(messages.otherOrigin("the host in the header 'Host'"));
	if (typeof (method ?? '') !== 'string' || method?.toUpperCase() === 'TRACE')
		throw settingError(messages.methodRepeatsSecrets);
	const isUnverified = request.rejectUnauthorized === false || request.skipSslCertificateValidation === true;
	const acceptsOtherCertificates = agentOptions?.rejectUnauthorized === false || agentOptions?.ca !== undefined;
	if ((isUnverified || acceptsOtherCertificates) && protocol === 'https:')
		throw settingError(messages.certificateNotVerified);
}
