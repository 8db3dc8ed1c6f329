import type { Answer } from '../../sandbox/index.mts';

/** One way in which GoFive, or what stands between, can fail to give data. */
export interface FaultCase {
	name: string;
	answer: Answer;
	/** Whether a GET that meets it is sent again. */
	readAgain?: boolean;
	/** Whether a write that meets it is sent again: only where GoFive cannot have acted on it. */
	writeAgain?: boolean;
	/** Whether a write that met it may have been carried out, so that its message has to say so. */
	doubtful?: boolean;
	/** Whether it is the rate limit, which may refuse more often than anything else. */
	limited?: boolean;
	/** Whether the key is at fault, so that no request of the run needs to be tried any more. */
	ends?: boolean;
	/** Whether the token is at fault: it is fetched anew once, and with that one the others are still tried. */
	token?: boolean;
	/** The beginning of the message. */
	text: RegExp;
}

const business = (code: unknown) => ({ status: { code, description: 'ไม่ผ่าน' }, data: null });
const said = (message: string) => ({ message });

const REJECTED: FaultCase[] = [
	{ name: '400', answer: { status: 400 }, text: /^GoFive answered: Bad request \(code 4001\)/ },
	{ name: '400 of the gateway', answer: { status: 400, body: said('Bad') }, text: /^GoFive did not accept the request \(HTTP 400\)(?:, for [\w ]+ '.*')?\. It said: "Bad"\. / },
	{ name: '403: quota', answer: { kind: 'quota' }, text: /^The call quota .* is used up\. It is refilled in 02:12:45 / },
	{ name: '403: quota of weeks', answer: { status: 403, body: said('Out of call volume quota. Quota will be replenished in 5.03:23:11.') }, text: /^The call quota .* is used up\. It is refilled in 5 days and 03:23:11 / },
	{ name: '403', answer: { status: 403, body: said('Forbidden') }, text: /^GoFive does not permit this request\. It said: "Forbidden"\. / },
	{ name: '404', answer: { status: 404 }, text: /^GoFive could not find what was asked for \(HTTP 404\)/ },
	{ name: '405', answer: { status: 405 }, text: /^GoFive did not accept the request \(HTTP 405\)/ },
	{ name: '407', answer: { status: 407 }, text: /^The proxy between n8n and GoFive requires a sign-in \(HTTP 407\)/ },
	{ name: '408', answer: { status: 408 }, text: /^GoFive did not accept the request \(HTTP 408\)/, doubtful: true },
	{ name: '409', answer: { status: 409, body: said('Conflict') }, text: /^GoFive did not accept the request \(HTTP 409\)/ },
	{ name: '413', answer: { status: 413 }, text: /^GoFive did not accept the request \(HTTP 413\)/ },
	{ name: '415', answer: { status: 415 }, text: /^GoFive did not accept the request \(HTTP 415\)/ },
	{ name: '422', answer: { status: 422, body: business('4002') }, text: /^GoFive answered: ไม่ผ่าน \(code 4002\)/ },
	{ name: '200 with a business code', answer: { status: 200, body: business('4001') }, text: /^GoFive answered: ไม่ผ่าน \(code 4001\)/ },
	{ name: '200 with a business code as a number', answer: { status: 200, body: business(4002) }, text: /^GoFive answered: ไม่ผ่าน \(code 4002\)/ },
	{ name: 'redirect to another host', answer: { kind: 'redirect' }, text: /^GoFive redirected the request to elsewhere\.invalid, and redirects are not followed/, doubtful: true },
];

const SIGN_IN: FaultCase[] = [
	{ name: '401: no key', answer: { kind: 'unauthorized', because: 'missingKey' }, text: /^GoFive received no subscription key/, ends: true },
	{ name: '401: wrong key', answer: { kind: 'unauthorized', because: 'invalidKey' }, text: /^GoFive does not accept the subscription key/, ends: true },
	{ name: '401: token', answer: { kind: 'unauthorized', because: 'token' }, text: /^GoFive does not accept the access token that it has just issued/, token: true, readAgain: true, writeAgain: true },
	{ name: '401 as a page', answer: { kind: 'html', status: 401 }, text: /^GoFive does not accept the access token that it has just issued/, token: true, readAgain: true, writeAgain: true },
	{ name: '401 without a body', answer: { kind: 'empty', status: 401 }, text: /^GoFive does not accept the access token that it has just issued/, token: true, readAgain: true, writeAgain: true },
];

