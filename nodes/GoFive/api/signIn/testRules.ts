import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';
import { SUCCESS } from '../answer/envelope';
import type { Message } from '../words/failure';
import { messages } from '../words/messages';

type Rule = IAuthenticateRuleResponseSuccessBody;

const DIGITS = [...'0123456789'];

/** The exact texts with which Azure API Management, the gateway before GoFive, answers 401. */
const KEY_MISSING =
	'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
const KEY_WRONG =
	'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.';

function rule(key: string, value: unknown, { message, description }: Message): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message: `${message}. ${description}` } };
}

const tokenRefused: Message = {
	message: messages.tokenNotAccepted.message,
	description:
		"With 'Access Token': paste a fresh one. With 'Client Credentials': ask GoFive whether this client may use the API.",
};

const noSuccess: Message = {
	message: 'GoFive answered, but the test did not succeed',
	description:
		"Check 'Access Token', if you use one, the subscription that 'Subscription Key' belongs to, its call quota, and your rights at GoFive.",
};

const noData: Message = {
	message: 'GoFive did not answer with data',
	description:
		"With 'Access Token', the token may have expired: paste a fresh one. Otherwise check 'Base URL': something between n8n and GoFive may have answered, such as a proxy or a sign-in page.",
};

/**
 * What n8n's test of the credential takes for "does not work". A rule can only name a value that is wrong, so there is
 * one for every wrong digit of the business code "1000"; the last one catches answers that did not come from GoFive.
 */
export const testRules: Rule[] = [
	rule('message', KEY_MISSING, messages.subscriptionKeyMissing),
	rule('message', KEY_WRONG, messages.subscriptionKeyWrong),
	rule('statusCode', 401, tokenRefused),
	rule('message', 'Unauthorized', tokenRefused),
	rule('statusCode', 403, noSuccess),
	rule('statusCode', 429, messages.rateLimit()),
	...[4001, 4002].map((code) => rule('status.code', code, noSuccess)),
	...[...SUCCESS, ''].flatMap((right, place) =>
		DIGITS.filter((digit) => digit !== right).map((digit) => rule(`status.code[${place}]`, digit, noSuccess)),
	),
	rule('data', undefined, noData),
];
