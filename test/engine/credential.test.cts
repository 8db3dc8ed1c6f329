import './harness/environment.cts';
import { PackageDirectoryLoader } from 'n8n-core';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { SANDBOX_SIGN_IN, startSandbox } from '../../sandbox/index.mts';
import { expectNoSecretIn } from './accounts.cts';
import { CredentialStore, runNode, testCredential } from './harness.cts';
import { TestCredentialsHelper } from './harness/credentials.cts';
import { startType } from './harness/nodeTypes.cts';
import { openWorld } from './world.cts';

const world = openWorld();

const pasted = (accessToken: string) => ({ ...world.credential, authentication: 'accessToken', accessToken });

describe('the test of the credential', () => {
	test('works with client id and secret, and with a pasted token', async () => {
		expect(await testCredential(world.credential)).toMatchObject({ status: 'OK' });
		expect(await testCredential(pasted(SANDBOX_SIGN_IN.accessToken))).toMatchObject({ status: 'OK' });
	});

	test.each([
		['a blank key', { subscriptionApiKey: ' ' }, 'GoFive received no subscription key'],
		['a wrong key', { subscriptionApiKey: 'wrong' }, 'GoFive does not accept the subscription key'],
		['a wrong client id', { clientId: 'wrong' }, 'GoFive does not accept the client ID or the client secret'],
		['a wrong client secret', { clientSecret: 'wrong' }, "GoFive does not accept the client ID or the client secret. Check 'Client ID' and 'Client Secret'"],
	])('client credentials: %s', async (_, change, message) => {
		const result = await testCredential({ ...world.credential, ...change });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
	});

	test('asks for a token even where one is stored, so that it says the truth about client ID and secret', async () => {
		const credentialStore = new CredentialStore();
		const byN8n = jest.spyOn(TestCredentialsHelper.prototype, 'preAuthentication');
		for (const asked of [1, 2]) {
			expect(await testCredential(asked === 1 ? world.credential : undefined, { credentialStore })).toMatchObject({ status: 'OK' });
			expect(world.sent('createToken')).toHaveLength(asked);
		}
		// n8n by itself uses the stored one: the second time it fetches one only because it is told that this one has expired.
		const fetched = await Promise.all(byN8n.mock.results.map(({ value }) => value as Promise<unknown>));
		byN8n.mockRestore();
		expect(fetched.map(Boolean)).toEqual([true, false, true]);
	});

	test.each([
		['a blank key', { subscriptionApiKey: '' }, 'GoFive received no subscription key'],
		['a wrong key', { subscriptionApiKey: 'wrong' }, 'GoFive does not accept the subscription key'],
		['a wrong token', { accessToken: 'wrong' }, 'GoFive does not accept the access token'],
		['no token', { accessToken: '' }, 'GoFive needs an access token'],
	])('access token: %s', async (_, change, message) => {
		const result = await testCredential({ ...pasted(SANDBOX_SIGN_IN.accessToken), ...change });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
	});

	test.each([
		['a missing key, said by the gateway', { kind: 'unauthorized', because: 'missingKey' }, 'GoFive received no subscription key'],
		['a page of a proxy', { kind: 'html', status: 502 }, 'did not answer with data. With \'Access Token\', the token may have expired'],
		['a page with 200', { kind: 'html' }, 'did not answer with data. With \'Access Token\', the token may have expired'],
		['nothing', { kind: 'empty' }, 'did not answer with data. With \'Access Token\', the token may have expired'],
		['a plain 500', { status: 500 }, 'did not answer with data. With \'Access Token\', the token may have expired'],
		['a redirect', { kind: 'redirect' }, 'did not answer with data. With \'Access Token\', the token may have expired'],
		['401 without a body', { kind: 'empty', status: 401 }, 'the token may have expired'],
		['401 with a word only', { status: 401, body: { message: 'Unauthorized' } }, 'GoFive does not accept the access token'],
		['401 in an envelope', { status: 401, body: { status: { code: '4001' }, data: null } }, "Check 'Access Token', if you use one"],
		['403', { kind: 'quota' }, 'the test did not succeed'],
		['429', { kind: 'rateLimited' }, 'rate limit'],
		['a business code', { status: 200, body: { status: { code: '4001', description: 'No' }, data: null } }, 'the test did not succeed'],
		['a business code of its own', { status: 200, body: { status: { code: '1020', description: 'No' }, data: [] } }, 'the test did not succeed'],
		['a longer business code', { status: 200, body: { status: { code: '10001', description: 'No' }, data: [] } }, 'the test did not succeed'],
		['a business code as a number', { status: 200, body: { status: { code: 4002, description: 'No' }, data: [] } }, 'the test did not succeed'],
	] as const)('what is no success is not taken for one: %s', async (_, answer, message) => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, times: 'always', answer });
		expect(await testCredential(world.credential)).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
	});

	test('success in data.value is success', async () => {
		world.sandbox.set({ listIn: 'value' });
		expect(await testCredential(world.credential)).toMatchObject({ status: 'OK' });
	});
});

