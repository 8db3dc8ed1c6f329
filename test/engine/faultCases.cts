import type { FaultResponse } from '../../sandbox/index.mts';

/** One way in which GoFive, or what stands between, can fail to give data. */
export interface FaultCase {
	name: string;
	answer: FaultResponse;
	/** Whether a GET that meets it is sent again. */
	retriesReads?: boolean;
	/** Whether a write that meets it is sent again: only where GoFive cannot have acted on it. */
	retriesWrites?: boolean;
	/** Whether a write that met it may have been carried out, so that its message has to say so. */
	mayHaveBeenDone?: boolean;
	/** Whether it is the rate limit, which may refuse more often than anything else. */
	isRateLimit?: boolean;
	/** Whether the key is at fault, so that no request of the run needs to be tried any more. */
	stopsAllRequests?: boolean;
	/** Whether the token is at fault: it is fetched anew once, and with that one the others are still tried. */
	isTokenRefused?: boolean;
	/** The beginning of the message. */
	messagePattern: RegExp;
}

const businessErrorBody = (code: unknown) => ({ status: { code, description: 'ไม่ผ่าน' }, data: null });
const gatewayBody = (message: string) => ({ message });

const REJECTION_FAULTS: FaultCase[] = [
	{ name: '400', answer: { status: 400 }, messagePattern: /^GoFive answered: Bad request \(code 4001\)/ },
	{
		name: '400 of the gateway',
		answer: { status: 400, body: gatewayBody('Bad') },
		messagePattern: /^GoFive did not accept the request \(HTTP 400\)(?:, for [\w ]+ '.*')?\. It said: "Bad"\. /,
	},
	{
		name: '403: quota',
		answer: { kind: 'quota' },
		messagePattern: /^The call quota .* is used up\. It is refilled in 02:12:45 /,
	},
	{
		name: '403: quota of weeks',
		answer: { status: 403, body: gatewayBody('Out of call volume quota. Quota will be replenished in 5.03:23:11.') },
		messagePattern: /^The call quota .* is used up\. It is refilled in 5 days and 03:23:11 /,
	},
	{
		name: '403',
		answer: { status: 403, body: gatewayBody('Forbidden') },
		messagePattern: /^GoFive does not permit this request\. It said: "Forbidden"\. /,
	},
	{ name: '404', answer: { status: 404 }, messagePattern: /^GoFive could not find what was asked for \(HTTP 404\)/ },
	{ name: '405', answer: { status: 405 }, messagePattern: /^GoFive did not accept the request \(HTTP 405\)/ },
	{
		name: '407',
		answer: { status: 407 },
		messagePattern: /^The proxy between n8n and GoFive requires a sign-in \(HTTP 407\)/,
	},
	{
		name: '408',
		answer: { status: 408 },
		messagePattern: /^GoFive did not accept the request \(HTTP 408\)/,
		mayHaveBeenDone: true,
	},
	{
		name: '409',
		answer: { status: 409, body: gatewayBody('Conflict') },
		messagePattern: /^GoFive did not accept the request \(HTTP 409\)/,
	},
	{ name: '413', answer: { status: 413 }, messagePattern: /^GoFive did not accept the request \(HTTP 413\)/ },
	{ name: '415', answer: { status: 415 }, messagePattern: /^GoFive did not accept the request \(HTTP 415\)/ },
	{
		name: '422',
		answer: { status: 422, body: businessErrorBody('4002') },
		messagePattern: /^GoFive answered: ไม่ผ่าน \(code 4002\)/,
	},
	{
		name: '200 with a business code',
		answer: { status: 200, body: businessErrorBody('4001') },
		messagePattern: /^GoFive answered: ไม่ผ่าน \(code 4001\)/,
	},
	{
		name: '200 with a business code as a number',
		answer: { status: 200, body: businessErrorBody(4002) },
		messagePattern: /^GoFive answered: ไม่ผ่าน \(code 4002\)/,
	},
	{
		name: 'redirect to another host',
		answer: { kind: 'redirect' },
		messagePattern: /^GoFive redirected the request to elsewhere\.invalid, and redirects are not followed/,
		mayHaveBeenDone: true,
	},
];

const AUTHENTICATION_FAULTS: FaultCase[] = [
	{
		name: '401: no key',
		answer: { kind: 'unauthorized', because: 'missingKey' },
		messagePattern: /^GoFive received no subscription key/,
		stopsAllRequests: true,
	},
	{
		name: '401: wrong key',
		answer: { kind: 'unauthorized', because: 'invalidKey' },
		messagePattern: /^GoFive does not accept the subscription key/,
		stopsAllRequests: true,
	},
	{
		name: '401: token',
		answer: { kind: 'unauthorized', because: 'token' },
		messagePattern: /^GoFive does not accept the access token that it has just issued/,
		isTokenRefused: true,
		retriesReads: true,
		retriesWrites: true,
	},
	{
		name: '401 as a page',
		answer: { kind: 'html', status: 401 },
		messagePattern: /^GoFive does not accept the access token that it has just issued/,
		isTokenRefused: true,
		retriesReads: true,
		retriesWrites: true,
	},
	{
		name: '401 without a body',
		answer: { kind: 'empty', status: 401 },
		messagePattern: /^GoFive does not accept the access token that it has just issued/,
		isTokenRefused: true,
		retriesReads: true,
		retriesWrites: true,
	},
];

