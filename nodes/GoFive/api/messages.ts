import type { Cause, Message } from './failure';

const CREDENTIAL = "the credential 'GoFive API'";
const CHECK_BASE_URL = `Check 'Base URL' in ${CREDENTIAL}`;
const CHECK_WAY = `${CHECK_BASE_URL}, and whether a firewall or proxy stands between n8n and GoFive.`;
const TRY_LATER = 'GoFive or the network in between has trouble. Run the workflow again in a few minutes.';

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
		`Paste a fresh token into 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there: then tokens are fetched and renewed by themselves.`,
	),
	tokenMissing: invalid(
		'GoFive needs an access token',
		`Fill in 'Access Token' in ${CREDENTIAL}, or choose 'Client Credentials' there.`,
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
			`Set 'Base URL' in ${CREDENTIAL} to an address that begins with https:// and has no sign-in, '?' or '#' in it. Plain http works for this machine only (localhost).`,
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
				? `GoFive fills it up again in ${returns} (hours:minutes:seconds). Run the workflow after that, or ask GoFive for a larger quota.`
				: 'Run the workflow later, or ask GoFive for a larger quota.',
			{ cause: 'quota-exhausted', resetsAtEpochMs },
		),
	rateLimit: (retryAfterMs?: number) =>
		say(
			'GoFive keeps refusing the request because of its rate limit',
			'Other workflows may use the same subscription key: let them run at other times, or ask GoFive for a higher limit.',
			{ cause: 'rate-limited', retryAfterMs },
		),
	business: (code: string, description: string) =>
		say(
			`GoFive answered${description ? `: ${description}` : ''} (${code ? `code ${code}` : 'without a code'})`,
			'Check the values that this item sends. Code 4001 stands for one thing that GoFive does not accept, 4002 for several.',
		),
	forbidden: (said: string) =>
		configuration(
			'GoFive does not permit this request',
			`${said}Ask GoFive whether the subscription and the client in ${CREDENTIAL} may use this part of the API.`,
		),
	notFound: (said: string) =>
		say(
			'GoFive does not know what was asked for (HTTP 404)',
			`${said}Check the code or ID that this item sends. ${CHECK_BASE_URL} too.`,
		),
	signInNotFound: configuration('GoFive has no sign-in at this address (HTTP 404)', `${CHECK_BASE_URL}.`),
	rejected: (status: number, said: string) =>
		say(`GoFive did not accept the request (HTTP ${status})`, `${said}Check the values that this item sends.`),
	serverTrouble: (status: number, tries: number, said: string) =>
		away(
			`GoFive could not handle the request (HTTP ${status}${tries > 1 ? `, tried ${tries} times` : ''})`,
			said + TRY_LATER,
		),
	proxySignIn: configuration(
		'The proxy between n8n and GoFive wants a sign-in (HTTP 407)',
		'Ask whoever runs this n8n to put user name and password of the proxy into its proxy settings.',
	),
	redirect: (to: string) =>
		configuration(
			`GoFive sent the request on to ${to || 'another address'}, which is not followed`,
			`Following it could give the secrets to somebody else. ${CHECK_BASE_URL}.`,
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
	cutAnswer: away("GoFive's answer broke off before its end", TRY_LATER),
	timeOut: (seconds: number) =>
		away(
			`GoFive did not answer within ${seconds} second${seconds === 1 ? '' : 's'}`,
			"Run the workflow again later, ask for a shorter date range, or raise 'Timeout' in the options of this node.",
		),
	hostNotFound: away(
		'The address of GoFive was not found',
		`${CHECK_BASE_URL}, and whether this n8n can reach the internet.`,
	),
	refused: away('No connection to GoFive came about', CHECK_WAY),
	tls: away('The secure connection to GoFive did not hold', CHECK_WAY),
	cutConnection: away('The connection to GoFive broke off', TRY_LATER),
	certificate: configuration(
		"The security certificate of the server is not valid for 'Base URL'",
		`The secrets were not sent. ${CHECK_BASE_URL}, and the date of this machine.`,
	),
	unknown: (code: string) => away(`The request to GoFive did not come to an end (${code})`, TRY_LATER),
	outOfTime: away(
		'n8n gave the poll too little time to read all customers',
		"Watch fewer customers in one trigger, or raise 'Max Parallel Requests'.",
	),
	notInPath: (value: string) =>
		say(`'${value}' cannot be part of an address`, 'Give the code or ID as GoFive shows it.'),
	cancelled: say('The execution was stopped', 'This item was not sent to GoFive.'),
	cancelledUnderWay: say('The execution was stopped while this item was under way', 'Its answer is not known.'),
	notConfirmed: say('GoFive answered "false" instead of a confirmation', 'Look in GoFive what became of it.'),
	/** What to do about a write that GoFive may have carried out. */
	mayBeDone:
		'GoFive may have carried it out all the same. Look there first, and send this item again only if it is missing.',
};
