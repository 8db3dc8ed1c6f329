import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import { getAuthorization, sealToken } from '../../nodes/GoFive/api/auth/sessionToken';

const credential: ICredentialDataDecryptedObject = {
	authentication: 'accessToken',
	accessToken: 'token-1',
	subscriptionApiKey: ' key-1 ',
	baseUrl: 'https://api.gofive.co.th/',
	sessionToken: '',
	allowedHttpRequestDomains: 'all',
};
const authenticate = async (options: object, overrides: ICredentialDataDecryptedObject = {}) =>
	await new GoFiveApi().authenticate({ ...credential, ...overrides }, options as IHttpRequestOptions);

describe('client credentials mode', () => {
	const clientCredentials = {
		...credential,
		authentication: 'clientCredentials',
		clientId: 'id-1',
		clientSecret: 'secret-1',
	};
	const sessionToken = sealToken('token-2', clientCredentials);
	const url = 'https://api.gofive.co.th/v1/x';

	test('uses the stored token, and its mark reveals no value', async () => {
		expect((await authenticate({ url }, { ...clientCredentials, sessionToken })).headers).toMatchObject({
			Authorization: 'Bearer token-2',
		});
		expect(getAuthorization({ ...clientCredentials, sessionToken })).toBe('Bearer token-2');
		for (const value of ['id-1', 'secret-1', 'key-1', 'gofive']) expect(sessionToken).not.toContain(value);
	});

	test.each<ICredentialDataDecryptedObject>([
		{ clientId: 'id-2' },
		{ clientSecret: 'secret-2' },
		{ subscriptionApiKey: 'key-2' },
		{ baseUrl: 'https://api.gofive.co.th/other' },
		{ sessionToken: 'token-2' },
		{ sessionToken: '' },
	])('a token of other values results in 401, for which n8n fetches another token: %j', async (change) => {
		await expect(authenticate({ url }, { ...clientCredentials, sessionToken, ...change })).rejects.toMatchObject({
			response: { status: 401 },
		});
		expect(getAuthorization({ ...clientCredentials, sessionToken, ...change })).toBe('');
	});

	test('rejects a request to another origin without requesting a token', async () => {
		await expect(
			authenticate({ url: 'https://example.com/' }, { ...clientCredentials, sessionToken: '' }),
		).rejects.not.toHaveProperty('response');
	});
});

test.each([
	{ url: 'https://api.gofive.co.th/v1/x', qs: { a: 1 }, body: { b: 2 }, json: true },
	{ uri: 'https://api.gofive.co.th/v1/x' },
	{ url: 'https://API.gofive.co.th:443/v1/x' },
	{ baseURL: 'https://api.gofive.co.th/', url: '/v1/x' },
	{ baseURL: 'https://api.gofive.co.th', url: 'v1/x' },
])('signs a request, keeps its contents and follows no redirect: %j', async (options) => {
	const { uri, ...sameOptions } = options;
	expect(await authenticate({ ...options, headers: { 'Content-Type': 'application/json' } })).toMatchObject({
		...(uri !== undefined && { url: uri }),
		...sameOptions,
		headers: {
			'Content-Type': 'application/json',
			Authorization: 'Bearer token-1',
			'Ocp-Apim-Subscription-Key': 'key-1',
		},
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	});
});

test.each([
	[{ url: 'https://example.com/v1/x' }, 'https://example.com'],
	[{ uri: 'https://example.com/v1/x' }, 'https://example.com'],
	[{ url: 'http://api.gofive.co.th/v1/x' }, 'http://api.gofive.co.th'],
	[{ url: 'https://api.gofive.co.th:8443/' }, 'https://api.gofive.co.th:8443'],
	[{ url: 'https://api.gofive.co.th@example.com/' }, 'https://example.com'],
	[{ url: 'https://api.gofive.co.th.example.com/' }, 'https://api.gofive.co.th.example.com'],
	[{ baseURL: 'https://api.gofive.co.th', url: 'https://example.com/' }, 'https://example.com'],
	[{ baseURL: 'https://api.gofive.co.th', url: '//example.com/x' }, 'https://example.com'],
	[{ baseURL: 'https://api.gofive.co.th', url: '\\\\example.com/x' }, 'https://example.com'],
	[{ baseURL: 'https://api.gofive.co.th', url: 'HTTPS:\\\\example.com/x' }, 'https://example.com'],
	[{ baseURL: 'https://example.com', url: '/v1/x' }, 'https://example.com'],
	[{ url: '/v1/x' }, '/v1/x'],
	[{ url: 'data:text/plain,x' }, 'null'],
])('another origin receives no secret: %j', async (options, origin) => {
	await expect(authenticate(options)).rejects.toThrow(`The credential 'GoFive API' was not sent to ${origin}`);
	expect(options).not.toHaveProperty('headers');
});

test.each([
	[{ Host: 'example.com' }],
	[{ host: 'example.com:443' }],
	[{ Host: 'api.gofive.co.th', HOST: 'example.com' }],
	[{ Host: ['example.com'] }],
	[{ Host: '' }],
])('another host in the headers receives no secret: %j', async (headers) => {
	const options = { url: 'https://api.gofive.co.th/v1/x', headers };
	await expect(authenticate(options)).rejects.toThrow("was not sent to the host in the header 'Host'");
	expect(options).toEqual({ url: 'https://api.gofive.co.th/v1/x', headers });
});

describe('an object that changes its text after the check', () => {
	const createText = (firstText: string, laterText: string): object => {
		let calls = 0;
		return { toString: () => (++calls <= 3 ? firstText : laterText) };
	};
	const url = 'https://api.gofive.co.th/v1/x';
	const boxedHost = new String('example.com');

	test.each<[string, object]>([
		['url', { url: createText(url, 'http://example.com/') }],
		['uri', { uri: createText(url, 'http://example.com/') }],
		['baseURL', { baseURL: createText(url, 'http://example.com/'), url: '/v1/x' }],
		['url without a function', { url: [url] }],
		['method', { url, method: createText('GET', 'TRACE') }],
		['Host', { url, headers: { Host: boxedHost } }],
		['Host in an object', { url, headers: { common: { Host: boxedHost } } }],
		['body of a special type', { url, body: new URLSearchParams({ a: '1' }) }],
	])('receives no secret as %s', async (_, options) => {
		await expect(authenticate(options)).rejects.toThrow('because the request contains an unsuitable method or value');
	});

	test('is sent as it was checked, in the headers', async () => {
		const host = { toJSON: () => 'api.gofive.co.th', toString: () => 'example.com' };
		const { headers } = await authenticate({ url, headers: { Host: host } });
		expect(headers).toMatchObject({ Host: 'api.gofive.co.th' });
	});
});

test('the host of the base URL may be in the headers', async () => {
	const headers = { host: 'api.gofive.co.th' };
	const options = { url: 'https://api.gofive.co.th/v1/x', headers };
	expect(await authenticate(options)).toMatchObject({ headers: { ...headers, Authorization: 'Bearer token-1' } });
});

test.each([
	[{ accessToken: 'Bearer ' }, 'The access token is missing'],
	[{ baseUrl: 'localhost:8080' }, 'The base URL is not a valid URL'],
])('names the missing field: %j', async (change, message) => {
	await expect(authenticate({ url: 'https://api.gofive.co.th/' }, change)).rejects.toThrow(message);
});
