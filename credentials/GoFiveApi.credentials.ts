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
import { assertSameOrigin, baseUrlOf } from '../nodes/GoFive/api/baseUrl';
import { plain } from '../nodes/GoFive/api/envelope';
import { Failure } from '../nodes/GoFive/api/failure';
import { messages } from '../nodes/GoFive/api/messages';
import { credentialError, fetchToken, subscriptionKeyOf } from '../nodes/GoFive/api/token';
import { testRules } from '../nodes/GoFive/api/testRules';

/** The deprecated request helper, which n8n's HTTP Request node uses, has names of its own. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string; followRedirect?: boolean; followAllRedirects?: boolean };

const ONBOARDING = "From GoFive's partner onboarding";

/**
 * Signs in to GoFive's API (developer.gofive.co.th, Authentication API): with a pasted bearer token, or with
 * client id and secret that fetch the token by themselves. Both go with the subscription key.
 */
export class GoFiveApi implements ICredentialType {
	name = 'goFiveApi';

	displayName = 'GoFive API';

	icon = { light: 'file:../nodes/GoFive/gofive.svg', dark: 'file:../nodes/GoFive/gofive.dark.svg' } as const;

	documentationUrl = 'https://developer.gofive.co.th';

	httpRequestNode = {
		name: 'GoFive (Any Endpoint)',
		docsUrl: 'https://developer.gofive.co.th',
		apiBaseUrl: 'https://api.gofive.co.th/',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'Client ID and secret from GoFive; tokens are fetched and renewed by themselves',
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
			description: 'Where the API lives; keep it unless GoFive tells you another address',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches a token; n8n calls it when none is stored, after a 401, and when the credential is tested. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (credentials.authentication === 'accessToken') return {};
		try {
			const send = async (options: IHttpRequestOptions) => (await this.helpers.httpRequest(options)) as unknown;
			return { sessionToken: await fetchToken(send, credentials) };
		} catch (thrown) {
			throw thrown instanceof Failure ? credentialError(thrown) : thrown;
		}
	}

	/** Signs a request. It refuses one that would take the secrets to another origin than the base URL's, or follow a redirect. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const options: AnyRequestOptions = request;
		const pasted = credentials.authentication === 'accessToken';
		const token = plain(pasted ? credentials.accessToken : credentials.sessionToken).replace(/^bearer(?:\s+|$)/i, '');
		try {
			const baseUrl = baseUrlOf(credentials.baseUrl);
			assertSameOrigin(options.url ?? options.uri, baseUrl, options.baseURL);
			if (!token) throw new Failure(pasted ? messages.tokenMissing : messages.noTokenInAnswer, '401');
			options.headers = {
				...options.headers,
				Authorization: `Bearer ${token}`,
				'Ocp-Apim-Subscription-Key': subscriptionKeyOf(credentials),
			};
		} catch (thrown) {
			throw thrown instanceof Failure ? credentialError(thrown) : thrown;
		}
		// n8n sends custom headers along to wherever a redirect points.
		return Object.assign(options, { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/[/]+$/, "") }}',
			url: '/v1/customerEvent/event-types',
			headers: { 'Content-Type': 'application/json' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 60_000,
		},
		rules: testRules as IAuthenticateRuleResponseSuccessBody[],
	};
}
