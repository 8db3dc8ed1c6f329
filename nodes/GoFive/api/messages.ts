import type { ErrorKind, ErrorText } from './errors';
import type { Effect } from './request';

/** Where users report responses that the node does not know. A test compares it with the homepage in package.json. */
export const ISSUES_URL = 'https://github.com/example/n8n-nodes-gofive/issues';
const CREDENTIAL = 'the GoFive credential';
const CHECK_BASE_URL = `Check 'Base URL' in ${CREDENTIAL}`;
const CHECK_NETWORK = `${CHECK_BASE_URL}, and check whether a firewall or proxy blocks the connection from n8n to GoFive.`;
const REPORT = `your n8n administrator to report this message at ${ISSUES_URL}.`;
/** Advice after a response that the node cannot read. It may come from another server. */
export const UNKNOWN_RESPONSE_ADVICE = `${CHECK_BASE_URL}. If the URL is correct, ask ${REPORT}`;
/** Advice after a record that the node cannot use. */
export const REPORT_ADVICE = `Ask ${REPORT}`;
/** Description for a write that GoFive may have processed, in place of advice to try again. */
export const MAY_BE_PROCESSED =
	'Your change may already be saved in Venio. Check the data in Venio, and send this item again only if the change is missing.';
/** Last sentence of an error about a write that GoFive has processed although a later step failed. */
export const ALREADY_PROCESSED = 'The change is saved in Venio. Do not send this item again.';
/** Advice after HTTP 404, by what the URL identifies. */
const NOT_FOUND_ADVICE = {
	record: `Check the code, number or ID in this node, and 'Base URL' in ${CREDENTIAL}.`,
	enteredPath: `Check 'Path', and 'Base URL' in ${CREDENTIAL}.`,
	operation: `${CHECK_BASE_URL}, and ask GoFive support whether your account supports this operation.`,
};
/** What GoFive did not find, by what the URL identifies. */
const NOT_FOUND_NAMES = { record: 'record', enteredPath: 'path', operation: 'operation' };
/** What a request is sent for. */
export type RequestPurpose = Effect | 'token';

const CORRECT_FIELD = "Correct the field that GoFive's message names. If the message names no field,";
/** Advice after GoFive rejected values, by what they were sent for. */
const REJECTION_ADVICE: Record<RequestPurpose, string> = {
	read: `${CORRECT_FIELD} check each field of this node.`,
	write: `Nothing should have changed in Venio for this item. ${CORRECT_FIELD} compare your values with a similar record in Venio.`,
	token: `${CORRECT_FIELD} check each field of ${CREDENTIAL}.`,
};
const TRY_LATER =
	'GoFive or the network may be temporarily unavailable. Try again in a few minutes. If this happens again, ask GoFive support.';

const textOf =
	(kind: ErrorKind) =>
	(message: string, description: string): ErrorText => ({ kind, message, description });
const credential = textOf('credential');
const configuration = textOf('configuration');
const forbidden = textOf('forbidden');
const unknownEndpoint = textOf('unknownEndpoint');
const quota = textOf('quota');
const rateLimit = textOf('rateLimit');
const unavailable = textOf('unavailable');
const refused = textOf('refused');
const notFound = textOf('notFound');
const rejected = textOf('rejected');
const unclear = textOf('unclear');
const cancelled = textOf('cancelled');

