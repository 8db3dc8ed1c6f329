import { parseUrl } from '../request/request';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { toText } from '../../shared/text';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL without blanks and trailing slashes.
 * @throws GoFiveError when it is not a URL, or plain http to another machine, which would send the secrets unencrypted
 */
export function parseBaseUrl(value: unknown): string {
	const text = toText(value).replace(/\/+$/, '');
	const url = parseUrl(text);
	// In an address without https://, what stands before a colon is read as the scheme, and such a URL has no origin.
	if (!url || url.origin === 'null') throw new GoFiveError(messages.baseUrlInvalid(text), { reason: 'configuration' });
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
	if (!isSafe || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new GoFiveError(messages.baseUrlUnsafe(url.origin), { reason: 'configuration' });
	}
	return text;
}

/**
 * Checks where a request leads before it is signed.
 * @param target URL of a request, absolute or relative to `base`
 * @throws GoFiveError when the request would take the secrets to another origin than the base URL's
 */
export function assertSameOrigin(target: unknown, baseUrl: string, base?: string): void {
	const text = String(target ?? '');
	const origin = parseUrl(text, base)?.origin ?? text;
	if (origin !== parseUrl(baseUrl)?.origin)
		throw new GoFiveError(messages.otherOrigin(origin), { reason: 'configuration' });
}
