import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';
import { SUCCESS } from './envelope';
import type { Message } from './failure';
import { messages } from './messages';

type Rule = IAuthenticateRuleResponseSuccessBody;

const DIGITS = [...'0123456789'];

/** Azure API Management's exact texts for a 401 of its own. */
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

const refused: Message = {
	message: 'GoFive answered, but not with success',
	description:
		"Check 'Access Token', if you use one, the subscription of 'Subscription Key' and its call quota, and your rights at GoFive.",
};

const noData: Message = {
	message: 'GoFive did not answer with data',
	description:
		"With 'Access Token', the token may have run out: paste a fresh one. Else check 'Base URL': something between n8n and GoFive may have answered, such as a proxy or a sign-in page.",
};

/**
 * The rules of the credential's test; n8n can only name values that mean "does not work", so every digit that a
 * business code other than "1000" can have is named, and last an answer that is none of GoFive's.
 */
export const testRules: Rule[] = [
	rule('message', KEY_MISSING, messages.subscriptionKeyMissing),
	rule('message', KEY_WRONG, messages.subscriptionKeyWrong),
	rule('statusCode', 401, tokenRefused),
	rule('message', 'Unauthorized', tokenRefused),
	rule('statusCode', 403, refused),
	rule('statusCode', 429, messages.rateLimit()),
	...[4001, 4002].map((code) => rule('status.code', code, refused)),
	...[...SUCCESS, ''].flatMap((right, place) =>
		DIGITS.filter((digit) => digit !== right).map((digit) => rule(`status.code[${place}]`, digit, refused)),
	),
	rule('data', undefined, noData),
];
