import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { parseBaseUrl } from '../nodes/GoFive/api/auth/baseUrl';
import { assertMayUseCredential, copyRequest, isUsableAuthorization } from '../nodes/GoFive/api/auth/signing';
import { GoFiveError } from '../nodes/GoFive/api/errors/goFiveError';
import { messages } from '../nodes/GoFive/api/errors/messages';
import { getAuthorization, sealToken } from '../nodes/GoFive/api/auth/sessionToken';
import type { HttpRequestHelper } from '../nodes/GoFive/api/auth/tokenRequest';
import { credentialTestRules } from '../nodes/GoFive/api/auth/credentialTestRules';

/** Path of the credential test's request. Only this test sets `baseURL`, by which `authenticate` recognises it. */
const TEST_PATH = '/v1/customerEvent/event-types';

/**
 * n8n's unsigned request helper by credential object. `authenticate` has no helper of its own. n8n passes it the object
 * that it has passed to `preAuthentication` before.
 */
const httpRequestHelpers = new WeakMap<ICredentialDataDecryptedObject, HttpRequestHelper>();

/** Error by credential object with which `authenticate` refused to sign. n8n then fetches a token and signs again. */
const refusals = new WeakMap<ICredentialDataDecryptedObject, unknown>();

/** Options of both request helpers of n8n. */
const NO_REDIRECTS = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

/** Loads the code that requests tokens only when it is needed, so that n8n starts faster. */
const loadTokenRequest = async () => await import('../nodes/GoFive/api/auth/tokenRequest');

const ONBOARDING_ADVICE =
	'that GoFive issued to your company during partner onboarding. If you do not have it, ask GoFive support.';

const HTTP_REQUEST_DESCRIPTION =
	'The HTTP Request and GraphQL nodes can also use the credential, for requests to the base URL. People who may use the credential can then read the access token and the subscription key.';

/**
 * Credential for GoFive's API: a pasted access token, or a client id and secret with which n8n fetches a token.
 * Both require a subscription key. Requests for a token are sent in nodes/GoFive/api/auth/tokenRequest.ts.
 *
 * @see https://developer.gofive.co.th/api-3627563
 */
export class GoFiveApi implements ICredentialType {
	name = 'goFiveApi';

	displayName = 'GoFive API';

	icon = { light: 'file:../nodes/GoFive/gofive.svg', dark: 'file:../nodes/GoFive/gofive.dark.svg' } as const;

	documentationUrl = 'https://developer.gofive.co.th';

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
					description:
						"Paste an access token. n8n does not renew it. The example in GoFive's documentation shows 3,600 seconds as the lifetime of a token.",
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
			description: `Client ID ${ONBOARDING_ADVICE}`,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: `Client secret ${ONBOARDING_ADVICE}`,
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
			description: 'Subscription key of your company for the GoFive API. If you do not have it, ask GoFive support.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.gofive.co.th',
			description: 'Address of the GoFive API. Change it only if GoFive gave you a different address.',
		},
		// n8n adds this property with the default All. With All, a person who may only use the credential can read the access
		// token and the subscription key: n8n 2 passes the signed request of a failed HTTP Request node to the expressions of
		// the next node. n8n's option Specific Domains is omitted, because only requests to the base URL are signed.
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: HTTP_REQUEST_DESCRIPTION },
				{ name: 'None', value: 'none', description: 'Only the GoFive nodes can use the credential' },
			],
			default: 'none',
			description: 'Nodes of n8n that can use this credential in addition to the GoFive nodes',
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
		const { fetchToken, toCredentialError } = await loadTokenRequest();
		try {
			return { sessionToken: sealToken(await fetchToken(httpRequest, credentials), credentials) };
		} catch (error) {
			throw error instanceof GoFiveError ? toCredentialError(error) : error;
		}
	}

	/**
	 * Signs a copy of a request and disables redirects, with which n8n would send the subscription key to another host.
	 *
	 * This is a property and not a method, since n8n copies only the properties of a credential into its list of types.
	 * The HTTP Request node offers the credential only if `authenticate` is in that list.
	 *
	 * @throws NodeApiError if another server could receive the request (see `copyRequest`), or if no valid token is
	 * stored.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const isPastedToken = credentials.authentication === 'accessToken';
		const httpRequest = httpRequestHelpers.get(credentials);
		const tokenRequest = await loadTokenRequest();
		try {
			const baseUrl = parseBaseUrl(credentials.baseUrl);
			const request = await copyRequest(options, baseUrl);
			const isTest = request.baseURL === baseUrl && request.url === TEST_PATH;
			if (!isTest) assertMayUseCredential(request, credentials);
			const key = tokenRequest.getSubscriptionKey(credentials);
			const authorization = getAuthorization(credentials);
			if (isPastedToken && !authorization) throw new GoFiveError(messages.tokenMissing, { httpCode: '401' });
			// The test must show whether a token can be fetched. With a stored one, n8n would not try.
			if ((!isTest || httpRequest) && isUsableAuthorization(request, authorization)) {
				// Without a connection, n8n's test would only show a code of Node.js, for example ENOTFOUND.
				if (isTest && httpRequest && isPastedToken) await tokenRequest.assertReachable(httpRequest, baseUrl);
				const headers = { ...request.headers, Authorization: authorization, 'Ocp-Apim-Subscription-Key': key };
				return { ...request, headers, ...NO_REDIRECTS };
			}
		} catch (error) {
			const refusal: unknown = error instanceof GoFiveError ? tokenRequest.toCredentialError(error) : error;
			refusals.set(credentials, refusal);
			throw refusal;
		}
		throw tokenRequest.createOutdatedTokenError();
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/[/]+$/, "") }}',
			url: TEST_PATH,
			headers: { 'Content-Type': 'application/json' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 60_000,
		},
		rules: credentialTestRules,
	};
}
