import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';
import { SUCCESS_CODE } from '../response/envelope';
import type { ErrorText } from '../errors/goFiveError';
import { messages } from '../errors/messages';

type Rule = IAuthenticateRuleResponseSuccessBody;

const DIGITS = [...'0123456789'];

/** The exact texts with which Azure API Management, the gateway before GoFive, answers 401. */
const KEY_MISSING =
	'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
const KEY_WRONG =
	'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.';

function toRule(key: string, value: unknown, { message, description }: ErrorText): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message: `${message}. ${description}` } };
}

const tokenRejectedText: ErrorText = {
	message: messages.tokenRejected.message,
	description:
		"With 'Access Token': paste a fresh one. With 'Client Credentials': ask GoFive whether this client may use the API.",
};

const unsuccessfulTestText: ErrorText = {
	message: 'GoFive answered, but the test did not succeed',
	description:
		"Check 'Access Token', if you use one, the subscription that 'Subscription Key' belongs to, its call quota, and your rights at GoFive.",
};

const noDataText: ErrorText = {
	message: 'GoFive did not answer with data',
	description:
		"With 'Access Token', the token may have expired: paste a fresh one. Otherwise check 'Base URL': something between n8n and GoFive may have answered, such as a proxy or a sign-in page.",
};

/**
 * What n8n's test of the credential takes for "does not work". A rule can only name a value that is wrong, so there is
 * one for every wrong digit of the business code "1000"; the last one catches answers that did not come from GoFive.
 */
export const credentialTestRules: Rule[] = [
	toRule('message', KEY_MISSING, messages.subscriptionKeyMissing),
	toRule('message', KEY_WRONG, messages.subscriptionKeyInvalid),
	toRule('statusCode', 401, tokenRejectedText),
	toRule('message', 'Unauthorized', tokenRejectedText),
	toRule('statusCode', 403, unsuccessfulTestText),
	toRule('statusCode', 429, messages.rateLimit()),
	...[4001, 4002].map((code) => toRule('status.code', code, unsuccessfulTestText)),
	...[...SUCCESS_CODE, ''].flatMap((expected, position) =>
		DIGITS.filter((digit) => digit !== expected).map((digit) =>
			toRule(`status.code[${position}]`, digit, unsuccessfulTestText),
		),
	),
	toRule('data', undefined, noDataText),
];
