import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import {
	getAuthorization,
	sealToken,
	sign,
	SIGNING_STATE,
	type RequestOptions,
	type SigningState,
} from '../../nodes/GoFive/api/signing';

const credential: ICredentialDataDecryptedObject = {
	authentication: 'accessToken',
	accessToken: 'token-1',
	subscriptionApiKey: ' key-1 ',
	baseUrl: 'https://api.gofive.co.th/',
	sessionToken: '',
	allowedHttpRequestDomains: 'all',
};
const url = 'https://api.gofive.co.th/v1/x';
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
	const stored = { ...clientCredentials, sessionToken };

	test('uses the stored token, and its mark reveals no value', async () => {
		expect((await authenticate({ url }, stored)).headers).toMatchObject({ Authorization: 'Bearer token-2' });
		expect(getAuthorization(stored)).toBe('Bearer token-2');
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
		await expect(authenticate({ url }, { ...stored, ...change })).rejects.toMatchObject({ response: { status: 401 } });
		expect(getAuthorization({ ...stored, ...change })).toBe('');
	});

	test('rejects a request to another origin without requesting a token', async () => {
		await expect(
			authenticate({ url: 'https://example.com/' }, { ...clientCredentials, sessionToken: '' }),
		).rejects.not.toHaveProperty('response');
	});

	test('a token that GoFive rejected is not sent again, but the same token that GoFive issues again is', () => {
		const state: SigningState = { rejectedAuthorization: 'Bearer token-2' };
		const options: RequestOptions = { url, [SIGNING_STATE]: state };
		expect(sign(options, stored)).toBeUndefined();
		expect(state).toEqual({});
		expect(sign(options, stored)).toMatchObject({ headers: { Authorization: 'Bearer token-2' } });
		expect(state.authorization).toBe('Bearer token-2');
	});

	test('a newer token than the rejected one is sent', () => {
		const state: SigningState = { rejectedAuthorization: 'Bearer token-1' };
		expect(sign({ url, [SIGNING_STATE]: state }, stored)).toBeDefined();
		expect(state.authorization).toBe('Bearer token-2');
	});
});

test.each([
	{ url, qs: { a: 1 }, body: { b: 2 }, json: true },
	{ uri: url },
	{ url: 'https://API.gofive.co.th:443/v1/x' },
	{ baseURL: 'https://api.gofive.co.th/', url: '/v1/x' },
	{ baseURL: 'https://api.gofive.co.th', url: 'v1/x' },
	{ url, followRedirect: true, followAllRedirects: true, disableFollowRedirect: false },
])('signs a request, keeps its contents and follows no redirect: %j', async (options) => {
	const original = { ...options, headers: { 'Content-Type': 'application/json' } };
	const copy = structuredClone(original);
	expect(await authenticate(original)).toEqual({
		...original,
		headers: {
			'Content-Type': 'application/json',
			Authorization: 'Bearer token-1',
			'Ocp-Apim-Subscription-Key': 'key-1',
		},
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		useStream: false,
	});
	expect(original).toEqual(copy);
});

test.each([
	[{ useStream: true }, undefined],
	[{ encoding: 'stream' }, 'arraybuffer'],
	[{ encoding: 'text' }, 'text'],
])('the response is not a stream, which would contain the signed request: %j', async (options, encoding) => {
	const request = await authenticate({ url, ...options });
	expect([request.encoding, 'useStream' in request && request.useStream]).toEqual([encoding, false]);
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
	[{ baseURL: 'https://example.com', url }, 'https://example.com'],
	[{ url: '/v1/x' }, '/v1/x'],
	[{ url: 'data:text/plain,x' }, 'null'],
])('another origin receives no secret: %j', async (options, origin) => {
	const message = `The GoFive credential was not sent to ${origin}`;
	await expect(authenticate(options)).rejects.toThrow(message);
	await expect(authenticate({ ...options, [SIGNING_STATE]: {} })).rejects.toThrow(message);
	expect(options).not.toHaveProperty('headers');
});

test.each<ICredentialDataDecryptedObject>([
	{ allowedHttpRequestDomains: 'none' },
	{ allowedHttpRequestDomains: 'domains' },
	{ allowedHttpRequestDomains: '' },
])('only the GoFive nodes may use the credential: %j', async (restricted) => {
	const message = 'The GoFive credential can be used in the GoFive nodes only';
	await expect(authenticate({ url }, restricted)).rejects.toThrow(message);
	const signed = await authenticate({ url, [SIGNING_STATE]: {} }, restricted);
	expect(signed.headers).toMatchObject({ Authorization: 'Bearer token-1' });
});

test('no other node may use the credential by default', () => {
	const property = new GoFiveApi().properties.find(({ name }) => name === 'allowedHttpRequestDomains');
	expect(property?.default).toBe('none');
});
