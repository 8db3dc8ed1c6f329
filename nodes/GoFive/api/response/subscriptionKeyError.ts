import type { ErrorText } from '../errors/goFiveError';
import { messages } from '../errors/messages';

/**
 * Texts with which Azure API Management, GoFive's gateway, rejects a subscription key (HTTP 401).
 * The credential test compares the entire text. All other requests look for its characteristic part in any case.
 *
 * @see https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/azure/api-mgmt/availability/unauthorized-errors-invoke-apis.md
 */
export const SUBSCRIPTION_KEY_REJECTIONS = [
	{
		responseText:
			'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
		characteristicPart: 'missing subscription key',
		errorText: messages.subscriptionKeyMissing,
	},
	{
		responseText:
			'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
		characteristicPart: 'invalid subscription key',
		errorText: messages.subscriptionKeyInvalid,
	},
];

/** Returns the text for a rejected subscription key, or undefined if the response does not mention the key. */
export function findSubscriptionKeyError(responseText: string): ErrorText | undefined {
	const lowerCaseText = responseText.toLowerCase();
	return SUBSCRIPTION_KEY_REJECTIONS.find(({ characteristicPart }) => lowerCaseText.includes(characteristicPart))
		?.errorText;
}
