import type { FaultResponse } from '../../sandbox/index.mts';
import { EMPTY_GZIP, HANGING_RESPONSES, LOST_CONNECTIONS, RESPONSES } from '../support/responses.cts';

/** A response without usable data, and how the node has to treat it. */
export interface FaultCase {
	name: string;
	answer: FaultResponse;
	/** Whether a read is sent again. */
	retriesReads?: boolean;
	/** Whether a write is sent again: only where GoFive cannot have processed it. */
	retriesWrites?: boolean;
	/** Whether GoFive may have processed a write, so that the message has to say so. */
	mayHaveBeenDone?: boolean;
	/** Whether the rate limit is the cause: it is retried more often than any other fault. */
	isRateLimit?: boolean;
	/** Whether the subscription key is the cause, so that the run sends no further request. */
	stopsAllRequests?: boolean;
	/** Whether the token is the cause: the node fetches a token once and continues with the other items. */
	isTokenRefused?: boolean;
	/** Whether no complete response arrives, so that n8n's credential test shows n8n's message. */
	isConnectionBroken?: boolean;
	/** Beginning of the message. */
	messagePattern: RegExp;
}

type FaultAnswer = FaultCase['answer'];
type FaultBehaviour = Omit<FaultCase, 'name' | 'answer' | 'messagePattern'>;

/** Builds cases that each have their own message. */
const buildFaultCases = (
	...rows: Array<[name: string, answer: FaultAnswer, messagePattern: RegExp, behaviour?: FaultBehaviour]>
): FaultCase[] =>
	rows.map(([name, answer, messagePattern, behaviour]) => ({ name, answer, messagePattern, ...behaviour }));

/** Builds cases that share the message and the behaviour. */
const buildSimilarFaultCases = (
	messagePattern: RegExp,
	behaviour: FaultBehaviour,
	...answers: Array<[name: string, answer: FaultAnswer]>
): FaultCase[] => answers.map(([name, answer]) => ({ name, answer, messagePattern, ...behaviour }));

const RETRIED = { retriesReads: true, retriesWrites: true };
const MAY_HAVE_BEEN_DONE = { mayHaveBeenDone: true };
const STOPS_REQUESTS = { stopsAllRequests: true };