describe('the base URL', () => {
	test('blanks and trailing slashes do no harm', async () => {
		const baseUrl = ` ${world.sandbox.url}// `;
		expect(await testCredential({ ...world.credential, baseUrl })).toMatchObject({ status: 'OK' });
		const { error } = await world.run('getTypes', {}, { credential: { ...world.credential, baseUrl } });
		expect(error).toBeUndefined();
	});

	test.each([
		['http://api.gofive.co.th', 'The base URL http://api.gofive.co.th is not safe for secrets'],
		['http://127.0.0.1.example.com', 'The base URL http://127.0.0.1.example.com is not safe for secrets'],
		['http://localhost@example.com', 'is not safe for secrets'],
		['https://u:p@example.com', 'The base URL https://example.com is not safe for secrets'],
		['ftp://127.0.0.1', 'is not safe for secrets'],
		['api.gofive.co.th', "The base URL 'api.gofive.co.th' is not a web address"],
		['', "The base URL '' is not a web address"],
	])('%s is refused before a secret is sent', async (baseUrl, message) => {
		const credential = { ...world.credential, baseUrl };
		expect((await world.run('getTypes', {}, { credential })).error?.message).toContain(message);
		expect(await testCredential(credential)).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
		expect(world.sandbox.requests).toHaveLength(0);
	});
});

