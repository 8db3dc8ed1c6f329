import { plain } from '../answer/envelope';
import { urlOf } from '../request/request';
import { Failure } from '../words/failure';
import { messages } from '../words/messages';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL without blanks and trailing slashes.
 * @throws Failure when it is not a URL, or plain http to another machine, which would send the secrets unencrypted
 */
export function baseUrlOf(value: unknown): string {
	const text = plain(value).replace(/\/+$/, '');
	const url = urlOf(text);
	// In an address without https://, what stands before a colon is read as the scheme, and such a URL has no origin.
	if (!url || url.origin === 'null') throw new Failure(messages.baseUrlUnreadable(text), { reason: 'setup' });
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!safe || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new Failure(messages.baseUrlUnsafe(url.origin), { reason: 'setup' });
	}
	return text;
}

/**
 * Checks where a request leads before it is signed.
 * @param target URL of a request, absolute or relative to `base`
 * @throws Failure when the request would take the secrets to another origin than the base URL's
 */
export function assertSameOrigin(target: unknown, baseUrl: string, base?: string): void {
	const text = String(target ?? '');
	const origin = urlOf(text, base)?.origin ?? text;
	if (origin !== urlOf(baseUrl)?.origin) throw new Failure(messages.otherOrigin(origin), { reason: 'setup' });
}