const RATE_LIMIT_MESSAGE = /^GoFive keeps refusing the request because of its rate limit/;
const RATE_LIMIT_FAULTS: FaultCase[] = [
	{
		name: '429',
		answer: { kind: 'rateLimited', seconds: 100 },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
	{
		name: '429 with a date',
		answer: { kind: 'rateLimited', seconds: 100, retryAfter: 'date' },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
	{
		name: '429 without Retry-After',
		answer: { kind: 'rateLimited', retryAfter: 'none' },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
	{
		name: '429 with a date in the past',
		answer: { kind: 'rateLimited', seconds: -3600, retryAfter: 'date' },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
	{
		name: '429 with a Retry-After of 0',
		answer: { kind: 'rateLimited', seconds: 0 },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
	{
		name: '429 with a Retry-After that is none',
		answer: { status: 429, headers: { 'retry-after': 'soon' } },
		messagePattern: RATE_LIMIT_MESSAGE,
		retriesReads: true,
		retriesWrites: true,
		isRateLimit: true,
	},
];

const createServerFault = (status: number, retriesReads: boolean, extra: object = {}): FaultCase => ({
	name: `${status}${'acts' in extra ? ', carried out' : ''}`,
	answer: { status, ...extra },
	messagePattern: new RegExp(`^GoFive could not handle the request \\(HTTP ${status}`),
	mayHaveBeenDone: true,
	retriesReads,
});
const SERVER_FAULTS: FaultCase[] = [
	createServerFault(500, false),
	createServerFault(500, false, { acts: true }),
	createServerFault(501, false),
	createServerFault(502, true),
	createServerFault(503, true),
	{ ...createServerFault(503, true, { headers: { 'retry-after': '3600' } }), name: '503 with Retry-After' },
	{ ...createServerFault(502, true), answer: { kind: 'html', status: 502 }, name: '502 as a page' },
	createServerFault(504, true),
	createServerFault(504, true, { acts: true }),
];

const CUT_OFF_MESSAGE = /^(?:The connection to GoFive|GoFive's answer) was cut off/;
const createCorruptAnswer = (encoding: string, hex: string): FaultResponse => ({
	status: 200,
	body: Buffer.from(hex, 'hex'),
	headers: { 'content-encoding': encoding },
});
const CONNECTION_FAULTS: FaultCase[] = [
	{
		name: 'reset before the answer',
		answer: { kind: 'resetBefore' },
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'reset after it was carried out',
		answer: { kind: 'resetAfter' },
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'cut body',
		answer: { kind: 'cutBody' },
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'cut gzip',
		answer: { kind: 'cutGzip' },
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'damaged gzip',
		answer: createCorruptAnswer('gzip', '1f8b0800000000000003ffffffffffffffff'),
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'damaged brotli',
		answer: createCorruptAnswer('br', 'ffffffffffffffffffff'),
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
	{
		name: 'cut JSON',
		answer: { status: 200, body: '{"status":{"code":"1000"},"da' },
		messagePattern: CUT_OFF_MESSAGE,
		retriesReads: true,
		mayHaveBeenDone: true,
	},
];

const NO_DATA_MESSAGE = /^The answer is (?:a web page|plain text|empty) instead of data/;
const CONTENT_FAULTS: FaultCase[] = [
	{ name: 'a page', answer: { kind: 'html' }, messagePattern: NO_DATA_MESSAGE, mayHaveBeenDone: true },
	{ name: 'a text', answer: { kind: 'text' }, messagePattern: NO_DATA_MESSAGE, mayHaveBeenDone: true },
	{
		name: 'a text in brackets, which is no cut JSON',
		answer: { status: 200, body: '[proxy] denied' },
		messagePattern: NO_DATA_MESSAGE,
		mayHaveBeenDone: true,
	},
	{ name: 'an empty body', answer: { kind: 'empty' }, messagePattern: NO_DATA_MESSAGE, mayHaveBeenDone: true },
];

/** Answers that never come. Tests do not wait for the end of the sixty seconds: see `hangingRequests.cts`. */
export const HANGING_FAULTS: FaultCase[] = [
	{
		name: 'hang',
		answer: { kind: 'hang' },
		messagePattern: /^GoFive did not answer within 60 seconds(?:, for .*)?\. /,
		mayHaveBeenDone: true,
	},
	{
		name: 'hang after it was carried out',
		answer: { kind: 'hang', acts: true },
		messagePattern: /^GoFive did not answer within 60 seconds(?:, for .*)?\. /,
		mayHaveBeenDone: true,
	},
];

/** An answer that comes too slowly: given up after ten times the sixty seconds that it may be silent. */
export const SLOW_DRIP_FAULT: FaultCase = {
	name: 'slow drip',
	answer: { kind: 'drip', everyMs: 20, blanks: 100_000 },
	messagePattern: /^GoFive did not answer within 600 seconds/,
	mayHaveBeenDone: true,
};

/** Answers that end as a message unless the request is sent again. */
export const FAULT_CASES: FaultCase[] = [
	...REJECTION_FAULTS,
	...AUTHENTICATION_FAULTS,
	...RATE_LIMIT_FAULTS,
	...SERVER_FAULTS,
	...CONNECTION_FAULTS,
	...CONTENT_FAULTS,
];

/** Unusual answers that are data all the same. */
export const UNUSUAL_ANSWERS: Array<{ name: string; answer: FaultResponse }> = [
	{ name: 'code as a number', answer: { kind: 'numericCode' } },
	{ name: 'gzip', answer: { kind: 'gzip' } },
	{ name: 'late', answer: { kind: 'late', ms: 30 } },
];
