/*
 * Responses that GoFive, its gateway, a proxy or the network may send, by name. Unit tests pass them to `evaluate`,
 * `readRecords` and the Client, and the servers of engine tests send them. What a response means is in the tests.
 * A response whose values matter to one test only is in that test.
 * Start with `RESPONSES`.
 *
 * In this folder: what tests of several folders or generators use. Not here: anything that needs n8n's engine.
 */
import { buildEnvelope, GATEWAY_MESSAGES } from '../../sandbox/responses.mts';
import type { FaultResponse } from '../../sandbox/index.mts';

/** Complete response. A text is sent unchanged, any other body as JSON. */
export interface HttpResponse {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** Builds a response. The status defaults to 200. */
export const responseOf = (body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponse => ({
	status,
	headers,
	body,
});

/** Builds GoFive's response with the code of success. */
export const success = (data: unknown, description = 'Success'): HttpResponse =>
	responseOf(buildEnvelope('1000', description, data));

/** Builds GoFive's response with another code, and by default with HTTP status 200. */
const businessError = (description: string, code = '4001', status = 200): HttpResponse =>
	responseOf(buildEnvelope(code, description, null), status);

/** Builds a response of the gateway, Azure API Management. */
export const gatewayError = (status: number, message: string, headers?: Record<string, string>): HttpResponse =>
	responseOf({ statusCode: status, message }, status, headers);

/** Builds the gateway's response to a request that exceeds the rate limit. */
export const rateLimited = (seconds: number): HttpResponse =>
	gatewayError(429, GATEWAY_MESSAGES.rateLimit(seconds), { 'retry-after': String(seconds) });

/**
 * Builds a response after which a read is sent again, and a write may be saved. Tests of what follows use only this
 * one. Which other responses have the same meaning is in unit/responseTests.cts.
 * @param seconds - Time that the server asks to wait
 */
export const temporaryFailure = (seconds?: number): HttpResponse =>
	gatewayError(502, 'Bad Gateway', seconds === undefined ? {} : { 'retry-after': String(seconds) });

/** Returns the same response with another HTTP status. */
export const withStatus = (status: number, response: HttpResponse): HttpResponse => ({ ...response, status });

const toBodyText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** Returns a response as n8n's request helper does. */
export const toFullResponse = ({ status, headers = {}, body }: HttpResponse) => ({
	statusCode: status,
	headers,
	body: toBodyText(body),
});

/** GoFive's message about a write that it rejects. */
const NOT_SAVED = 'Not saved';
const WEB_PAGE = '<!DOCTYPE html>\n<html><body>Please sign in</body></html>';
/** JSON that is nested too deeply to be read. */
const DEEP_JSON = `${'{"error":'.repeat(20_000)}1${'}'.repeat(20_000)}`;

/** Responses without data that a user can use. */
export const RESPONSES = {
	// GoFive or the gateway rejects the request.
	businessError: businessError('ไม่ผ่าน'),
	badRequest: businessError('Bad request', '4001', 400),
	invalidValues: responseOf({ title: 'Invalid', errors: { eventName: ['Is required'] } }, 400),
	forbidden: responseOf({ message: 'Forbidden' }, 403),
	quotaExhausted: gatewayError(403, GATEWAY_MESSAGES.quota),
	notFound: gatewayError(404, GATEWAY_MESSAGES.notFound),
	proxyAuthRequired: responseOf('', 407),
	requestTimeout: gatewayError(408, 'Request Timeout'),
	conflict: responseOf({ message: 'Conflict' }, 409),
	unprocessable: businessError('ไม่ผ่าน', '4002', 422),

	// The gateway rejects the credential.
	keyMissing: gatewayError(401, GATEWAY_MESSAGES.missingKey),
	keyInvalid: gatewayError(401, GATEWAY_MESSAGES.invalidKey),
	tokenRejected: gatewayError(401, GATEWAY_MESSAGES.token),
	tokenRejectedByWebPage: responseOf(WEB_PAGE, 401),
	tokenRejectedWithoutBody: responseOf('', 401),

	// The server is busy or unavailable.
	rateLimited: rateLimited(100),
	rateLimitedWithoutTime: gatewayError(429, GATEWAY_MESSAGES.rateLimit(1)),
	serverError: gatewayError(500, 'Internal Server Error'),
	badGateway: temporaryFailure(),
	badGatewayWebPage: responseOf(WEB_PAGE, 502),
	unavailable: gatewayError(503, 'Service Unavailable'),
	unavailableForAnHour: gatewayError(503, 'Service Unavailable', { 'retry-after': '3600' }),
	gatewayTimeout: gatewayError(504, 'Gateway Timeout'),

	// Another server responds, or the body is not JSON.
	redirect: responseOf('', 302, { location: 'http://elsewhere.invalid/' }),
	webPage: responseOf(WEB_PAGE),
	plainText: responseOf('Service text'),
	empty: responseOf(''),
	cutJson: responseOf('{"status":{"code":"1000"},"da'),
	deepJson: responseOf(DEEP_JSON),
	deepServerError: responseOf(DEEP_JSON, 500),

	// Parts of the response contradict each other.
	successCodeWith400: withStatus(400, success(null, NOT_SAVED)),
	successCodeWith401: withStatus(401, success(null, NOT_SAVED)),
	successCodeWith429: withStatus(429, success(null, NOT_SAVED)),
	successCodeWith500: withStatus(500, success(null, NOT_SAVED)),
	textInPlaceOfStatus: responseOf({ status: 'error', message: NOT_SAVED, data: null }),
	errorNextToData: responseOf({ data: null, error: NOT_SAVED }),
} satisfies Record<string, HttpResponse>;

/** Responses that confirm a write only in part, without the code of success unless the name says so. */
export const UNCONFIRMED_WRITES = {
	falseWithSuccessCode: success(false, NOT_SAVED),
	falseInValueWithSuccessCode: success({ value: false }),
	falseInValue: responseOf({ data: { value: false } }),
	nullInValue: responseOf({ data: { value: null } }),
	textInValue: responseOf({ data: { value: NOT_SAVED } }),
	emptyTextInValue: responseOf({ data: { value: '' } }),
	zeroInValue: responseOf({ data: { value: 0 } }),
	failureFlagInValue: responseOf({ data: { value: { isSuccess: false } } }),
	failureFlagAndTextInValue: responseOf({ data: { value: { isSuccess: false, message: NOT_SAVED } } }),
	errorNextToIdInValue: responseOf({ data: { value: { eventId: 5, error: NOT_SAVED } } }),
} satisfies Record<string, HttpResponse>;

type Row = Record<string, unknown>;

/** Bodies in which a list of two rows may arrive. */
export const LIST_BODIES: Record<string, (rows: Row[]) => unknown> = {
	'data with the code of success': (rows) => buildEnvelope('1000', 'Success', rows),
	data: (rows) => ({ data: rows }),
	'data.value': (rows) => ({ data: { value: rows } }),
	'data.value next to a total': (rows) => ({ data: { value: rows, total: 230 } }),
	'data.value next to the keys of a page': (rows) => ({ data: { value: rows, count: 2, take: 100, skip: 0 } }),
	'data.value next to an unknown key': (rows) => buildEnvelope('1000', 'Success', { value: rows, isMore: true }),
	'a list in an object': (rows) => buildEnvelope('1000', 'Success', { items: rows, totalCount: 2 }),
	'a list next to others': (rows) => ({ data: { columns: ['a', 'b'], items: rows, warnings: [] } }),
	'a list in data.value': (rows) => ({ data: { value: { items: rows, totalCount: 2 } } }),
	'a list in data.value next to a total': (rows) =>
		buildEnvelope('1000', 'Success', { total: 2, value: { totalCount: 2, items: rows } }),
};

/** Data of a list without rows. */
export const EMPTY_LISTS: unknown[] = [
	[],
	null,
	{},
	{ items: [], totalCount: 0 },
	{ value: [], total: 0 },
	{ value: null, total: 0 },
	{ value: { items: [], warnings: [] }, total: 0 },
];

/** Data in which no list can be recognized, and the keys that the message lists. */
export const UNREADABLE_LISTS: Record<string, { data: unknown; keys?: string }> = {
	'two lists': { data: { first: [{ a: 1 }], second: [{ b: 2 }] }, keys: 'first, second' },
	'no list': { data: { total: 5, page: { size: 2 } }, keys: 'total, page' },
	'a list of texts in an object': { data: { names: ['a'], total: 1 }, keys: 'names, total' },
	'a list of texts': { data: ['a', 'b'] },
	'a list with a gap': { data: [{ a: 1 }, null] },
	'a text': { data: 'nothing' },
};

/** Bodies in which a single record may arrive. */
export const RECORD_BODIES: Record<string, (record: Row) => unknown> = {
	'data with the code of success': (record) => buildEnvelope('1000', 'Success', record),
	data: (record) => ({ data: record }),
	'data.value': (record) => ({ data: { value: record } }),
	'data.value next to a total': (record) => ({ data: { value: record, total: 1 } }),
	'data.value next to unknown keys': (record) => buildEnvelope('1000', 'Success', { value: record, isNew: true }),
	'a list of one': (record) => buildEnvelope('1000', 'Success', [record]),
	'data.value as a list of one': (record) => ({ data: { value: [record], total: 1, isNew: true } }),
};

/** Builds the response to a token request. */
export const issuedToken = (token: string): HttpResponse =>
	responseOf({ access_token: token, expires_in: 3600, token_type: 'Bearer' });

/** Responses to a token request that contain no token. */
export const TOKEN_RESPONSES = {
	clientRejected: responseOf({ error: 'invalid_client' }, 400),
	noToken: responseOf({ token_type: 'Bearer', expires_in: 3600 }),
} satisfies Record<string, HttpResponse>;

/** Codes of a failed connection, by what they show about the request. The codes that do not begin with E are ours. */
export const CONNECTION_ERROR_CODES = {
	hostNotFound: ['ENOTFOUND', 'EAI_AGAIN'],
	noConnection: ['ECONNREFUSED', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'TLS_HANDSHAKE'],
	certificateInvalid: ['INVALID_CERTIFICATE'],
	connectionLost: ['ECONNRESET', 'EPIPE', 'TRUNCATED_RESPONSE'],
	timeout: ['TIMEOUT', 'ECONNABORTED', 'ETIMEDOUT'],
	unclear: ['TLS_ERROR', 'NO_RESPONSE'],
};

const corruptBody = (encoding: string, hex: string): HttpResponse =>
	responseOf(Buffer.from(hex, 'hex'), 200, { 'content-encoding': encoding });

/** Connections that end before the response is complete. Only a server can send them. */
export const LOST_CONNECTIONS = {
	resetBefore: { kind: 'resetBefore' },
	resetAfter: { kind: 'resetAfter' },
	cutBody: { kind: 'cutBody' },
	cutGzip: { kind: 'cutGzip' },
	damagedGzip: corruptBody('gzip', '1f8b0800000000000003ffffffffffffffff'),
	damagedBrotli: corruptBody('br', 'ffffffffffffffffffff'),
} satisfies Record<string, FaultResponse>;

/** Body of gzip that ends after its header, so that n8n returns an empty text. */
export const EMPTY_GZIP = corruptBody('gzip', '1f8b0800000000000003');

/** Requests without a response, or with a slow one. See `onHangingRequest` and `fastForwardSlowRequests`. */
export const HANGING_RESPONSES = {
	hang: { kind: 'hang' },
	drip: { kind: 'drip', everyMs: 20, blanks: 100_000 },
} satisfies Record<string, FaultResponse>;
