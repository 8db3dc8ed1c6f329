import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../nodes/GoFive/api/words/messages.ts';
import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import type { Answer } from '../../sandbox/types.mts';
import type { Whole } from './whole.mts';

/** Values that are wrong, and so unlike anything else that one of them in a text or a file shows. */
export const WRONG = { clientId: 'wrong-client-4711', clientSecret: 'wrong-secret-4712', subscriptionApiKey: 'wrong-key-4713', accessToken: 'wrong-token-4714' };

const { clientId, clientSecret, subscriptionApiKey, accessToken } = SANDBOX_SIGN_IN;
const BY_ID = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
const BY_TOKEN = { authentication: 'accessToken', accessToken, subscriptionApiKey };

/** What a person has filled in, what GoFive answers, and the words that n8n's test shows. */
const OUTCOMES: Array<[title: string, data: Record<string, string>, told: string, fault?: { operationId: string; answer: Answer }]> = [
	['client id and secret', BY_ID, 'OK'],
	['access token', BY_TOKEN, 'OK'],
	['access token with the word Bearer', { ...BY_TOKEN, accessToken: `Bearer ${accessToken}` }, 'OK'],
	['a wrong secret', { ...BY_ID, clientSecret: WRONG.clientSecret }, messages.clientNotAccepted.message],
	['a wrong client id', { ...BY_ID, clientId: WRONG.clientId }, messages.clientNotAccepted.message],
	['a blank instead of a secret', { ...BY_ID, clientSecret: ' ' }, messages.clientMissing.message],
	['a wrong key', { ...BY_ID, subscriptionApiKey: WRONG.subscriptionApiKey }, messages.subscriptionKeyWrong.message],
	['a wrong key with a token', { ...BY_TOKEN, subscriptionApiKey: WRONG.subscriptionApiKey }, messages.subscriptionKeyWrong.message],
	['a wrong token', { ...BY_TOKEN, accessToken: WRONG.accessToken }, messages.tokenNotAccepted.message],
	['a base URL that is no address', { ...BY_ID, baseUrl: 'gofive' }, "The base URL 'gofive' is not a web address"],
	['a base URL that is not safe', { ...BY_ID, baseUrl: 'http://api.gofive.co.th' }, 'is not safe for secrets'],
	['a host that does not exist', { ...BY_ID, baseUrl: 'https://no-such-host.invalid' }, 'Base URL'],
	['a host that refuses the connection', { ...BY_ID, baseUrl: 'http://127.0.0.1:9' }, 'Base URL'],
	['a rate limit', BY_TOKEN, messages.rateLimit().message, { operationId: 'getCustomerEventTypes', answer: { kind: 'rateLimited' } }],
	['a page instead of an answer', BY_TOKEN, 'GoFive did not answer with data', { operationId: 'getCustomerEventTypes', answer: { kind: 'html' } }],
	['a sign-in that gives no token', BY_ID, messages.noTokenInAnswer.message, { operationId: 'createToken', answer: { status: 200, body: {} } }],
];

/** n8n's test of the credential, in all its outcomes. @param told takes what n8n says, for the search for secrets */
export function testCredential(whole: () => Whole, told: string[]): void {
	describe('the test of the credential', () => {
		for (const [title, data, expected, fault] of OUTCOMES) {
			test(title, async () => {
				const { rest, sandbox } = whole();
				if (fault) sandbox.addFault({ match: { operationId: fault.operationId }, times: 'always', answer: fault.answer });
				const tried = { name: title, type: 'goFiveApi', data: { baseUrl: sandbox.url, ...data } };
				const { id } = await rest.call<{ id: string }>('POST', 'credentials', tried);
				const { status, message = '' } = await rest.call<{ status: string; message?: string }>('POST', 'credentials/test', { credentials: { id, ...tried } });
				told.push(message);
				assert.equal(status, expected === 'OK' ? 'OK' : 'Error', message);
				if (expected !== 'OK') assert.ok(message.includes(expected), `n8n says: ${message}`);
			});
		}
	});
}
