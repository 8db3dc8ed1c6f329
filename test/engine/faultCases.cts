import type { FaultResponse } from '../../sandbox/index.mts';

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

const businessErrorBody = (code: unknown) => ({ status: { code, description: 'ไม่ผ่าน' }, data: null });

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
	['400', { status: 400 }, /^GoFive rejected the request: Bad request \(code 4001\)/],
	[
		'403: quota',
		{ kind: 'quota' },
		/^The call quota .* is used up\. (?:GoFive's message: ".*02:12:45"\. |Your change )/,
	],
	[
		'403',
		{ status: 403, body: { message: 'Forbidden' } },
		/^GoFive does not allow this request\. GoFive's message: "Forbidden"\. /,
	],
	['404', { status: 404 }, /^GoFive could not find the requested \w+ \(HTTP 404\)/],
	['407', { status: 407 }, /^The proxy between n8n and GoFive requires authentication \(HTTP 407\)/],
	['408', { status: 408 }, /^GoFive rejected the request \(HTTP 408\)/, MAY_HAVE_BEEN_DONE],
	['409', { status: 409, body: { message: 'Conflict' } }, /^GoFive rejected the request \(HTTP 409\)/],
	['422', { status: 422, body: businessErrorBody('4002') }, /^GoFive rejected the request: ไม่ผ่าน \(code 4002\)/],
	[
		'200 with a business code',
		{ status: 200, body: businessErrorBody('4001') },
		/^GoFive rejected the request: ไม่ผ่าน \(code 4001\)/,
	],
	[
		'redirect to another host',
		{ kind: 'redirect' },
		/^GoFive redirected the request to elsewhere\.invalid/,
		MAY_HAVE_BEEN_DONE,
	],
);

const KEY_FAULTS = buildFaultCases(
	['401: no key', { kind: 'unauthorized', because: 'missingKey' }, /^The subscription key is missing/, STOPS_REQUESTS],
	[
		'401: wrong key',
		{ kind: 'unauthorized', because: 'invalidKey' },
		/^GoFive rejected the subscription key/,
		STOPS_REQUESTS,
	],
);

const TOKEN_FAULTS = buildSimilarFaultCases(
	/^GoFive rejected an access token that it had just issued/,
	{ ...RETRIED, isTokenRefused: true },
	['401: token', { kind: 'unauthorized', because: 'token' }],
	['401 as a page', { kind: 'html', status: 401 }],
	['401 without a body', { kind: 'empty', status: 401 }],
);

const RATE_LIMIT_FAULTS = buildSimilarFaultCases(
	/^GoFive keeps rejecting the request because of its rate limit/,
	{ ...RETRIED, isRateLimit: true },
	['429', { kind: 'rateLimited', seconds: 100 }],
	['429 with a date', { kind: 'rateLimited', seconds: 100, retryAfter: 'date' }],
	['429 without Retry-After', { kind: 'rateLimited', retryAfter: 'none' }],
);

const createServerFault = (status: number, retriesReads: boolean, extra: object = {}): FaultCase => ({
	name: `${status}${'acts' in extra ? ', processed' : ''}`,
	answer: { status, ...extra },
	messagePattern: new RegExp(`^GoFive could not handle the request \\(HTTP ${status}`),
	...MAY_HAVE_BEEN_DONE,
	retriesReads,
});
const SERVER_FAULTS: FaultCase[] = [
	createServerFault(500, false),
	createServerFault(500, false, { acts: true }),
	createServerFault(502, true),
	createServerFault(503, true),
	{ ...createServerFault(503, true, { headers: { 'retry-after': '3600' } }), name: '503 with Retry-After' },
	{ ...createServerFault(502, true), answer: { kind: 'html', status: 502 }, name: '502 as a web page' },
	createServerFault(504, true),
	createServerFault(504, true, { acts: true }),
];

const createCorruptAnswer = (encoding: string, hex: string): FaultAnswer => ({
	status: 200,
	body: Buffer.from(hex, 'hex'),
	headers: { 'content-encoding': encoding },
});
const CUT_OFF_MESSAGE = /^(?:The connection to GoFive was lost|The response from GoFive was cut off)/;
const CONNECTION_FAULTS: FaultCase[] = [
	...buildSimilarFaultCases(
		CUT_OFF_MESSAGE,
		{ retriesReads: true, ...MAY_HAVE_BEEN_DONE, isConnectionBroken: true },
		['reset before the response', { kind: 'resetBefore' }],
		['reset after the request was processed', { kind: 'resetAfter' }],
		['cut body', { kind: 'cutBody' }],
		['cut gzip', { kind: 'cutGzip' }],
		['damaged gzip', createCorruptAnswer('gzip', '1f8b0800000000000003ffffffffffffffff')],
		['damaged brotli', createCorruptAnswer('br', 'ffffffffffffffffffff')],
	),
	...buildSimilarFaultCases(CUT_OFF_MESSAGE, { retriesReads: true, ...MAY_HAVE_BEEN_DONE }, [
		'cut JSON',
		{ status: 200, body: '{"status":{"code":"1000"},"da' },
	]),
];

const CONTENT_FAULTS = buildSimilarFaultCases(
	/^GoFive returned (?:a web page|plain text|an empty response) instead of JSON/,
	MAY_HAVE_BEEN_DONE,
	['a web page', { kind: 'html' }],
	['plain text', { kind: 'text' }],
	['an empty body', { kind: 'empty' }],
	['gzip that ends after its header', createCorruptAnswer('gzip', '1f8b0800000000000003')],
);

const DEEP_JSON = `${'{"error":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
const DEEP_FAULTS: FaultCase[] = [
	{
		...createServerFault(500, false, { body: DEEP_JSON }),
		name: '500 with a body that is nested 20,000 levels deep',
	},
	...buildSimilarFaultCases(
		/^GoFive (?:rejected the request(?! [(:])|returned a response in an unknown format)/,
		MAY_HAVE_BEEN_DONE,
		['a body that is nested 20,000 levels deep', { status: 200, body: DEEP_JSON }],
	),
];

/** Requests without a response. Tests do not wait for the timeout of 60 seconds: see `hangingRequests.cts`. */
export const HANGING_FAULTS = buildSimilarFaultCases(
	/^GoFive did not respond within 60 seconds(?: for .*)?\. /,
	MAY_HAVE_BEEN_DONE,
	['hang', { kind: 'hang' }],
	['hang after the request was processed', { kind: 'hang', acts: true }],
);

/** A response that arrives too slowly. Its limit is ten times the 60 seconds that a connection may be silent. */
export const SLOW_DRIP_FAULT: FaultCase = {
	name: 'slow drip',
	answer: { kind: 'drip', everyMs: 20, blanks: 100_000 },
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
