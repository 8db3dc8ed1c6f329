import type { Cause, Message } from './failure';

const CREDENTIAL = "the credential 'GoFive API'";
const CHECK_BASE_URL = `Check 'Base URL' in ${CREDENTIAL}`;
const CHECK_WAY = `${CHECK_BASE_URL}, and whether a firewall or proxy blocks the way from n8n to GoFive.`;
const TRY_LATER = 'GoFive or the network is not working well at the moment. Run the workflow again in a few minutes.';

const say = (message: string, description: string, cause?: Cause): Message => ({ message, description, cause });
const because =
	(cause: 'credential-invalid' | 'configuration-invalid' | 'temporarily-unavailable') =>
	(message: string, description: string): Message =>
		say(message, description, { cause });
const invalid = because('credential-invalid');
const configuration = because('configuration-invalid');
const away = because('temporarily-unavailable');

/** What happened -> what a person reads and does next. The one place for texts about GoFive's answers. */
export const messages = {
	subscriptionKeyMissing: invalid(
		'GoFive received no subscription key',
		`Fill in 'Subscription Key' in ${CREDENTIAL}.`,
	),
	subscriptionKeyWrong: invalid(
		'GoFive does not accept the subscription key',
		`Check 'Subscription Key' in ${CREDENTIAL}: copy it again from GoFive, and make sure that the subscription is active.`,
	),
	tokenNotAccepted: invalid(
		'GoFive does not accept the access token',
		`Paste a fresh token into 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there: then n8n fetches and renews tokens automatically.`,
	),
	tokenMissing: invalid(
		'GoFive needs an access token',
		`Fill in 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there.`,
	),
	tokenOutdated: invalid(
		'The stored access token was fetched with other values of the credential',
		`Run the workflow again. If it happens again, open ${CREDENTIAL} and save it.`,
	),
	freshTokenNotAccepted: invalid(
		'GoFive does not accept the access token that it has just issued',
		`Ask GoFive whether the client ID in ${CREDENTIAL} may use this part of the API.`,
	),
	clientMissing: invalid(
		'GoFive needs a client ID and a client secret',
		`Fill in 'Client ID' and 'Client Secret' in ${CREDENTIAL}, or choose 'Access Token' there.`,
	),
	clientNotAccepted: invalid(
		'GoFive does not accept the client ID or the client secret',
		`Check 'Client ID' and 'Client Secret' in ${CREDENTIAL}: both must be complete and belong together.`,
	),
	noTokenInAnswer: away('GoFive answered the request for a token without a token', `${CHECK_BASE_URL}. ${TRY_LATER}`),
	baseUrlUnreadable: (text: string) =>
		configuration(
			`The base URL '${text}' is not a web address`,
			`Set 'Base URL' in ${CREDENTIAL} to https://api.gofive.co.th.`,
		),
	baseUrlUnsafe: (origin: string) =>
		configuration(
			`The base URL ${origin} is not safe for secrets`,
			`Set 'Base URL' in ${CREDENTIAL} to an address that begins with https:// and has no user name, '?' or '#' in it. Plain http works for this machine only (localhost).`,
		),
	otherOrigin: (origin: string) =>
		configuration(
			`The credential 'GoFive API' is not sent to ${origin}`,
			"It goes only to the address in its 'Base URL'. Use a URL that begins with that address.",
		),
	quota: ({ returns, resetsAtEpochMs }: { returns?: string; resetsAtEpochMs?: number } = {}) =>
		say(
			'The call quota of your GoFive subscription is used up',
			returns
				? `It is refilled in ${returns} (hours:minutes:seconds). Run the workflow after that, or ask GoFive for a larger quota.`
				: 'Run the workflow later, or ask GoFive for a larger quota.',
			{ cause: 'quota-exhausted', resetsAtEpochMs },
		),
	rateLimit: (retryAfterMs?: number) =>
		say(
			'GoFive keeps refusing the request because of its rate limit',
			'Other workflows may use the same subscription key: let them run at other times, or ask GoFive for a higher limit.',
			{ cause: 'rate-limited', retryAfterMs },
		),
	business: (code: string, description: string, complaints: string) =>
		say(
			`GoFive answered${description ? `: ${description}` : ''} (${code ? `code ${code}` : 'without a code'})`,
			`${complaints}Check the values that were sent. Code 4001 stands for one value that GoFive does not accept, 4002 for several.`,
		),
	forbidden: (said: string) =>
		configuration(
			'GoFive does not permit this request',
			`${said}Ask GoFive whether the subscription and the client in ${CREDENTIAL} may use this part of the API.`,
		),
	notFound: (said: string) =>
		say(
			'GoFive could not find what was asked for (HTTP 404)',
			`${said}Check the code or ID that was sent, and 'Base URL' in ${CREDENTIAL}.`,
		),
	signInNotFound: configuration('GoFive has no sign-in at this address (HTTP 404)', `${CHECK_BASE_URL}.`),
	rejected: (status: number, said: string) =>
		say(`GoFive did not accept the request (HTTP ${status})`, `${said}Check the values that were sent.`),
	serverTrouble: (status: number, tries: number, said: string) =>
		away(
			`GoFive could not handle the request (HTTP ${status}${tries > 1 ? `, tried ${tries} times` : ''})`,
			said + TRY_LATER,
		),
	proxySignIn: configuration(
		'The proxy between n8n and GoFive requires a sign-in (HTTP 407)',
		"Ask whoever runs this n8n to add the proxy's user name and password to its proxy settings.",
	),
	redirect: (to: string) =>
		configuration(
			`GoFive redirected the request to ${to || 'another address'}, and redirects are not followed`,
			`Following it could hand the credential to somebody else. ${CHECK_BASE_URL}.`,
		),
	notJson: (kind: string) =>
		away(
			`The answer is ${kind} instead of data`,
			`Something between n8n and GoFive may have answered, such as a proxy or a sign-in page. ${CHECK_BASE_URL}.`,
		),
	unexpectedForm: say(
		"GoFive's answer does not have the form that its documentation describes",
		'Report it to the makers of this node: GoFive may have changed its API.',
	),
	cutAnswer: away("GoFive's answer was cut off before its end", TRY_LATER),
	timeOut: (seconds: number) =>
		away(
			`GoFive did not answer within ${seconds} second${seconds === 1 ? '' : 's'}`,
			"Run the workflow again later, ask for a shorter date range, or raise 'Timeout' in the options of this node.",
		),
	hostNotFound: away('The address of GoFive was not found', `${CHECK_BASE_URL}, and the internet access of n8n.`),
	noConnection: away('n8n could not connect to GoFive', CHECK_WAY),
	tls: away('The secure connection to GoFive did not work', CHECK_WAY),
	cutConnection: away('The connection to GoFive was cut off', TRY_LATER),
	certificate: configuration(
		"The security certificate of the server is not valid for 'Base URL'",
		`The secrets were not sent. ${CHECK_BASE_URL}, and the date and time on the machine that runs n8n.`,
	),
	unknown: (code: string) => away(`The request to GoFive did not finish (${code})`, TRY_LATER),
	cancelled: say('The execution was stopped', 'This item was not sent to GoFive.'),
	cancelledUnderWay: say(
		'The execution was stopped while this item was under way',
		"GoFive's answer did not arrive in time.",
	),
	notConfirmed: say('GoFive answered "false" instead of a confirmation', 'Check in GoFive what happened.'),
	/** Ends the message about a write that GoFive has carried out, although something else went wrong. */
	wasDone: 'GoFive has carried it out all the same, so do not send this item again.',
	/** What to do about a write that GoFive may have carried out, in place of what is said above: nobody is to run it again at once. */
	mayBeDone:
		'GoFive may have carried it out all the same. Check in GoFive first, and send this item again only if the change is not there.',
};
