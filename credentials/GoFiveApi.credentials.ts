import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { assertSameOrigin, parseBaseUrl } from '../nodes/GoFive/api/auth/baseUrl';
import { GoFiveError } from '../nodes/GoFive/api/errors/goFiveError';
import { messages } from '../nodes/GoFive/api/errors/messages';
import { getAuthorization, sealToken } from '../nodes/GoFive/api/auth/sessionToken';
import {
	toCredentialError,
	fetchToken,
	createOutdatedTokenError,
	assertReachable,
	getSubscriptionKey,
	type HttpRequestHelper,
} from '../nodes/GoFive/api/auth/tokenRequest';
import { credentialTestRules } from '../nodes/GoFive/api/auth/credentialTestRules';

/** n8n's HTTP Request node uses the deprecated request helper, which has other names for some options. */
type LegacyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
};

/** Where the test of the credential sends its request. Only that test gives the base URL separately. */
const TEST_PATH = '/v1/customerEvent/event-types';

/** n8n's request helper, for each credential object that `preAuthentication` was called with; n8n signs with the same object. */
const requestHelpers = new WeakMap<ICredentialDataDecryptedObject, HttpRequestHelper>();

const ONBOARDING_DESCRIPTION = "From GoFive's partner onboarding";

/**
 * Signs in to GoFive's API (developer.gofive.co.th, Authentication API): with a pasted bearer token, or with
 * client id and secret, with which n8n fetches one. Both need the subscription key.
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
					description: 'Client ID and secret from GoFive; n8n fetches and renews the tokens',
				},
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A bearer token that you paste; it lasts about an hour',
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
			description: ONBOARDING_DESCRIPTION,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: ONBOARDING_DESCRIPTION,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token with or without the word Bearer before it',
			displayOptions: { show: { authentication: ['accessToken'] } },
		},
		{
			displayName: 'Subscription Key',
			name: 'subscriptionApiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key that GoFive gave you for its API; it is sent as Ocp-Apim-Subscription-Key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.gofive.co.th',
			description: 'The address of the API; change it only if GoFive gives you another one',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches a token; n8n calls it when none is stored and after a 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const sendUnsigned: HttpRequestHelper = async (options) => (await this.helpers.httpRequest(options)) as unknown;
		requestHelpers.set(credentials, sendUnsigned);
		if (credentials.authentication === 'accessToken') return {};
		try {
			return { sessionToken: sealToken(await fetchToken(sendUnsigned, credentials), credentials) };
		} catch (error) {
			throw error instanceof GoFiveError ? toCredentialError(error) : error;
		}
	}

	/**
	 * Signs a request, but none that would take the secrets to another origin than the base URL's, and keeps n8n from following
	 * redirects. A property and not a method, since n8n's list of credentials loses methods: its HTTP Request node offers only
	 * credentials that have `authenticate` in that list.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const options: LegacyRequestOptions = request;
		const isPastedToken = credentials.authentication === 'accessToken';
		const isTest = options.baseURL !== undefined && options.url === TEST_PATH;
		const sendUnsigned = requestHelpers.get(credentials);
		try {
			assertSameOrigin(options.url ?? options.uri, parseBaseUrl(credentials.baseUrl), options.baseURL);
			const key = getSubscriptionKey(credentials);
			const authorization = getAuthorization(credentials);
			if (isPastedToken && !authorization) throw new GoFiveError(messages.tokenMissing, { httpCode: '401' });
			// The test has to say whether a token can be fetched; with a stored one n8n would not try.
			if (!authorization || (isTest && !sendUnsigned)) throw createOutdatedTokenError();
			// Where no connection comes about, n8n's test would show only Node's code, such as ENOTFOUND.
			if (isTest && sendUnsigned && isPastedToken) await assertReachable(sendUnsigned, credentials.baseUrl);
			options.headers = {
				...options.headers,
				Authorization: authorization,
				'Ocp-Apim-Subscription-Key': key,
			};
		} catch (error) {
			throw error instanceof GoFiveError ? toCredentialError(error) : error;
		}
		// On a redirect n8n would send the subscription key to the other host.
		return Object.assign(options, { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
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
		rules: credentialTestRules as IAuthenticateRuleResponseSuccessBody[],
	};
}
