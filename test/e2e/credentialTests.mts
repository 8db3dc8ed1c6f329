import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/errors/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Wrong values, each unique, so that a search finds every place where one is stored or shown. */
export const WRONG_CREDENTIAL_VALUES = {
	clientId: 'wrong-client-4711',
	clientSecret: 'wrong-secret-4712',
	subscriptionApiKey: 'wrong-key-4713',
	accessToken: 'wrong-token-4714',
};

const { clientId, clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
const CLIENT_DATA = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
const TOKEN_DATA = { authentication: 'accessToken', accessToken, subscriptionApiKey };
const wrong = (field: keyof typeof WRONG_CREDENTIAL_VALUES) => ({ [field]: WRONG_CREDENTIAL_VALUES[field] });

/** Data of the credential, the words that n8n's credential test shows, and the response that GoFive gives instead. */
const CREDENTIAL_TEST_CASES: Array<
	[title: string, data: object, expectedMessage: string, operationId?: string, answer?: FaultResponse]
> = [
	['client id and secret', CLIENT_DATA, 'OK'],
	['access token', TOKEN_DATA, 'OK'],
	['access token with the word Bearer', { ...TOKEN_DATA, accessToken: `Bearer ${accessToken}` }, 'OK'],
	['a wrong secret', { ...CLIENT_DATA, ...wrong('clientSecret') }, messages.clientCredentialsRejected.message],
	['a wrong client id', { ...CLIENT_DATA, ...wrong('clientId') }, messages.clientCredentialsRejected.message],
	['an empty secret', { ...CLIENT_DATA, clientSecret: ' ' }, messages.clientCredentialsMissing.message],
	['a wrong key', { ...CLIENT_DATA, ...wrong('subscriptionApiKey') }, messages.subscriptionKeyInvalid.message],
	[
		'a wrong key with a token',
		{ ...TOKEN_DATA, ...wrong('subscriptionApiKey') },
		messages.subscriptionKeyInvalid.message,
	],
	['a wrong token', { ...TOKEN_DATA, ...wrong('accessToken') }, messages.tokenRejected.message],
	['an invalid base URL', { ...CLIENT_DATA, baseUrl: 'gofive' }, 'The base URL is not a valid URL'],
	['a secret as the base URL', { ...CLIENT_DATA, baseUrl: WRONG_CREDENTIAL_VALUES.clientSecret }, 'is not a valid URL'],
	[
		'a base URL with a password only',
		{ ...CLIENT_DATA, baseUrl: 'https://:api.gofive.co.th@127.0.0.1:9' },
		'is not safe for secrets',
	],
	['a base URL with a question mark', { ...CLIENT_DATA, baseUrl: 'https://127.0.0.1:9?' }, 'is not safe for secrets'],
	['an unsafe base URL', { ...CLIENT_DATA, baseUrl: 'http://api.gofive.co.th' }, 'is not safe for secrets'],
	['a host that does not exist', { ...CLIENT_DATA, baseUrl: 'https://no-such-host.invalid' }, 'Base URL'],
	['a host that refuses the connection', { ...CLIENT_DATA, baseUrl: 'http://127.0.0.1:9' }, 'Base URL'],
	['a rate limit', TOKEN_DATA, messages.rateLimit().message, 'getCustomerEventTypes', { kind: 'rateLimited' }],
	[
		'a web page instead of a response',
		TOKEN_DATA,
		'GoFive did not return any data',
		'getCustomerEventTypes',
		{ kind: 'html' },
	],
	[
		'a token response without a token',
		CLIENT_DATA,
		messages.noTokenInResponse.message,
		'createToken',
		{ status: 200, body: {} },
	],
];

/**
 * Defines the tests of n8n's credential test.
 * @param shownTexts - Receives every message, for the search for secrets
 */
export function defineCredentialTests(getN8nServer: () => N8nTestServer, shownTexts: string[]): void {
	describe('credential test', () => {
		for (const [title, data, expected, operationId, answer] of CREDENTIAL_TEST_CASES) {
			test(title, async () => {
				const { rest, sandbox } = getN8nServer();
				if (answer) sandbox.addFault({ match: { operationId }, times: 'always', answer });
				const credential = { name: title, type: 'goFiveApi', data: { baseUrl: sandbox.url, ...data } };
				const { id } = await rest.createCredential(title, credential.type, credential.data);
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
