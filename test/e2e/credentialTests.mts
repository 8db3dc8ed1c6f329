import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import type { N8nTestServer } from './n8nTestServer.mts';

/** Wrong values, each unique, so that a search finds every place where one is stored or shown. */
export const WRONG_CREDENTIAL_VALUES = {
	clientSecret: 'wrong-secret-4712',
	subscriptionApiKey: 'wrong-key-4713',
	accessToken: 'wrong-token-4714',
};

const { clientId, clientSecret, subscriptionApiKey, accessToken } = SANDBOX_CREDENTIAL_DATA;
const CLIENT_DATA = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
const TOKEN_DATA = { authentication: 'accessToken', accessToken, subscriptionApiKey };
const wrong = (field: keyof typeof WRONG_CREDENTIAL_VALUES) => ({ [field]: WRONG_CREDENTIAL_VALUES[field] });

/** Data of the credential, the words that n8n's credential test shows, and the response that GoFive gives instead. */
type CredentialTestCase = [
	title: string,
	data: object,
	expectedMessage: string,
	operationId?: string,
	answer?: FaultResponse,
];

/** One case for each way in which n8n decides. Engine tests cover all values. */
const CREDENTIAL_TEST_CASES: CredentialTestCase[] = [
	['client id and secret', CLIENT_DATA, 'OK'],
	['access token', TOKEN_DATA, 'OK'],
	['a wrong secret', { ...CLIENT_DATA, ...wrong('clientSecret') }, messages.clientCredentialsRejected.message],
	['a wrong key', { ...CLIENT_DATA, ...wrong('subscriptionApiKey') }, messages.subscriptionKeyInvalid.message],
	['a wrong token', { ...TOKEN_DATA, ...wrong('accessToken') }, messages.tokenRejected.message],
	['a secret as the base URL', { ...CLIENT_DATA, baseUrl: WRONG_CREDENTIAL_VALUES.clientSecret }, 'is not a valid URL'],
	['a base URL with a password', { ...CLIENT_DATA, baseUrl: 'https://:password@api.gofive.co.th' }, 'is not allowed'],
	['a host that refuses the connection', { ...CLIENT_DATA, baseUrl: 'http://127.0.0.1:9' }, 'Base URL'],
	[
		'a web page instead of a response',
		TOKEN_DATA,
		messages.notJson('a web page').message,
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
export function defineCredentialTests(n8nServer: N8nTestServer, shownTexts: string[]): void {
	for (const [title, data, expected, operationId, answer] of CREDENTIAL_TEST_CASES) {
		test(title, async () => {
			const { rest, sandbox } = n8nServer;
			if (answer) sandbox.faults.add({ match: { operationId }, times: 'always', answer });
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
}
