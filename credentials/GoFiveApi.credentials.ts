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
import { assertSameOrigin, baseUrlOf } from '../nodes/GoFive/api/signIn/baseUrl';
import { Failure } from '../nodes/GoFive/api/words/failure';
import { messages } from '../nodes/GoFive/api/words/messages';
import { signatureOf, toStore } from '../nodes/GoFive/api/signIn/storedToken';
import {
	credentialError,
	fetchToken,
	outdated,
	reach,
	subscriptionKeyOf,
	type Send,
} from '../nodes/GoFive/api/signIn/token';
import { testRules } from '../nodes/GoFive/api/signIn/testRules';

/** n8n's HTTP Request node uses the deprecated request helper, which has other names for some options. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string; followRedirect?: boolean; followAllRedirects?: boolean };

/** Where the test of the credential sends its request. Only that test gives the base URL separately. */
const TEST_URL = '/v1/customerEvent/event-types';

/** n8n's request helper, for each credential object that `preAuthentication` was called with; n8n signs with the same object. */
const senders = new WeakMap<ICredentialDataDecryptedObject, Send>();

const ONBOARDING = "From GoFive's partner onboarding";

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
			description: ONBOARDING,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: ONBOARDING,
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
		const send: Send = async (options) => (await this.helpers.httpRequest(options)) as unknown;
		senders.set(credentials, send);
		if (credentials.authentication === 'accessToken') return {};
		try {
			return { sessionToken: toStore(await fetchToken(send, credentials), credentials) };
		} catch (thrown) {
			throw thrown instanceof Failure ? credentialError(thrown) : thrown;
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
		const options: AnyRequestOptions = request;
		const pasted = credentials.authentication === 'accessToken';
		const isTest = options.baseURL !== undefined && options.url === TEST_URL;
		const send = senders.get(credentials);
		try {
			assertSameOrigin(options.url ?? options.uri, baseUrlOf(credentials.baseUrl), options.baseURL);
			const key = subscriptionKeyOf(credentials);
			const signature = signatureOf(credentials);
			if (pasted && !signature) throw new Failure(messages.tokenMissing, { httpCode: '401' });
			// The test has to say whether a token can be fetched; with a stored one n8n would not try.
			if (!signature || (isTest && !send)) throw outdated();
			// Where no connection comes about, n8n's test would show only Node's code, such as ENOTFOUND.
			if (isTest && send && pasted) await reach(send, credentials.baseUrl);
			options.headers = {
				...options.headers,
				Authorization: signature,
				'Ocp-Apim-Subscription-Key': key,
			};
		} catch (thrown) {
			throw thrown instanceof Failure ? credentialError(thrown) : thrown;
		}
		// On a redirect n8n would send the subscription key to the other host.
		return Object.assign(options, { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/[/]+$/, "") }}',
			url: TEST_URL,
			headers: { 'Content-Type': 'application/json' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 60_000,
		},
		rules: testRules as IAuthenticateRuleResponseSuccessBody[],
	};
}