const RATE = /^GoFive keeps refusing the request because of its rate limit/;
const RATE_LIMIT: FaultCase[] = [
	{ name: '429', answer: { kind: 'rateLimited', seconds: 100 }, text: RATE, readAgain: true, writeAgain: true, limited: true },
	{ name: '429 with a date', answer: { kind: 'rateLimited', seconds: 100, retryAfter: 'date' }, text: RATE, readAgain: true, writeAgain: true, limited: true },
	{ name: '429 without Retry-After', answer: { kind: 'rateLimited', retryAfter: 'none' }, text: RATE, readAgain: true, writeAgain: true, limited: true },
	{ name: '429 with a date in the past', answer: { kind: 'rateLimited', seconds: -3600, retryAfter: 'date' }, text: RATE, readAgain: true, writeAgain: true, limited: true },
	{ name: '429 with a Retry-After of 0', answer: { kind: 'rateLimited', seconds: 0 }, text: RATE, readAgain: true, writeAgain: true, limited: true },
	{ name: '429 with a Retry-After that is none', answer: { status: 429, headers: { 'retry-after': 'soon' } }, text: RATE, readAgain: true, writeAgain: true, limited: true },
];

const trouble = (status: number, readAgain: boolean, more: object = {}): FaultCase => ({
	name: `${status}${'acts' in more ? ', carried out' : ''}`,
	answer: { status, ...more },
	text: new RegExp(`^GoFive could not handle the request \\(HTTP ${status}`),
	doubtful: true,
	readAgain,
});
const SERVER: FaultCase[] = [
	trouble(500, false),
	trouble(500, false, { acts: true }),
	trouble(501, false),
	trouble(502, true),
	trouble(503, true),
	{ ...trouble(503, true, { headers: { 'retry-after': '3600' } }), name: '503 with Retry-After' },
	{ ...trouble(502, true), answer: { kind: 'html', status: 502 }, name: '502 as a page' },
	trouble(504, true),
	trouble(504, true, { acts: true }),
];

const CUT_OFF = /^(?:The connection to GoFive|GoFive's answer) was cut off/;
const damaged = (encoding: string, hex: string): Answer => ({ status: 200, body: Buffer.from(hex, 'hex'), headers: { 'content-encoding': encoding } });
const CONNECTION: FaultCase[] = [
	{ name: 'reset before the answer', answer: { kind: 'resetBefore' }, text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'reset after it was carried out', answer: { kind: 'resetAfter' }, text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'cut body', answer: { kind: 'cutBody' }, text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'cut gzip', answer: { kind: 'cutGzip' }, text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'damaged gzip', answer: damaged('gzip', '1f8b0800000000000003ffffffffffffffff'), text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'damaged brotli', answer: damaged('br', 'ffffffffffffffffffff'), text: CUT_OFF, readAgain: true, doubtful: true },
	{ name: 'cut JSON', answer: { status: 200, body: '{"status":{"code":"1000"},"da' }, text: CUT_OFF, readAgain: true, doubtful: true },
];

const INSTEAD = /^The answer is (?:a web page|plain text|empty) instead of data/;
const CONTENT: FaultCase[] = [
	{ name: 'a page', answer: { kind: 'html' }, text: INSTEAD, doubtful: true },
	{ name: 'a text', answer: { kind: 'text' }, text: INSTEAD, doubtful: true },
	{ name: 'a text in brackets, which is no cut JSON', answer: { status: 200, body: '[proxy] denied' }, text: INSTEAD, doubtful: true },
	{ name: 'an empty body', answer: { kind: 'empty' }, text: INSTEAD, doubtful: true },
];

/** Answers that never come. Tests do not wait for the end of the sixty seconds: see `sockets.cts`. */
export const SILENT: FaultCase[] = [
	{ name: 'hang', answer: { kind: 'hang' }, text: /^GoFive did not answer within 60 seconds(?:, for .*)?\. /, doubtful: true },
	{ name: 'hang after it was carried out', answer: { kind: 'hang', acts: true }, text: /^GoFive did not answer within 60 seconds(?:, for .*)?\. /, doubtful: true },
];

/** An answer that comes too slowly: given up after ten times the sixty seconds that it may be silent. */
export const DRIP: FaultCase = {
	name: 'slow drip',
	answer: { kind: 'drip', everyMs: 20, blanks: 100_000 },
	text: /^GoFive did not answer within 600 seconds/,
	doubtful: true,
};

/** Answers that end as a message unless the request is sent again. */
export const FAULTS: FaultCase[] = [...REJECTED, ...SIGN_IN, ...RATE_LIMIT, ...SERVER, ...CONNECTION, ...CONTENT];

/** Unusual answers that are data all the same. */
export const UNUSUAL: Array<{ name: string; answer: Answer }> = [
	{ name: 'code as a number', answer: { kind: 'numericCode' } },
	{ name: 'gzip', answer: { kind: 'gzip' } },
	{ name: 'late', answer: { kind: 'late', ms: 30 } },
];
