import { GoFiveError } from '../../nodes/GoFive/api/errors';

/** Words that messages avoid. Quoted input and quoted responses may contain them. */
export const AVOIDED_WORDS = /\b(?:error|problem|failure|mistake)s?\b/i;
const RAW_ERROR_TEXT =
	/axios|ECONN|ENOTFOUND|socket hang up|\[object|undefined|NaN|Cannot |is not a function|Unexpected token|Invalid /;

/**
 * Asserts that an error has a clear message and description.
 * @param quotedText - Text that the message may quote
 */
export function assertClearMessage({ message, description }: GoFiveError, quotedText = ''): void {
	const text = `${message}. ${description}`;
	if (message.trim() === '' || description.trim() === '') throw new Error(`Says nothing: ${text}`);
	if (AVOIDED_WORDS.test(text) && !AVOIDED_WORDS.test(quotedText))
		throw new Error(`Has a word that ours avoid: ${text}`);
	if (RAW_ERROR_TEXT.test(text) && !RAW_ERROR_TEXT.test(quotedText)) throw new Error(`Is not for a person: ${text}`);
}

/**
 * Returns the result of `action`, or undefined when it throws a GoFiveError with a clear message.
 * @throws every other error of `action`
 */
export function getResultOrClearError<T>(action: () => T, quotedText = ''): T | undefined {
	try {
		return action();
	} catch (error) {
		if (!(error instanceof GoFiveError)) throw error;
		assertClearMessage(error, quotedText);
		return undefined;
	}
}
