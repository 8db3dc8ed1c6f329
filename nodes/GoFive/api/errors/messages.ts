import type { ErrorCause, ErrorText } from './goFiveError';

const CREDENTIAL = "the credential 'GoFive API'";
const CHECK_BASE_URL = `Check 'Base URL' in ${CREDENTIAL}`;
const CHECK_NETWORK = `${CHECK_BASE_URL}, and whether a firewall or proxy blocks the way from n8n to GoFive.`;
const TRY_LATER = 'GoFive or the network is not working well at the moment. Run the workflow again in a few minutes.';

const errorText = (message: string, description: string, cause?: ErrorCause): ErrorText => ({
	message,
	description,
	cause,
});
const withCause =
	(cause: 'credential-invalid' | 'configuration-invalid' | 'temporarily-unavailable') =>
	(message: string, description: string): ErrorText =>
		errorText(message, description, { cause });
const credentialInvalid = withCause('credential-invalid');
const configurationInvalid = withCause('configuration-invalid');
const unavailable = withCause('temporarily-unavailable');

/** Texts about responses, connections and the credential. Texts about an input are in the file of its field. */
export const messages = {
	subscriptionKeyMissing: credentialInvalid(
		'GoFive received no subscription key',
		`Fill in 'Subscription Key' in ${CREDENTIAL}.`,
	),
	subscriptionKeyInvalid: credentialInvalid(
		'GoFive does not accept the subscription key',
		`Check 'Subscription Key' in ${CREDENTIAL}: copy it again from GoFive, and make sure that the subscription is active.`,
	),
	tokenRejected: credentialInvalid(
		'GoFive does not accept the access token',
		`Paste a fresh token into 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there: then n8n fetches and renews tokens automatically.`,
	),
	tokenMissing: credentialInvalid(
		'GoFive needs an access token',
		`Fill in 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there.`,
	),
	tokenOutdated: credentialInvalid(
		'The stored access token was fetched with other values of the credential',
		`Run the workflow again. If it happens again, open ${CREDENTIAL} and save it.`,
	),
	newTokenRejected: credentialInvalid(
		'GoFive does not accept the access token that it has just issued',
		`Ask GoFive whether the client ID in ${CREDENTIAL} may use this part of the API.`,
	),
	clientCredentialsMissing: credentialInvalid(
		'GoFive needs a client ID and a client secret',
		`Fill in 'Client ID' and 'Client Secret' in ${CREDENTIAL}, or choose 'Access Token' there.`,
	),
	clientCredentialsRejected: credentialInvalid(
		'GoFive does not accept the client ID or the client secret',
		`Check 'Client ID' and 'Client Secret' in ${CREDENTIAL}: both must be complete and belong together.`,
	),
	noTokenInResponse: unavailable(
		'GoFive answered the request for a token without a token',
		`${CHECK_BASE_URL}. ${TRY_LATER}`,
	),
	baseUrlInvalid: (text: string) =>
		configurationInvalid(
			`The base URL '${text}' is not a web address`,
			`Set 'Base URL' in ${CREDENTIAL} to https://api.gofive.co.th.`,
		),
	baseUrlUnsafe: (origin: string) =>
		configurationInvalid(
			`The base URL ${origin} is not safe for secrets`,
			`Set 'Base URL' in ${CREDENTIAL} to an address that begins with https:// and has no user name, '?' or '#' in it. Plain http works for this machine only (localhost).`,
		),
	otherOrigin: (origin: string) =>
		configurationInvalid(
			`The credential 'GoFive API' is not sent to ${origin}`,
			"It goes only to the address in its 'Base URL'. Use a URL that begins with that address.",
		),
	quota: ({ renewsIn, resetsAtEpochMs }: { renewsIn?: string; resetsAtEpochMs?: number } = {}) =>
		errorText(
			'The call quota of your GoFive subscription is used up',
			renewsIn
				? `It is refilled in ${renewsIn} (hours:minutes:seconds). Run the workflow after that, or ask GoFive for a larger quota.`
				: 'Run the workflow later, or ask GoFive for a larger quota.',
			{ cause: 'quota-exhausted', resetsAtEpochMs },
		),
	rateLimit: (retryAfterMs?: number) =>
		errorText(
			'GoFive keeps refusing the request because of its rate limit',
			'Other workflows may use the same subscription key: let them run at other times, or ask GoFive for a higher limit.',
			{ cause: 'rate-limited', retryAfterMs },
		),
	businessError: (code: string, description: string, validationErrors: string) =>
		errorText(
			`GoFive answered${description ? `: ${description}` : ''} (${code ? `code ${code}` : 'without a code'})`,
			`${validationErrors}Check the values that were sent. Code 4001 stands for one value that GoFive does not accept, 4002 for several.`,
		),
	forbidden: (serverMessage: string) =>
		configurationInvalid(
			'GoFive does not permit this request',
			`${serverMessage}Ask GoFive whether the subscription and the client in ${CREDENTIAL} may use this part of the API.`,
		),
	notFound: (serverMessage: string) =>
		errorText(
			'GoFive could not find what was asked for (HTTP 404)',
			`${serverMessage}Check the code or ID that was sent, and 'Base URL' in ${CREDENTIAL}.`,
		),
	tokenEndpointNotFound: configurationInvalid('GoFive has no sign-in at this address (HTTP 404)', `${CHECK_BASE_URL}.`),
	rejected: (status: number, serverMessage: string) =>
		errorText(`GoFive did not accept the request (HTTP ${status})`, `${serverMessage}Check the values that were sent.`),
	serverError: (status: number, attempts: number, serverMessage: string) =>
		unavailable(
			`GoFive could not handle the request (HTTP ${status}${attempts > 1 ? `, tried ${attempts} times` : ''})`,
			serverMessage + TRY_LATER,
		),
	proxyAuthRequired: configurationInvalid(
		'The proxy between n8n and GoFive requires a sign-in (HTTP 407)',
		"Ask whoever runs this n8n to add the proxy's user name and password to its proxy settings.",
	),
	redirect: (host: string) =>
		configurationInvalid(
			`GoFive redirected the request to ${host || 'another address'}, and redirects are not followed`,
			`Following it could hand the credential to somebody else. ${CHECK_BASE_URL}.`,
		),
	notJson: (kind: string) =>
		unavailable(
			`The answer is ${kind} instead of data`,
			`Something between n8n and GoFive may have answered, such as a proxy or a sign-in page. ${CHECK_BASE_URL}.`,
		),
	unexpectedFormat: errorText(
		"GoFive's answer does not have the form that its documentation describes",
		'Report it to the makers of this node: GoFive may have changed its API.',
	),
	truncatedResponse: unavailable("GoFive's answer was cut off before its end", TRY_LATER),
	timeout: (seconds: number) =>
		unavailable(
			`GoFive did not answer within ${seconds} second${seconds === 1 ? '' : 's'}`,
			"Run the workflow again later, ask for a shorter date range, or raise 'Timeout' in the options of this node.",
		),
	hostNotFound: unavailable(
		'The address of GoFive was not found',
		`${CHECK_BASE_URL}, and the internet access of n8n.`,
	),
	noConnection: unavailable('n8n could not connect to GoFive', CHECK_NETWORK),
	tls: unavailable('The secure connection to GoFive did not work', CHECK_NETWORK),
	connectionLost: unavailable('The connection to GoFive was cut off', TRY_LATER),
	certificateInvalid: configurationInvalid(
		"The security certificate of the server is not valid for 'Base URL'",
		`The secrets were not sent. ${CHECK_BASE_URL}, and the date and time on the machine that runs n8n.`,
	),
	unknownConnectionError: (code: string) => unavailable(`The request to GoFive did not finish (${code})`, TRY_LATER),
	cancelled: errorText('The execution was stopped', 'This item was not sent to GoFive.'),
	cancelledInProgress: errorText(
		'The execution was stopped while this item was under way',
		"GoFive's answer did not arrive in time.",
	),
	notConfirmed: errorText('GoFive answered "false" instead of a confirmation', 'Check in GoFive what happened.'),
	/** Last sentence of an error about a write that GoFive has processed although a later step failed. */
	alreadyProcessed: 'GoFive has carried it out all the same, so do not send this item again.',
	/** Description for a write that GoFive may have processed, in place of advice to run the workflow again. */
	mayBeProcessed:
		'GoFive may have carried it out all the same. Check in GoFive first, and send this item again only if the change is not there.',
};
