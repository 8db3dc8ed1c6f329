import { startSandbox } from '../../sandbox/index.mts';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import { CredentialStore, loadOptions, runNode, testCredential } from './harness.cts';
import { World } from './world.cts';

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());
beforeEach(() => world.sandbox.reset());

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
		['a wrong client secret', { clientSecret: 'wrong' }, 'GoFive does not accept the client ID or the client secret'],
	])('client credentials: %s', async (_, change, message) => {
		const result = await testCredential({ ...world.credential, ...change });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
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
		['a page of a proxy', { kind: 'html', status: 502 }, 'did not answer with data. With \'Access Token\', the token may have run out'],
		['a page with 200', { kind: 'html' }, 'did not answer with data. With \'Access Token\', the token may have run out'],
		['nothing', { kind: 'empty' }, 'did not answer with data. With \'Access Token\', the token may have run out'],
		['a plain 500', { status: 500 }, 'did not answer with data. With \'Access Token\', the token may have run out'],
		['a redirect', { kind: 'redirect' }, 'did not answer with data. With \'Access Token\', the token may have run out'],
		['401 without a body', { kind: 'empty', status: 401 }, 'the token may have run out'],
		['401 with a word only', { status: 401, body: { message: 'Unauthorized' } }, 'GoFive does not accept the access token'],
		['401 in an envelope', { status: 401, body: { status: { code: '4001' }, data: null } }, "Check 'Access Token', if you use one"],
		['403', { kind: 'quota' }, 'not with success'],
		['429', { kind: 'rateLimited' }, 'rate limit'],
		['a business code', { status: 200, body: { status: { code: '4001', description: 'No' }, data: null } }, 'not with success'],
		['a business code of its own', { status: 200, body: { status: { code: '1020', description: 'No' }, data: [] } }, 'not with success'],
		['a longer business code', { status: 200, body: { status: { code: '10001', description: 'No' }, data: [] } }, 'not with success'],
		['a business code as a number', { status: 200, body: { status: { code: 4002, description: 'No' }, data: [] } }, 'not with success'],
	] as const)('what is no success is not taken for one: %s', async (_, answer, message) => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, times: 'always', answer });
		expect(await testCredential(world.credential)).toMatchObject({ status: 'Error', message: expect.stringContaining(message) });
	});

	test('success as a number, or in data.value, is success', async () => {
		world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, answer: { kind: 'numericCode' } });
		expect(await testCredential(world.credential)).toMatchObject({ status: 'OK' });
		world.sandbox.set({ listIn: 'value' });
		expect(await testCredential(world.credential)).toMatchObject({ status: 'OK' });
	});

	test('neither texts nor logs hold a secret', async () => {
		const changes: Array<Record<string, string>> = [{}, { subscriptionApiKey: 'wrong-key-1' }, { clientSecret: 'wrong-secret-1' }];
		for (const change of changes) {
			const credential = { ...world.credential, ...change };
			const { message, logs } = await testCredential(credential);
			for (const secret of [credential.subscriptionApiKey, credential.clientSecret]) {
				expect(`${message}${logs}`).not.toContain(secret);
			}
		}
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

	test('the token call is a form with the subscription key, and its token is stored for later runs', async () => {
		const credentialStore = new CredentialStore();
		await runNode({ parameters: { resource: 'customerEvent', operation: 'getTypes' }, credential: world.credential, credentialStore });
		const [call] = world.sent('createToken');
		expect(call?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded', 'ocp-apim-subscription-key': SANDBOX_SIGN_IN.subscriptionApiKey });
		expect(call?.body).toBe('grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret-0123456789');
		expect(credentialStore.writes).toBe(1);

		await runNode({ parameters: { resource: 'customerEvent', operation: 'getTypes' }, credentialStore });
		expect(world.sent('createToken')).toHaveLength(1);
	});

	test('an expired token is renewed once, in a run of its own, however many items meet it', async () => {
		const credentialStore = new CredentialStore();
		const items = Array.from({ length: 40 }, (_, index) => ({ code: `BULK${index}` }));
		for (const { code } of items) world.sandbox.store.seedCustomer(code, 1);
		const run = { parameters: { resource: 'customerEvent', operation: 'getByCustomerCode', customerCode: '={{ $json.code }}', output: 'raw' }, items };
		await runNode({ ...run, credential: world.credential, credentialStore });
		world.sandbox.expireTokens();
		const { error, items: output } = await runNode({ ...run, credentialStore });
		expect(error).toBeUndefined();
		expect(output).toHaveLength(40);
		expect(world.sent('createToken')).toHaveLength(2);
	});

	test('a token that dies in the middle of a run is renewed once per death', async () => {
		world.sandbox.set({ tokenLifetimeRequests: 15 });
		const items = Array.from({ length: 40 }, (_, index) => ({ code: `BULK${index}` }));
		for (const { code } of items) world.sandbox.store.seedCustomer(code, 1);
		const { error, items: output } = await world.run('getByCustomerCode', { customerCode: '={{ $json.code }}', output: 'raw', options: { maxParallelRequests: 8 } }, { items });
		expect(error).toBeUndefined();
		expect(output.map(({ eventId }) => eventId)).toHaveLength(40);
		const calls = world.sent('createToken').length;
		const accepted = world.sent('getCustomerEvents').filter(({ status }) => status === 200).length;
		expect(accepted).toBe(40);
		expect(calls).toBeLessThanOrEqual(1 + Math.ceil(world.sent('getCustomerEvents').length / 15) + 1);
	});

	test.each([
		['a wrong subscription key', { subscriptionApiKey: 'wrong' }, 'GoFive does not accept the subscription key'],
		['a wrong client secret', { clientSecret: 'wrong' }, 'GoFive does not accept the client ID or the client secret'],
	])('%s costs one token call, however many items there are', async (_, change, message) => {
		const items = Array.from({ length: 20 }, (_item, index) => ({ code: `C${index}` }));
		const { outputs } = await world.run('getByCustomerCode', { customerCode: '={{ $json.code }}' }, { items, credential: { ...world.credential, ...change }, onError: 'continueRegularOutput' });
		expect(outputs[0]?.map(({ json }) => json.error)).toEqual(items.map((): unknown => expect.stringContaining(message)));
		expect(world.sandbox.requests).toHaveLength(1);
	});

	test('with a stored token, a wrong subscription key causes no token call', async () => {
		const sessionToken = 'stored-token';
		const { error } = await world.run('getTypes', {}, { credential: { ...world.credential, subscriptionApiKey: 'wrong', sessionToken } });
		expect(error?.message).toBe('GoFive does not accept the subscription key');
		expect(world.sandbox.requests).toHaveLength(1);
	});

	test('a pasted token that is not accepted is told as such, after one request', async () => {
		const { error } = await world.run('getTypes', {}, { credential: pasted('old') });
		expect(error).toMatchObject({ message: 'GoFive does not accept the access token', httpCode: '401' });
		expect(world.sandbox.requests).toHaveLength(1);
	});
});

describe('the list of event types', () => {
	const list = async (change = {}) => await loadOptions('getEventTypes', { credential: { ...world.credential, ...change } });

	test('names and ids', async () => {
		expect((await list())[2]).toEqual({ name: 'โทรติดตามลูกค้า', value: 3 });
	});

	test('the reason where it cannot be loaded', async () => {
		await expect(list({ subscriptionApiKey: 'wrong' })).rejects.toThrow('GoFive does not accept the subscription key');
	});
});

test('redirects are not followed, and no secret reaches another host', async () => {
	const other = await startSandbox();
	world.sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, times: 'always', answer: { kind: 'redirect', to: `${other.url}/v1/customerEvent/event-types` } });
	const { error } = await world.run('getTypes', {});
	expect(error?.message).toBe(`GoFive sent the request on to ${new URL(other.url).host}, which is not followed`);
	expect(other.requests).toHaveLength(0);
	await other.close();
});
