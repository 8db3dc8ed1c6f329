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
	const text = toText(value).replace(/\/+$/, '');
	const url = parseUrl(text);
	// Without https://, a host and port are read as scheme and path. The origin of such a URL is 'null'.
	if (!url || url.origin === 'null') throw new GoFiveError(messages.baseUrlInvalid(text), { reason: 'configuration' });
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname));
	if (!isSafe || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new GoFiveError(messages.baseUrlUnsafe(url.origin), { reason: 'configuration' });
	}
	return text;
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
