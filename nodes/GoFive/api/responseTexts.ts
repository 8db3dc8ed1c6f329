import { isObject } from '../shared/json';
import { toText } from '../shared/text';
import { toEnvelope, describeNonJson } from './envelope';
import type { ErrorText } from './errors';
import { messages } from './messages';
import type { Redact } from './redactor';
import { findServerMessage, findValidationErrors, quoteText, toQuotation } from './serverMessage';

/** Texts in a response, masked and shortened for a message. Each is empty if the response has none. */
export interface ResponseTexts {
	/** GoFive's business code and its description. */
	code: string;
	description: string;
	/** Quotation of the validation errors as a sentence. */
	validationErrors: string;
	/** Quotation of message and validation errors as a sentence. */
	quote: string;
}

/** Finds the message in a response that is not GoFive's. Empty if there is none. */
function findOtherMessage(text: string, body: unknown): string {
	if (isObject(body)) return findServerMessage(body);
	if (body !== undefined) return toText(body);
	return describeNonJson(text) === 'plain text' ? text.trim() : '';
}

/**
 * Reads the texts that a message quotes.
 *
 * @param text - Text of the response.
 * @param body - Parsed JSON of the response. Undefined if it is not JSON.
 * @param labels - Display names of the form by GoFive's key in lower case.
 */
export function readResponseTexts(
	text: string,
	body: unknown,
	labels: Record<string, string> | undefined,
	redact: Redact,
): ResponseTexts {
	const { code = '', description = '' } = toEnvelope(body) ?? {};
	const validationErrors = findValidationErrors(body, labels);
	const serverMessage = description || findOtherMessage(text, body);
	return {
		code: quoteText(code, redact),
		description: quoteText(description, redact),
		validationErrors: toQuotation(validationErrors, redact),
		quote: toQuotation([serverMessage, ...validationErrors], redact),
	};
}

/** Texts with which Azure API Management, GoFive's gateway, rejects a subscription key (HTTP 401), in lower case. */
const SUBSCRIPTION_KEY_TEXTS: Array<[part: string, text: ErrorText]> = [
	['missing subscription key', messages.subscriptionKeyMissing],
	['invalid subscription key', messages.subscriptionKeyInvalid],
];

/**
 * Returns the text for a rejected subscription key, or undefined if the response does not mention the key.
 *
 * @see https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/azure/api-mgmt/availability/unauthorized-errors-invoke-apis.md
 */
export function findSubscriptionKeyError(responseText: string): ErrorText | undefined {
	const lowerCaseText = responseText.toLowerCase();
	return SUBSCRIPTION_KEY_TEXTS.find(([part]) => lowerCaseText.includes(part))?.[1];
}
