import type { ErrorCause, ErrorText } from './goFiveError';

const CREDENTIAL = "the credential 'GoFive API'";
const CHECK_BASE_URL = `Check 'Base URL' in ${CREDENTIAL}`;
const CHECK_NETWORK = `${CHECK_BASE_URL}, and check whether a firewall or proxy blocks the connection from n8n to GoFive.`;
const MAY_BE_PROCESSED =
	'GoFive may have processed the request anyway. Check in GoFive before you retry, and retry only if the change is missing.';
const TRY_LATER = 'GoFive or the network is temporarily unavailable. Run the workflow again in a few minutes.';

const withCause =
	(cause?: ErrorCause) =>
	(message: string, description: string): ErrorText => ({ message, description, cause });
const errorText = withCause();
const credentialInvalid = withCause({ cause: 'credential-invalid' });
const configurationInvalid = withCause({ cause: 'configuration-invalid' });
const unavailable = withCause({ cause: 'temporarily-unavailable' });

/** Texts about responses, connections and the credential. Texts about an input are in the file of its field. */
export const messages = {
	subscriptionKeyMissing: credentialInvalid(
		'The subscription key is missing',
		`Enter 'Subscription Key' in ${CREDENTIAL}.`,
	),
	subscriptionKeyInvalid: credentialInvalid(
		'GoFive rejected the subscription key',
		`Check 'Subscription Key' in ${CREDENTIAL}. Copy it again from GoFive, and make sure that the subscription is active.`,
	),
	tokenRejected: credentialInvalid(
		'GoFive rejected the access token',
		`Paste a new token into 'Access Token' in ${CREDENTIAL}, or select 'Client Credentials' so that n8n requests and renews tokens automatically.`,
	),
	tokenMissing: credentialInvalid(
		'The access token is missing',
		`Enter 'Access Token' in ${CREDENTIAL}, or select 'Client Credentials'.`,
	),
	tokenOutdated: credentialInvalid(
		'The stored access token does not match the current credential',
		`Run the workflow again. If it happens again, open ${CREDENTIAL} and save it.`,
	),
	newTokenRejected: credentialInvalid(
		'GoFive rejected an access token that it had just issued',
		`Ask GoFive whether the client ID in ${CREDENTIAL} may use this part of the API.`,
	),
	clientCredentialsMissing: credentialInvalid(
		'The client ID or the client secret is missing',
		`Enter 'Client ID' and 'Client Secret' in ${CREDENTIAL}, or select 'Access Token'.`,
	),
	clientCredentialsRejected: credentialInvalid(
		'GoFive rejected the client ID or the client secret',
		`Check 'Client ID' and 'Client Secret' in ${CREDENTIAL}. Both must be complete and belong together.`,
	),
	noTokenInResponse: unavailable(
		"GoFive's response did not contain an access token",
		`${CHECK_BASE_URL}. ${TRY_LATER}`,
	),
	// The value is not quoted, since it may be a secret that was pasted into the wrong field.
	baseUrlInvalid: configurationInvalid(
		'The base URL is not a valid URL',
		`Set 'Base URL' in ${CREDENTIAL} to https://api.gofive.co.th.`,
	),
	baseUrlUnsafe: (origin: string) =>
		configurationInvalid(
			`The base URL ${origin} is not safe for secrets`,
			`Set 'Base URL' in ${CREDENTIAL} to an address that begins with https:// and contains no user name, password, '?' or '#'. http:// is allowed for localhost only.`,
		),
	certificateNotVerified: configurationInvalid(
		"The credential 'GoFive API' is only sent over a verified TLS connection",
		"Turn off 'Ignore SSL Issues (Insecure)' and 'SSL Certificates' in this node. If GoFive's address has a certificate of a private authority, ask the administrator of this n8n instance to trust it with NODE_EXTRA_CA_CERTS.",
	),
	otherOrigin: (origin: string) =>
		configurationInvalid(
			`The credential 'GoFive API' is not sent to ${origin}`,
			"It is only sent to the address in its 'Base URL'. Use a URL that begins with that address.",
		),
	quota: ({ renewsIn, resetsAtEpochMs }: { renewsIn?: string; resetsAtEpochMs?: number } = {}) =>
		withCause({ cause: 'quota-exhausted', resetsAtEpochMs })(
			'The call quota of your GoFive subscription is used up',
			renewsIn
				? `The quota is renewed in ${renewsIn} (hours:minutes:seconds). Run the workflow after that, or ask GoFive for a larger quota.`
				: 'Run the workflow later, or ask GoFive for a larger quota.',
		),
	rateLimit: (retryAfterMs?: number) =>
		withCause({ cause: 'rate-limited', retryAfterMs })(
			'GoFive keeps rejecting the request because of its rate limit',
			'Other workflows may use the same subscription key. Run them at other times, or ask GoFive for a higher limit.',
		),
	businessError: (code: string, description: string, validationErrors: string) =>
		errorText(
			`GoFive rejected the request${description ? `: ${description}` : ''} (${code ? `code ${code}` : 'without a code'})`,
			`${validationErrors}Check the values that were sent. Code 4001 means that GoFive rejected one value, 4002 that it rejected several.`,
		),
	forbidden: (serverMessage: string) =>
		configurationInvalid(
			'GoFive does not allow this request',
			`${serverMessage}Ask GoFive whether the subscription and the client in ${CREDENTIAL} may use this part of the API.`,
		),
	notFound: (serverMessage: string) =>
		errorText(
			'GoFive could not find the requested record (HTTP 404)',
			`${serverMessage}Check the code or ID that was sent, and 'Base URL' in ${CREDENTIAL}.`,
		),
	tokenEndpointNotFound: configurationInvalid(
		'GoFive has no token endpoint at this address (HTTP 404)',
		`${CHECK_BASE_URL}.`,
	),
	rejected: (status: number, serverMessage: string) =>
		errorText(`GoFive rejected the request (HTTP ${status})`, `${serverMessage}Check the values that were sent.`),
	serverError: (status: number, attempts: number, serverMessage: string) =>
		unavailable(
			`GoFive could not handle the request (HTTP ${status}${attempts > 1 ? `, tried ${attempts} times` : ''})`,
			serverMessage + TRY_LATER,
		),
	proxyAuthRequired: configurationInvalid(
		'The proxy between n8n and GoFive requires authentication (HTTP 407)',
		"Ask the administrator of this n8n instance to add the proxy's user name and password to the proxy settings.",
	),
	redirect: (host: string) =>
		configurationInvalid(
			`GoFive redirected the request to ${host || 'another address'}, and redirects are not followed`,
			`Following the redirect could send the credential to another server. ${CHECK_BASE_URL}.`,
		),
	notJson: (kind: string) =>
		unavailable(
			`GoFive returned ${kind} instead of JSON`,
			`A proxy or a sign-in page between n8n and GoFive may have responded. ${CHECK_BASE_URL}.`,
		),
	unexpectedFormat: errorText(
		'GoFive returned a response in an unknown format',
		'GoFive may have changed its API. Please open an issue for this node.',
	),
	pollEnded: (advice: string) => unavailable('n8n ended the poll before all records could be read', advice),
	truncatedResponse: unavailable('The response from GoFive was cut off', TRY_LATER),
	timeout: (seconds: number) =>
		unavailable(
			`GoFive did not respond within ${seconds} second${seconds === 1 ? '' : 's'}`,
			"Run the workflow again later, select a shorter date range, or increase 'Timeout' in the options of this node.",
		),
	hostNotFound: unavailable(
		"The host name in 'Base URL' could not be resolved",
		`${CHECK_BASE_URL}, and the internet access of n8n.`,
	),
	noConnection: unavailable('n8n could not connect to GoFive', CHECK_NETWORK),
	tls: unavailable('The secure connection to GoFive could not be established', CHECK_NETWORK),
	connectionLost: unavailable('The connection to GoFive was lost', TRY_LATER),
	certificateInvalid: configurationInvalid(
		"The server's TLS certificate is not valid for 'Base URL'",
		`The secrets were not sent. ${CHECK_BASE_URL}, and the date and time of the server that runs n8n.`,
	),
	unknownConnectionError: (code: string) => unavailable(`The request to GoFive did not complete (${code})`, TRY_LATER),
	cancelled: errorText('The execution was cancelled', 'This item was not sent to GoFive.'),
	cancelledInProgress: errorText(
		'The execution was cancelled while this item was being processed',
		'The response from GoFive did not arrive in time.',
	),
	notConfirmed: errorText('GoFive returned "false" instead of a confirmation', 'Check the record in GoFive.'),
	/** Last sentence of an error about a write that GoFive has processed although a later step failed. */
	alreadyProcessed: 'GoFive processed the request anyway. Do not send this item again.',
	/** Description for a write that GoFive may have processed, in place of advice to run the workflow again. */
	mayBeProcessed: MAY_BE_PROCESSED,
	rowUnknown: errorText("GoFive's response does not show whether this item was processed", MAY_BE_PROCESSED),
};
