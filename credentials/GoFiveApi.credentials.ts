import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { GoFiveError } from '../nodes/GoFive/api/errors';
import { assertMayUse, parseBaseUrl, sealToken, sign } from '../nodes/GoFive/api/signing';
import type { HttpRequestHelper } from '../nodes/GoFive/api/tokenRequest';

/** Path of the credential test's request. Only this test sets `baseURL`, by which `authenticate` recognises it. */
const TEST_PATH = '/v1/customerEvent/event-types';

/**
 * n8n's unsigned request helper by credential object. `authenticate` has no helper of its own. n8n passes it the object
 * that it has passed to `preAuthentication` before.
 */
const httpRequestHelpers = new WeakMap<ICredentialDataDecryptedObject, HttpRequestHelper>();

/**
 * Error by credential object with which `authenticate` refused to sign. n8n's deprecated helper then calls
 * `preAuthentication` and signs again, so that each refused request would fetch a token.
 */
const refusals = new WeakMap<ICredentialDataDecryptedObject, unknown>();

/** Loads the code that sends requests only when it is needed, so that n8n starts faster. */
const loadTokenRequest = async () => await import('../nodes/GoFive/api/tokenRequest');

const ASK_ADVICE = 'If you do not have it, ask your Venio administrator first, then GoFive support.';
const ISSUED_ADVICE = `that GoFive issued to your company with your API access. ${ASK_ADVICE}`;

const HTTP_REQUEST_DESCRIPTION =
	"n8n's HTTP Request and GraphQL nodes can send requests to 'Base URL'. People who may use the credential can then read the access token and the subscription key.";

/**
 * Credential for GoFive's API: a pasted access token, or a client id and secret with which n8n fetches a token.
 * Both require a subscription key. Requests for a token are sent in nodes/GoFive/api/tokenRequest.ts.
 *
 * @see https://developer.gofive.co.th/api-3627563
 */
export class GoFiveApi implements ICredentialType {
	name = 'goFiveApi';

	displayName = 'GoFive API';

	icon = { light: 'file:../nodes/GoFive/gofive.svg', dark: 'file:../nodes/GoFive/gofive.dark.svg' } as const;

	/** Section of README. n8n's lint requires a literal, so a test compares it with the homepage in package.json. */
	documentationUrl = 'https://github.com/example/n8n-nodes-gofive#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'Enter the client ID and the client secret. n8n requests and renews the tokens automatically.',
				},
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Paste an access token, which n8n does not renew. It probably expires after one hour.',
				},
			],
			default: 'clientCredentials',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: `Client ID ${ISSUED_ADVICE}`,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: `Client secret ${ISSUED_ADVICE}`,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Access token for the GoFive API, with or without the word Bearer',
			displayOptions: { show: { authentication: ['accessToken'] } },
		},
		{
			displayName: 'Subscription Key',
			name: 'subscriptionApiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: `Subscription key of your company for the GoFive API. ${ASK_ADVICE}`,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.gofive.co.th',
			description: 'Address of the GoFive API. Change it only if GoFive gave you a different address.',
		},
		// n8n adds this property with the default All. If other nodes may use the credential, a person who may only use it can
		// read the access token and the subscription key: n8n 2 passes the signed request of a failed HTTP Request node to the
		// expressions of the next node. n8n's option Specific Domains is omitted, because only requests to the base URL are
		// signed.
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				{ name: 'Base URL Only', value: 'all', description: HTTP_REQUEST_DESCRIPTION },
				{ name: 'None', value: 'none', description: "n8n's own nodes cannot use the credential" },
			],
			default: 'none',
			description: "Whether n8n's HTTP Request and GraphQL nodes may use this credential",
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches a token. n8n calls it if no token is stored and after HTTP 401, and stores the result. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const httpRequest: HttpRequestHelper = async (options) => (await this.helpers.httpRequest(options)) as unknown;
		httpRequestHelpers.set(credentials, httpRequest);
		if (refusals.has(credentials)) throw refusals.get(credentials);
		if (credentials.authentication === 'accessToken') return {};
		const { fetchToken, toThrowable } = await loadTokenRequest();
		try {
			return { sessionToken: sealToken(await fetchToken(httpRequest, credentials), credentials) };
		} catch (error) {
			throw error instanceof GoFiveError ? toThrowable(error) : error;
		}
	}

	/**
	 * Signs a copy of a request. In the credential test, it also sends the request, since n8n's rules for a test cannot
	 * tell its causes apart.
	 *
	 * This is a property and not a method, since n8n copies only the properties of a credential into its list of types.
	 * The HTTP Request node offers the credential only if `authenticate` is in that list.
	 *
	 * @throws NodeApiError if the request may not be signed, if the test fails, or if no valid token is stored.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const httpRequest = httpRequestHelpers.get(credentials);
		const { createOutdatedTokenError, testCredential, toThrowable } = await loadTokenRequest();
		try {
			const { baseURL, url, method = 'GET' } = options;
			const isTest = baseURL === parseBaseUrl(credentials.baseUrl) && url === TEST_PATH && method === 'GET';
			if (!isTest) assertMayUse(options, credentials);
			// The test must show whether a token can be fetched. With a stored one, n8n would not try.
			const mustFetchToken = isTest && !httpRequest;
			const request = mustFetchToken ? undefined : sign(options, credentials);
			if (request && isTest && httpRequest) await testCredential(httpRequest, request, credentials);
			if (request) return request;
		} catch (error) {
			const refusal: unknown = error instanceof GoFiveError ? toThrowable(error) : error;
			refusals.set(credentials, refusal);
			throw refusal;
		}
		throw createOutdatedTokenError();
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/[/]+$/, "") }}',
			url: TEST_PATH,
			headers: { 'Content-Type': 'application/json' },
			ignoreHttpStatusErrors: true,
			timeout: 60_000,
		},
	};
}
