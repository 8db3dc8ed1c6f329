import '../harness/engineEnvironment.cts';
import { createServer } from 'node:http';
import { PackageDirectoryLoader } from 'n8n-core';
import { messages } from '../../../nodes/GoFive/api/messages';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { expectFailedCredentialTest, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { CredentialStore, runCredentialTest, runRequestNode } from '../harness.cts';
import { TestCredentialsHelper } from '../harness/testCredentialsHelper.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';

const fixture = setupExecutionFixture();
afterEach(() => jest.restoreAllMocks());

const withAccessToken = (accessToken: string) => ({ ...fixture.accessTokenCredential, accessToken });
const expectPassedTest = async (...testArguments: Parameters<typeof runCredentialTest>) =>
	expect(await runCredentialTest(...testArguments)).toMatchObject({ status: 'OK' });

describe('credential test', () => {
	test('passes with client ID and secret, and with a pasted token', async () => {
		await expectPassedTest(fixture.credential);
		await expectPassedTest(fixture.accessTokenCredential);
	});

	const KEY_MISSING = messages.subscriptionKeyMissing.message;
	const KEY_REJECTED = messages.subscriptionKeyInvalid.message;
	const CLIENT_REJECTED = "GoFive rejected the client ID or the client secret. Check 'Client ID' and 'Client Secret'";
	test.each([
		['clientCredentials', { subscriptionApiKey: ' ' }, KEY_MISSING],
		['clientCredentials', { subscriptionApiKey: 'wrong' }, KEY_REJECTED],
		['clientCredentials', { clientSecret: ' ' }, 'The client ID or the client secret is missing'],
		['clientCredentials', { clientId: 'wrong' }, CLIENT_REJECTED],
		['clientCredentials', { clientSecret: 'wrong' }, CLIENT_REJECTED],
		['accessToken', { subscriptionApiKey: '' }, KEY_MISSING],
		['accessToken', { subscriptionApiKey: 'wrong' }, KEY_REJECTED],
		['accessToken', { accessToken: 'wrong' }, 'GoFive rejected the access token'],
		['accessToken', { accessToken: 'Bearer ' }, 'The access token is missing'],
	])('%s with %j', async (authentication, change, message) => {
		await expectFailedCredentialTest(fixture, message, { ...fixture.accessTokenCredential, authentication, ...change });
	});

	test('requests a token even if one is stored, to check client ID and secret', async () => {
		const credentialStore = new CredentialStore(fixture.credential);
		const preAuthenticationSpy = jest.spyOn(TestCredentialsHelper.prototype, 'preAuthentication');
		for (const testNumber of [1, 2]) {
			await expectPassedTest(undefined, { credentialStore });
			expect(fixture.findRequests('createToken')).toHaveLength(testNumber);
		}
		// n8n itself uses the stored token. The second test fetches another one only because the credential reports
		// that the stored one has expired.
		const preAuthenticationResults = await Promise.all(
			preAuthenticationSpy.mock.results.map(({ value }) => value as Promise<unknown>),
		);
		expect(preAuthenticationResults.map(Boolean)).toEqual([true, false, true]);
	});
});

test('the base URL can contain blanks and trailing slashes', async () => {
	const credential = { ...fixture.credential, baseUrl: ` ${fixture.sandbox.url}// ` };
	await expectPassedTest(credential);
	expect((await fixture.runOperation('getTypes', {}, { credential })).error).toBeUndefined();
});

describe('tokens', () => {
	test.each(['Bearer ', ' bearer   '])('sends a pasted token that begins with "%s" correctly', async (prefix) => {
		const credential = withAccessToken(`${prefix}${SANDBOX_CREDENTIAL_DATA.accessToken} `);
		expect((await fixture.runOperation('getTypes', {}, { credential })).error).toBeUndefined();
		expect(fixture.sandbox.requestLog.map(({ headers }) => headers.authorization)).toEqual([
			`Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`,
		]);
	});

	test('the token request is a form with the subscription key', async () => {
		await fixture.runOperation('getTypes', {});
		const [call] = fixture.findRequests('createToken');
		expect(call?.headers).toMatchObject({
			'content-type': 'application/x-www-form-urlencoded',
			'ocp-apim-subscription-key': SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
		});
		expect(call?.body).toBe(
			'grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret-0123456789',
		);
	});

	test.each([
		['with more than 8 kB', 'x'.repeat(8193)],
		['with a line break', 'sandbox-token\r\nX-Injected: 1'],
		['with blanks, which could be a sentence of a message', MAY_BE_DONE],
		['with letters that no header can contain', 'สวัสดี'],
		['with half of a character', 'sandbox-token-\ud800'],
		['that is an object', { token: 'sandbox-token' }],
	])('does not store a token %s', async (_, access_token) => {
		fixture.addFault('createToken', { status: 200, body: { access_token, expires_in: -1 } }, { times: 'always' });
		const credentialStore = new CredentialStore(fixture.credential);
		const { error } = await fixture.runOperation('getTypes', {}, { credentialStore });
		expect(error?.message).toBe(messages.noTokenInResponse.message);
		expect(credentialStore.read('credential-1')).toEqual(fixture.credential);
		expect(fixture.apiRequests).toEqual([]);
	});
});

describe('changed credential with a stored token', () => {
	let credentialStore: CredentialStore;
	const runGetTypes = async () => await fixture.runOperation('getTypes', {}, { credentialStore });
	/** Stores changed fields as n8n does when the user saves the form: the token stays. */
	const change = (fields: object) =>
		credentialStore.seed('credential-1', { ...credentialStore.read('credential-1'), ...fields });

	beforeEach(async () => {
		credentialStore = new CredentialStore(fixture.credential);
		expect((await runGetTypes()).error).toBeUndefined();
		fixture.sandbox.requestLog.length = 0;
	});

	test.each([
		['clientId', messages.clientCredentialsRejected.message],
		['clientSecret', messages.clientCredentialsRejected.message],
		['subscriptionApiKey', messages.subscriptionKeyInvalid.message],
	])('a wrong %s fails the test and the run immediately, a corrected one passes', async (field, message) => {
		const { [field]: correctValue = '' } = fixture.credential;
		change({ [field]: 'made-wrong-1' });
		await expectFailedCredentialTest(fixture, message, undefined, { credentialStore });
		expect((await runGetTypes()).error?.message).toBe(message);
		expect(fixture.findRequests('getCustomerEventTypes')).toHaveLength(0);

		change({ [field]: correctValue });
		await expectPassedTest(undefined, { credentialStore });
		change({ [field]: 'made-wrong-2' });
		// The customer is not at fault, so the message does not name its code.
		const options = { credentialStore };
		expect((await fixture.runExample('customerEvent.getByCustomerCode', {}, options)).error?.message).toBe(message);
		change({ [field]: correctValue });
		expect((await runGetTypes()).error).toBeUndefined();
	});

	test('works after a switch to a pasted token and back', async () => {
		change({ authentication: 'accessToken', accessToken: SANDBOX_CREDENTIAL_DATA.accessToken });
		await expectPassedTest(undefined, { credentialStore });
		expect((await runGetTypes()).error).toBeUndefined();
		expect(fixture.findRequests('createToken')).toHaveLength(0);
		change({ authentication: 'clientCredentials' });
		expect((await runGetTypes()).error).toBeUndefined();
	});
});

describe("n8n's HTTP Request node", () => {
	const ALLOWED = { allowedHttpRequestDomains: 'all' };
	/** Sends a request as n8n's node does for a Predefined Credential Type, with the older helper. */
	const sendWithHttpRequestNode = async (credentialStore: CredentialStore) =>
		await runRequestNode(
			async function () {
				const uri = `${fixture.sandbox.url}/v1/customerEvent/event-types`;
				const headers = { 'Content-Type': 'application/json' };
				const options = { uri, method: 'GET' as const, headers, json: true, followRedirect: true };
				return (await this.helpers.requestWithAuthentication.call(this, 'goFiveApi', options)) as unknown;
			},
			{ credentialStore },
		);

	test('offers the credential, since n8n lists it as one that signs requests', async () => {
		const loader = new PackageDirectoryLoader(`${__dirname}/../../..`);
		await loader.loadAll();
		// n8n spreads each credential type for its list, so inherited members are lost.
		const listedTypes = loader.types.credentials.map((type) => ({ ...type }));
		expect(listedTypes).toMatchObject([{ name: 'goFiveApi', authenticate: expect.any(Function) }]);
		expect(JSON.parse(JSON.stringify(listedTypes))).toMatchObject([{ authenticate: {} }]);
		expect(listedTypes[0]).not.toHaveProperty('httpRequestNode');
	});

	test('sends a token that is requested, stored, and renewed after it expires', async () => {
		const credentialStore = new CredentialStore({ ...fixture.credential, ...ALLOWED });
		expect(await sendWithHttpRequestNode(credentialStore)).toMatchObject({
			error: undefined,
			items: [{ response: { status: { code: '1000' } } }],
		});
		expect((await sendWithHttpRequestNode(credentialStore)).error).toBeUndefined();
		expect(fixture.findRequests('createToken')).toHaveLength(1);
		fixture.sandbox.tokens.expireAll();
		expect((await sendWithHttpRequestNode(credentialStore)).error).toBeUndefined();
		expect(fixture.findRequests('createToken')).toHaveLength(2);
	});

	test('does not follow a redirect, which would send the secrets to another server', async () => {
		let requestCount = 0;
		const otherServer = createServer((_request, response) => {
			requestCount += 1;
			response.end('{}');
		});
		const port = await listenOnLoopback(otherServer);
		fixture.addFault('getCustomerEventTypes', { kind: 'redirect', to: `http://127.0.0.1:${port}/` });
		const credentialStore = new CredentialStore({ ...fixture.credential, ...ALLOWED });
		await sendWithHttpRequestNode(credentialStore);
		otherServer.close();
		expect(fixture.findRequests('getCustomerEventTypes')[0]).toMatchObject({ status: 302 });
		expect(requestCount).toBe(0);
	});

	test('requests no token for a request without permission', async () => {
		const credentialStore = new CredentialStore(fixture.credential);
		await fixture.runExample('customerEvent.getTypes', {}, { credentialStore });
		const { error } = await sendWithHttpRequestNode(credentialStore);
		expect(error?.message).toContain(messages.otherNode.message);
		expect(fixture.findRequests('createToken')).toHaveLength(1);
	});

	test('stores nothing of the token response, although it stores the thrown error unchanged', async () => {
		const body = { error: 'invalid_client', error_description: `Not ${SANDBOX_CREDENTIAL_DATA.clientSecret}` };
		const headers = { 'set-cookie': 'session=of-the-sign-in' };
		fixture.addFault('createToken', { status: 400, body, headers }, { times: 'always' });
		const result = await sendWithHttpRequestNode(new CredentialStore({ ...fixture.credential, ...ALLOWED }));
		expect(result.error?.message).toContain(`${messages.clientCredentialsRejected.message}. Check `);
		expectNoSecretInResult(fixture, result);
		expect(result.runDataText).not.toContain('of-the-sign-in');
	});
});
