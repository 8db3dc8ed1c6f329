import { plain } from './envelope';
import { Failure } from './failure';
import { messages } from './messages';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function urlOf(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base || undefined);
	} catch {
		return undefined;
	}
}

/**
 * The base URL without blanks and trailing slashes.
 * @throws Failure when it is no URL, or plain http to a host other than this machine: secrets would travel in the open
 */
export function baseUrlOf(value: unknown): string {
	const text = plain(value).replace(/\/+$/, '');
	const url = urlOf(text);
	// An address without https:// is read as a scheme of its own, which has no origin.
	if (!url || url.origin === 'null') throw new Failure(messages.baseUrlUnreadable(text), 'BASE_URL');
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!safe || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new Failure(messages.baseUrlUnsafe(url.origin), 'BASE_URL');
	}
	return text;
}

/**
 * @param target URL of a request, absolute or relative to `base`
 * @throws Failure when the request would take the secrets to another origin than the base URL's
 */
export function assertSameOrigin(target: unknown, baseUrl: string, base?: string): void {
	const text = String(target ?? '');
	const origin = urlOf(text, base)?.origin ?? text;
	if (origin !== urlOf(baseUrl)?.origin) throw new Failure(messages.otherOrigin(origin), 'BASE_URL');
}
