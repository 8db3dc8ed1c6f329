import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/errors/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Values that are wrong, and so unlike anything else that one of them in a text or a file shows. */
export const WRONG_CREDENTIAL_VALUES = {
	clientId: 'wrong-client-4711',
	clientSecret: 'wrong-secret-4712',
	subscriptionApiKey: 'wrong-key-4713',
	accessToken: 'wrong-token-4714',
};

const { clientId, clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
const CLIENT_CREDENTIALS_DATA = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
const ACCESS_TOKEN_DATA = { authentication: 'accessToken', accessToken, subscriptionApiKey };

/** What a person has filled in, what GoFive answers, and the words that n8n's test shows. */
const CREDENTIAL_TEST_CASES: Array<
	[
		title: string,
		data: Record<string, string>,
		expectedMessage: string,
		fault?: { operationId: string; answer: FaultResponse },
	]
> = [
	['client id and secret', CLIENT_CREDENTIALS_DATA, 'OK'],
	['access token', ACCESS_TOKEN_DATA, 'OK'],
	['access token with the word Bearer', { ...ACCESS_TOKEN_DATA, accessToken: `Bearer ${accessToken}` }, 'OK'],
	[
		'a wrong secret',
		{ ...CLIENT_CREDENTIALS_DATA, clientSecret: WRONG_CREDENTIAL_VALUES.clientSecret },
		messages.clientCredentialsRejected.message,
	],
	[
		'a wrong client id',
		{ ...CLIENT_CREDENTIALS_DATA, clientId: WRONG_CREDENTIAL_VALUES.clientId },
		messages.clientCredentialsRejected.message,
	],
	[
		'a blank instead of a secret',
		{ ...CLIENT_CREDENTIALS_DATA, clientSecret: ' ' },
		messages.clientCredentialsMissing.message,
	],
	[
		'a wrong key',
		{ ...CLIENT_CREDENTIALS_DATA, subscriptionApiKey: WRONG_CREDENTIAL_VALUES.subscriptionApiKey },
		messages.subscriptionKeyInvalid.message,
	],
	[
		'a wrong key with a token',
		{ ...ACCESS_TOKEN_DATA, subscriptionApiKey: WRONG_CREDENTIAL_VALUES.subscriptionApiKey },
		messages.subscriptionKeyInvalid.message,
	],
	[
		'a wrong token',
		{ ...ACCESS_TOKEN_DATA, accessToken: WRONG_CREDENTIAL_VALUES.accessToken },
		messages.tokenRejected.message,
	],
	[
		'a base URL that is no address',
		{ ...CLIENT_CREDENTIALS_DATA, baseUrl: 'gofive' },
		"The base URL 'gofive' is not a web address",
	],
	[
		'a base URL that is not safe',
		{ ...CLIENT_CREDENTIALS_DATA, baseUrl: 'http://api.gofive.co.th' },
		'is not safe for secrets',
	],
	['a host that does not exist', { ...CLIENT_CREDENTIALS_DATA, baseUrl: 'https://no-such-host.invalid' }, 'Base URL'],
	['a host that refuses the connection', { ...CLIENT_CREDENTIALS_DATA, baseUrl: 'http://127.0.0.1:9' }, 'Base URL'],
	[
		'a rate limit',
		ACCESS_TOKEN_DATA,
		messages.rateLimit().message,
		{ operationId: 'getCustomerEventTypes', answer: { kind: 'rateLimited' } },
	],
	[
		'a page instead of an answer',
		ACCESS_TOKEN_DATA,
		'GoFive did not answer with data',
		{ operationId: 'getCustomerEventTypes', answer: { kind: 'html' } },
	],
	[
		'a sign-in that gives no token',
		CLIENT_CREDENTIALS_DATA,
		messages.noTokenInResponse.message,
		{ operationId: 'createToken', answer: { status: 200, body: {} } },
	],
];

/** n8n's test of the credential, in all its outcomes. @param shownTexts takes what n8n says, for the search for secrets */
export function defineCredentialTests(getN8nServer: () => N8nTestServer, shownTexts: string[]): void {
	describe('the test of the credential', () => {
		for (const [title, data, expected, fault] of CREDENTIAL_TEST_CASES) {
			test(title, async () => {
				const { rest, sandbox } = getN8nServer();
				if (fault)
					sandbox.addFault({ match: { operationId: fault.operationId }, times: 'always', answer: fault.answer });
				const credential = { name: title, type: 'goFiveApi', data: { baseUrl: sandbox.url, ...data } };
				const { id } = await rest.requestData<{ id: string }>('POST', 'credentials', credential);
				const { status, message = '' } = await rest.requestData<{ status: string; message?: string }>(
					'POST',
					'credentials/test',
					{ credentials: { id, ...credential } },
				);
				shownTexts.push(message);
				assert.equal(status, expected === 'OK' ? 'OK' : 'Error', message);
				if (expected !== 'OK') assert.ok(message.includes(expected), `n8n says: ${message}`);
			});
		}
	});
}