const REJECTION_FAULTS = buildFaultCases(
	['400', RESPONSES.badRequest, /^GoFive rejected the request: Bad request \(code 4001\)/],
	[
		'403: quota',
		RESPONSES.quotaExhausted,
		/^The call quota .* is used up\. (?:GoFive's message: ".*02:12:45"\. |Your change )/,
	],
	['403', RESPONSES.forbidden, /^GoFive does not allow this request\. GoFive's message: "Forbidden"\. /],
	['404', RESPONSES.notFound, /^GoFive could not find the requested \w+ \(HTTP 404\)/],
	['407', RESPONSES.proxyAuthRequired, /^The proxy between n8n and GoFive requires authentication \(HTTP 407\)/],
	['408', RESPONSES.requestTimeout, /^GoFive rejected the request \(HTTP 408\)/, MAY_HAVE_BEEN_DONE],
	['409', RESPONSES.conflict, /^GoFive rejected the request \(HTTP 409\)/],
	['422', RESPONSES.unprocessable, /^GoFive rejected the request: ไม่ผ่าน \(code 4002\)/],
	['200 with a business code', RESPONSES.businessError, /^GoFive rejected the request: ไม่ผ่าน \(code 4001\)/],
	[
		'redirect to another host',
		RESPONSES.redirect,
		/^GoFive redirected the request to elsewhere\.invalid/,
		MAY_HAVE_BEEN_DONE,
	],
);

const KEY_FAULTS = buildFaultCases(
	['401: no key', RESPONSES.keyMissing, /^The subscription key is missing/, STOPS_REQUESTS],
	['401: wrong key', RESPONSES.keyInvalid, /^GoFive rejected the subscription key/, STOPS_REQUESTS],
);

const TOKEN_FAULTS = buildSimilarFaultCases(
	/^GoFive rejected an access token that it had just issued/,
	{ ...RETRIED, isTokenRefused: true },
	['401: token', RESPONSES.tokenRejected],
	['401 as a page', RESPONSES.tokenRejectedByWebPage],
	['401 without a body', RESPONSES.tokenRejectedWithoutBody],
);

const RATE_LIMIT_FAULTS = buildSimilarFaultCases(
	/^GoFive keeps rejecting the request because of its rate limit/,
	{ ...RETRIED, isRateLimit: true },
	['429', RESPONSES.rateLimited],
	['429 with a date', { kind: 'rateLimited', seconds: 100, retryAfter: 'date' }],
	['429 without Retry-After', RESPONSES.rateLimitedWithoutTime],
);

const createServerFault = (
	name: string,
	answer: FaultAnswer & { status: number },
	retriesReads: boolean,
): FaultCase => ({
	name,
	answer,
	messagePattern: new RegExp(`^GoFive could not handle the request \\(HTTP ${answer.status}`),
	...MAY_HAVE_BEEN_DONE,
	retriesReads,
});
const SERVER_FAULTS: FaultCase[] = [
	createServerFault('500', RESPONSES.serverError, false),
	createServerFault('500, processed', { ...RESPONSES.serverError, acts: true }, false),
	createServerFault('502', RESPONSES.badGateway, true),
	createServerFault('503', RESPONSES.unavailable, true),
	createServerFault('503 with Retry-After', RESPONSES.unavailableForAnHour, true),
	createServerFault('502 as a web page', RESPONSES.badGatewayWebPage, true),
	createServerFault('504', RESPONSES.gatewayTimeout, true),
	createServerFault('504, processed', { ...RESPONSES.gatewayTimeout, acts: true }, true),
	createServerFault('500 with a body that is nested 20,000 levels deep', RESPONSES.deepServerError, false),
];

const CUT_OFF_MESSAGE = /^(?:The connection to GoFive was lost|The response from GoFive was cut off)/;
const CONNECTION_FAULTS: FaultCase[] = [
	...buildSimilarFaultCases(
		CUT_OFF_MESSAGE,
		{ retriesReads: true, ...MAY_HAVE_BEEN_DONE, isConnectionBroken: true },
		...Object.entries(LOST_CONNECTIONS),
	),
	...buildSimilarFaultCases(CUT_OFF_MESSAGE, { retriesReads: true, ...MAY_HAVE_BEEN_DONE }, [
		'cut JSON',
		RESPONSES.cutJson,
	]),
];

const CONTENT_FAULTS = buildSimilarFaultCases(
	/^GoFive returned (?:a web page|plain text|an empty response) instead of JSON/,
	MAY_HAVE_BEEN_DONE,
	['a web page', RESPONSES.webPage],
	['plain text', RESPONSES.plainText],
	['an empty body', { kind: 'empty' }],
	['gzip that ends after its header', EMPTY_GZIP],
);

const DEEP_FAULTS = buildSimilarFaultCases(
	/^GoFive (?:rejected the request(?! [(:])|returned a response in an unknown format)/,
	MAY_HAVE_BEEN_DONE,
	['a body that is nested 20,000 levels deep', RESPONSES.deepJson],
);

/** Requests without a response. Tests do not wait for the timeout of 60 seconds: see `hangingRequests.cts`. */
export const HANGING_FAULTS = buildSimilarFaultCases(
	/^GoFive did not respond within 60 seconds(?: for .*)?\. /,
	MAY_HAVE_BEEN_DONE,
	['hang', HANGING_RESPONSES.hang],
	['hang after the request was processed', HANGING_RESPONSES.hangAfterProcessing],
);

/** A response that arrives too slowly. Its limit is ten times the 60 seconds that a connection may be silent. */
export const SLOW_DRIP_FAULT: FaultCase = {
	name: 'slow drip',
	answer: HANGING_RESPONSES.drip,
	messagePattern: /^GoFive did not respond within 600 seconds/,
	mayHaveBeenDone: true,
};

/** Faults that end as a message unless the request is sent again. */
export const FAULT_CASES: FaultCase[] = [
	...REJECTION_FAULTS,
	...KEY_FAULTS,
	...TOKEN_FAULTS,
	...RATE_LIMIT_FAULTS,
	...SERVER_FAULTS,
	...CONNECTION_FAULTS,
	...CONTENT_FAULTS,
	...DEEP_FAULTS,
];

/** Unusual responses that are data. */
export const UNUSUAL_ANSWERS: Array<{ name: string; answer: FaultResponse }> = [
	{ name: 'numeric code', answer: { kind: 'numericCode' } },
	{ name: 'gzip', answer: { kind: 'gzip' } },
	{ name: 'late', answer: { kind: 'late', ms: 30 } },
];
