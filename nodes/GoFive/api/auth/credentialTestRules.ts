import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';
import { SUCCESS_CODE } from '../response/envelope';
import { SUBSCRIPTION_KEY_REJECTIONS } from '../response/subscriptionKeyError';
import { GoFiveError } from '../errors/goFiveError';
import { messages } from '../errors/messages';

type Rule = IAuthenticateRuleResponseSuccessBody;

const toRule = (key: string, value: unknown, message: string): Rule => ({
	type: 'responseSuccessBody',
	properties: { key, value, message },
});

const TOKEN_REJECTED = `${messages.tokenRejected.message}. If you use 'Access Token', paste a new token. If you use 'Client Credentials', ask GoFive support whether the client ID may use the API.`;
const TEST_UNSUCCESSFUL =
	"GoFive responded, but the test did not succeed. If you use 'Access Token', paste a new token. If that does not help, ask GoFive support whether the subscription key is active, whether its call quota is used up, and whether the client ID may use the API.";
const NO_DATA =
	"GoFive did not return any data. If you use 'Access Token', paste a new token, because the token may have expired. If that does not help, or if you use 'Client Credentials', check 'Base URL'. A proxy or a sign-in page may have responded instead of GoFive.";

/**
 * Rules for business codes other than 1000. A rule compares one value for equality and cannot say "not 1000".
 * So each wrong digit at each position has a rule, and so has each digit at a fifth position: 4 × 9 + 10 = 46 rules.
 */
const businessCodeRules = [...SUCCESS_CODE, ''].flatMap((expectedDigit, position) =>
	[...'0123456789']
		.filter((digit) => digit !== expectedDigit)
		.map((digit) => toRule(`status.code[${position}]`, digit, TEST_UNSUCCESSFUL)),
);

/**
 * Rules by which n8n's test of the credential recognises a failure. The first rule that matches sets the message.
 *
 * n8n leaves no simpler way. Rules on the HTTP status have one text for every 401 in n8n 2 and are ignored in n8n 1.
 * A test method of the node (`testedBy`) may only use the deprecated request helper, which n8n's review rejects.
 * So the test ignores HTTP statuses and compares values in the body of the response. A value of `undefined` matches a
 * missing key: without the last rule, an error page of a proxy would count as a success.
 */
export const credentialTestRules: Rule[] = [
	...SUBSCRIPTION_KEY_REJECTIONS.map(({ responseText, errorText }) =>
		toRule('message', responseText, new GoFiveError(errorText).text),
	),
	toRule('statusCode', 401, TOKEN_REJECTED),
	toRule('message', 'Unauthorized', TOKEN_REJECTED),
	toRule('statusCode', 403, TEST_UNSUCCESSFUL),
	toRule('statusCode', 429, new GoFiveError(messages.rateLimit()).text),
	...[4001, 4002].map((code) => toRule('status.code', code, TEST_UNSUCCESSFUL)),
	...businessCodeRules,
	toRule('data', undefined, NO_DATA),
];
