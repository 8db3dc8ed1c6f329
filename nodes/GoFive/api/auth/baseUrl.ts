import { parseUrl } from '../request/request';
import { GoFiveError, type ErrorText } from '../errors/goFiveError';
import { messages } from '../errors/messages';
import { toText } from '../../shared/text';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Creates the error about a setting of the credential, or of the request that it does not sign. */
export const settingError = (text: ErrorText) => new GoFiveError(text, { reason: 'configuration' });

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