describe('tokens', () => {
	test.each(['Bearer ', 'bearer   ', ' '])('a pasted token that begins with "%s" is sent right', async (prefix) => {
		const { error } = await world.run('getTypes', {}, { credential: pasted(`${prefix}${SANDBOX_SIGN_IN.accessToken} `) });
		expect(error).toBeUndefined();
		expect(world.sandbox.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${SANDBOX_SIGN_IN.accessToken}`]);
	});

	test('the token call is a form with the subscription key', async () => {
		await world.run('getTypes', {});
		const [call] = world.sent('createToken');
		expect(call?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded', 'ocp-apim-subscription-key': SANDBOX_SIGN_IN.subscriptionApiKey });
		expect(call?.body).toBe('grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret-0123456789');
	});

	test('a pasted token that is not accepted is told as such, after one request', async () => {
		const { error } = await world.run('getTypes', {}, { credential: pasted('old') });
		expect(error).toMatchObject({ message: 'GoFive does not accept the access token', httpCode: '401' });
		expect(world.sandbox.requests).toHaveLength(1);
	});
});

describe('a credential with a stored token that the user changes', () => {
	let credentialStore: CredentialStore;
	const run = async () => await world.run('getTypes', {}, { credentialStore });
	const check = async () => await testCredential(undefined, { credentialStore });
	/** What n8n does when the user saves the form: the token stays as it is. */
	const change = (fields: object) => credentialStore.seed('credential-1', { ...credentialStore.read('credential-1'), ...fields });

	beforeEach(async () => {
		credentialStore = new CredentialStore();
		credentialStore.seed('credential-1', world.credential);
		expect((await run()).error).toBeUndefined();
		world.sandbox.requests.length = 0;
	});

	test.each([
		['clientId', 'GoFive does not accept the client ID or the client secret'],
		['clientSecret', 'GoFive does not accept the client ID or the client secret'],
		['subscriptionApiKey', 'GoFive does not accept the subscription key'],
	])('made wrong in %s, it tests and runs as not working at once; corrected, as working', async (field, message) => {
		const { [field]: right = '' } = world.credential;
		change({ [field]: 'made-wrong-1' });
		expect(await check()).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
		expect((await run()).error?.message).toBe(message);
		expect(world.sent('getCustomerEventTypes')).toHaveLength(0);

		change({ [field]: right });
		expect(await check()).toMatchObject({ status: 'OK' });
		change({ [field]: 'made-wrong-2' });
		expect((await run()).error?.message).toBe(message);
		change({ [field]: right });
		expect((await run()).error).toBeUndefined();
	});

	test('led to another base URL, it asks for a token there, and no token of the first goes along', async () => {
		const other = await startSandbox();
		change({ baseUrl: other.url });
		expect((await run()).error).toBeUndefined();
		expect(other.requests.map(({ operationId, status }) => [operationId, status])).toEqual([['createToken', 200], ['getCustomerEventTypes', 200]]);
		expect(world.sandbox.requests).toHaveLength(0);
		await other.close();
	});

	test('made a pasted token and back again, it works each time', async () => {
		change({ authentication: 'accessToken', accessToken: SANDBOX_SIGN_IN.accessToken });
		expect([await check(), (await run()).error]).toMatchObject([{ status: 'OK' }, undefined]);
		expect(world.sent('createToken')).toHaveLength(0);
		change({ authentication: 'clientCredentials' });
		expect((await run()).error).toBeUndefined();
	});

	test('unchanged, its token goes on being used', async () => {
		expect((await run()).error).toBeUndefined();
		expect(world.sent('createToken')).toHaveLength(0);
	});

	test('a token that an earlier release has stored is replaced by a fresh one, without a refused request', async () => {
		change({ sessionToken: 'stored-by-an-earlier-release' });
		const items = Array.from({ length: 20 }, () => ({}));
		const { error } = await world.run('create', { customerCode: 'C000055', eventName: '={{ $itemIndex }}', eventType: 1, eventDate: '2025-02-01T10:00:00' }, { credentialStore, items });
		expect(error).toBeUndefined();
		expect([world.sent('createToken').length, world.sent('createCustomerEvent').length]).toEqual([1, items.length]);
		expect(world.sandbox.requests.filter(({ status }) => status !== 200)).toEqual([]);
	});
});

describe("n8n's HTTP Request node", () => {
	/** Sends as that node does for a Predefined Credential Type: by the older helper, with the names of its options. */
	class HttpRequest implements INodeType {
		description = { ...startType.description, defaults: { name: 'HTTP Request' }, credentials: [{ name: 'goFiveApi', required: true }] };

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const headers = { 'Content-Type': 'application/json' };
			const options = { uri: `${world.sandbox.url}/v1/customerEvent/event-types`, method: 'GET' as const, headers, json: true, followRedirect: true };
			return [[{ json: (await this.helpers.requestWithAuthentication.call(this, 'goFiveApi', options)) as IDataObject }]];
		}
	}
	const send = async (credentialStore: CredentialStore, credential?: typeof world.credential) =>
		await runNode({ node: HttpRequest, credentialStore, credential });

	test('is offered the credential: the list that n8n makes of it says that it signs requests', async () => {
		const loader = new PackageDirectoryLoader(`${__dirname}/../..`);
		await loader.loadAll();
		// n8n spreads each credential type for its list, and what is not a property of its own is lost.
		const listed = loader.types.credentials.map((type) => ({ ...type }));
		expect(listed).toMatchObject([{ name: 'goFiveApi', authenticate: expect.any(Function) }]);
		expect(JSON.parse(JSON.stringify(listed))).toMatchObject([{ authenticate: {} }]);
		expect(listed[0]).not.toHaveProperty('httpRequestNode');
	});

	test('is signed for with a token that is fetched, stored, and renewed when it has expired', async () => {
		const credentialStore = new CredentialStore();
		expect(await send(credentialStore, world.credential)).toMatchObject({ error: undefined, items: [{ status: { code: '1000' } }] });
		expect((await send(credentialStore)).error).toBeUndefined();
		expect(world.sent('createToken')).toHaveLength(1);
		world.sandbox.expireTokens();
		expect((await send(credentialStore)).error).toBeUndefined();
		expect(world.sent('createToken')).toHaveLength(2);
	});

	test('keeps nothing that the sign-in answers in its data, although it stores what is thrown as it is', async () => {
		const body = { error: 'invalid_client', error_description: `Not ${SANDBOX_SIGN_IN.clientSecret}` };
		const headers = { 'set-cookie': 'session=of-the-sign-in' };
		world.sandbox.addFault({ match: { operationId: 'createToken' }, times: 'always', answer: { status: 400, body, headers } });
		const result = await send(new CredentialStore(), world.credential);
		expect(result.error?.message).toMatch(/^GoFive does not accept the client ID or the client secret\. Check /);
		expectNoSecretIn(world, result);
		expect(result.runDataText).not.toContain('of-the-sign-in');
	});
});

test('redirects are not followed, and no secret reaches another host', async () => {
	const other = await startSandbox();
	world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, times: 'always', answer: { kind: 'redirect', to: `${other.url}/v1/customerEvent/event-types` } });
	const { error } = await world.run('getTypes', {});
	expect(error?.message).toBe(`GoFive redirected the request to ${new URL(other.url).host}, and redirects are not followed`);
	expect(other.requests).toHaveLength(0);
	await other.close();
});