/** Texts about responses, connections and the credential. Texts about an input are in the file of its field. */
export const messages = {
	credentialNotSelected: credential(
		'The node had no credential when n8n requested this list',
		'Close this node and open it again. If no credential is selected, select one first.',
	),
	subscriptionKeyMissing: credential('The subscription key is missing', `Enter the subscription key in ${CREDENTIAL}.`),
	subscriptionKeyInvalid: credential(
		'GoFive rejected the subscription key',
		`Check 'Subscription Key' in ${CREDENTIAL}. Copy the key from GoFive again. If GoFive still rejects it, ask GoFive support whether the subscription is active.`,
	),
	tokenRejected: credential(
		'GoFive rejected the access token',
		`Paste a new token into 'Access Token' in ${CREDENTIAL}, or select 'Client Credentials' in 'Authentication', so that n8n requests and renews the tokens automatically.`,
	),
	tokenMissing: credential(
		'The access token is missing',
		`Enter the access token in ${CREDENTIAL}, or select 'Client Credentials' in 'Authentication'.`,
	),
	tokenOutdated: credential(
		'The credential changed during the execution',
		`Run the workflow again. If this message appears again, open ${CREDENTIAL} and save it.`,
	),
	newTokenRejected: credential(
		'GoFive rejected an access token that it had just issued',
		`Ask GoFive support whether 'Client ID' and 'Subscription Key' in ${CREDENTIAL} have permission for this operation.`,
	),
	clientCredentialsMissing: credential(
		'The client ID or the client secret is missing',
		`Enter the client ID and the client secret in ${CREDENTIAL}, or select 'Access Token' in 'Authentication'.`,
	),
	clientCredentialsRejected: credential(
		'GoFive rejected the client ID or the client secret',
		`Check 'Client ID' and 'Client Secret' in ${CREDENTIAL}. Both must be complete and belong together.`,
	),
	noTokenInResponse: unavailable(
		"GoFive's response did not contain an access token",
		`${CHECK_BASE_URL}. ${TRY_LATER}`,
	),
	invisibleCharacter: (displayName: string) =>
		credential(
			`'${displayName}' contains an invisible character`,
			`Copy the value again, without line breaks, and paste it into '${displayName}' in ${CREDENTIAL}.`,
		),
	// The value is not quoted, since it may be a secret that was pasted into the wrong field.
	baseUrlInvalid: configuration(
		'The base URL is not a valid URL',
		`Set 'Base URL' in ${CREDENTIAL} to https://api.gofive.co.th, or to the address that GoFive gave you.`,
	),
	baseUrlUnsafe: (origin: string) =>
		configuration(
			`The base URL ${origin} is not allowed`,
			`Set 'Base URL' in ${CREDENTIAL} to an address that begins with https:// and contains no user name, password, '?' or '#'. http:// is allowed for localhost only.`,
		),
	otherNode: configuration(
		'The GoFive credential can be used in the GoFive nodes only',
		"For other endpoints of GoFive, use the resource 'Any Endpoint' of the GoFive node. To allow the HTTP Request node, set 'Allowed HTTP Request Domains' of the credential to 'Base URL Only'.",
	),
	otherOrigin: (origin: string) =>
		configuration(
			`The GoFive credential was not sent to ${origin}`,
			"The credential is sent only to the address in its 'Base URL'. Use a URL that begins with that address.",
		),
	quota: (serverMessage: string) =>
		quota(
			'The call quota of your GoFive subscription is used up',
			`${serverMessage}Run the workflow again later, or ask GoFive support for a larger quota.`,
		),
	rateLimit: (retryAfterMs?: number): ErrorText => ({
		...rateLimit(
			'GoFive keeps rejecting the request because of its rate limit',
			"Try again in a few minutes. If this happens again, run the workflows that use the same subscription key at different times, or decrease 'Max Parallel Requests' in 'Options', if the form has this option.",
		),
		retryAfterMs,
	}),
	businessError: (code: string, description: string, validationErrors: string, purpose: RequestPurpose) =>
		refused(
			`GoFive rejected the request${description ? `: ${description}` : ''}${code ? ` (code ${code})` : ''}`,
			validationErrors + REJECTION_ADVICE[purpose],
		),
	forbidden: (serverMessage: string) =>
		forbidden(
			'GoFive does not allow this request',
			`${serverMessage}Ask GoFive support whether 'Client ID' (or 'Access Token') and 'Subscription Key' in ${CREDENTIAL} have permission for this operation.`,
		),
	// An endpoint that does not exist is no fault of the request: no other one to it can succeed.
	notFound: (urlTarget: keyof typeof NOT_FOUND_ADVICE, serverMessage: string) =>
		(urlTarget === 'operation' ? unknownEndpoint : notFound)(
			`GoFive could not find the requested ${NOT_FOUND_NAMES[urlTarget]} (HTTP 404)`,
			serverMessage + NOT_FOUND_ADVICE[urlTarget],
		),
	tokenEndpointNotFound: configuration(
		'n8n could not get an access token from the base URL (HTTP 404)',
		`${CHECK_BASE_URL}.`,
	),
	rejected: (status: number, serverMessage: string, purpose: RequestPurpose) =>
		rejected(`GoFive rejected the request (HTTP ${status})`, serverMessage + REJECTION_ADVICE[purpose]),
	serverError: (status: number, serverMessage: string) =>
		unavailable(`GoFive could not handle the request (HTTP ${status})`, serverMessage + TRY_LATER),
	serviceDown: (failures: number, lastMessage: string) =>
		unavailable(
			'GoFive is not available',
			`Requests failed ${failures} times in a row, the last time with this message: ${lastMessage}. The execution therefore sent no other requests. ${TRY_LATER}`,
		),
	proxyAuthRequired: configuration(
		'The proxy between n8n and GoFive requires authentication (HTTP 407)',
		"Ask your n8n administrator to add the proxy's user name and password to the proxy settings.",
	),
	redirect: (host: string) =>
		configuration(
			`GoFive redirected the request to ${host || 'another address'}`,
			`${CHECK_BASE_URL}. The node did not follow the redirect, because following it could send the credential to another server.`,
		),
	notJson: (kind: string) =>
		unavailable(
			`GoFive returned ${kind} instead of data`,
			`A proxy or a sign-in page may have responded instead of GoFive. ${CHECK_BASE_URL}.`,
		),
	unexpectedFormat: unclear(
		'GoFive returned a response in an unknown format',
		`GoFive may have changed its API. ${UNKNOWN_RESPONSE_ADVICE}`,
	),
	pollEnded: (advice: string) => unavailable('The time for a poll was too short to read all records', advice),
	truncatedResponse: unavailable('The response from GoFive was cut off', TRY_LATER),
	timeout: (seconds: number) =>
		unavailable(
			`GoFive did not respond within ${seconds} second${seconds === 1 ? '' : 's'}`,
			"Try again in a few minutes. If this happens again, request less data, or increase 'Timeout' in 'Options', if the form has this option. If no request succeeds, check whether a firewall or proxy blocks the connection from n8n to GoFive.",
		),
	hostNotFound: unavailable(
		"n8n could not find the address in 'Base URL'",
		`Check the spelling of 'Base URL' in ${CREDENTIAL}, and the internet connection of n8n.`,
	),
	noConnection: unavailable('n8n could not connect to GoFive', CHECK_NETWORK),
	tls: unavailable('The secure connection to GoFive could not be established', CHECK_NETWORK),
	connectionLost: unavailable('The connection to GoFive was lost', TRY_LATER),
	certificateInvalid: configuration(
		"The security certificate (TLS) of the server is not valid for 'Base URL'",
		`The credential was not sent. ${CHECK_BASE_URL}. If the URL is correct, ask your n8n administrator to check the certificate and the clock of the n8n server.`,
	),
	unknownConnectionError: (code: string) => unavailable(`The request to GoFive did not complete (${code})`, TRY_LATER),
	cancelledWrite: cancelled(
		'The execution was cancelled',
		'Nothing was sent for this item. To process the item, run the workflow again.',
	),
	// Pages of the same list may have been read before.
	cancelledRead: cancelled(
		'The execution was cancelled',
		'This item was not completed. To process the item, run the workflow again.',
	),
	cancelledInProgress: cancelled(
		'The execution was cancelled while this item was being processed',
		'The execution ended before GoFive responded. To get the data, run the workflow again.',
	),
	notConfirmed: unclear('GoFive did not confirm the change', MAY_BE_PROCESSED),
	rowUnknown: unclear("GoFive's response does not show whether this item was processed", MAY_BE_PROCESSED),
};
