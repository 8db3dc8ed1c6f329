import { NodeApiError, type INode } from 'n8n-workflow';
import * as envelopes from '../../nodes/GoFive/api/envelope';
import { GoFiveError, type ErrorText } from '../../nodes/GoFive/api/errors';
import { evaluate, toUnreadableResult } from '../../nodes/GoFive/api/evaluate';
import { MAY_BE_PROCESSED, messages, type RequestPurpose } from '../../nodes/GoFive/api/messages';
import type { Failure, Next, RequestResult, ServerLoad } from '../../nodes/GoFive/api/failure';
import { errorToOutcome, responseToOutcome, type Outcome } from '../../nodes/GoFive/api/outcome';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { readResponseTexts } from '../../nodes/GoFive/api/responseTexts';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/httpStatus';
import { findRowError, rowsToError } from '../../nodes/GoFive/api/rowResults';
import { Redactor } from '../../nodes/GoFive/api/redactor';
import { findServerMessage } from '../../nodes/GoFive/api/serverMessage';
import { isObject, parseJson, type JsonObject } from '../../nodes/GoFive/shared/json';
import { clock } from '../../nodes/GoFive/time/clock';
import { RESPONSES, toFullResponse, UNCONFIRMED_WRITES, type HttpResponse } from '../support/responses.cts';

/** Name of a message and its values. */
type MessageCase = [keyof typeof messages, ...unknown[]];
type EnvelopeFields = Partial<envelopes.Envelope>;

const LABELS = { qty: 'Quantity', quotationdetails: 'Products', quotationdate: 'Quotation Date' };
const READ: ApiRequest = { method: 'GET', path: '/', labels: LABELS, notFoundNote: 'Check the path. ' };
const WRITE: ApiRequest = { ...READ, method: 'POST' };
const DELETE: ApiRequest = { ...READ, method: 'DELETE' };
const BATCH: ApiRequest = { ...WRITE, expectsRowResults: true };
const TOKEN: ApiRequest = { method: 'POST', path: '/', effect: 'read', isTokenRequest: true, returnsFullBody: true };
const HEADERS = { location: 'https://other.example/path' };
const SECRET = 'secret.key-1';
const { redactText } = new Redactor([SECRET]);
const CONTEXT = { timeoutSeconds: 30, redact: redactText };

const REJECTION = '{"status":{"code":"4001","description":"No"}}';
/** Returns what is known about the request of an error. */
const getFacts = ({ httpCode, processed, aborted }: GoFiveError) => ({ httpCode, processed, aborted });
/** Names of hosts that contain words of other causes. */
const HOSTS = ['ssl-gateway', 'cancelled', 'certificate', 'tls.err_canceled'];

const buildResponse = (status: number, text = '', headers = {}): Outcome => ({
	kind: 'response',
	status,
	headers,
	text,
});
const buildConnectionError = (code: string): Outcome => ({ kind: 'connectionError', code });
/** Builds a response from a status, or a failed connection from a code. */
const buildOutcome = (code: string, text: string) =>
	/^\d/.test(code) ? buildResponse(Number(code), text) : buildConnectionError(code);
const quote = (text: string) => (text ? `GoFive's message: "${text}". ` : '');

/** Messages about rejected values. They also take what the request was sent for. */
const REJECTIONS = ['businessError', 'rejected'];

/** Returns the text of a message. */
function getText([name, ...values]: MessageCase, purpose: RequestPurpose = 'read'): ErrorText {
	const message = messages[name] as ErrorText | ((...texts: unknown[]) => ErrorText);
	const allValues = REJECTIONS.includes(name) ? [...values, purpose] : values;
	return typeof message === 'function' ? message(...allValues) : message;
}

const toGoFiveError = (messageCase: MessageCase, purpose?: RequestPurpose) =>
	new GoFiveError(getText(messageCase, purpose));

/** Returns the failure of a result, which must be one. */
function toFailure(result: RequestResult): Failure {
	if ('data' in result) throw new Error(`Not a failure: ${JSON.stringify(result)}`);
	return result;
}

const evaluateToFailure = (outcome: Outcome, request: ApiRequest) => toFailure(evaluate(outcome, request, CONTEXT));

beforeEach(() => void jest.spyOn(clock, 'now').mockReturnValue(Date.parse('2025-06-15T05:00:00Z')));
afterEach(() => void jest.restoreAllMocks());

describe('envelope', () => {
	test.each<[string, EnvelopeFields, unknown]>([
		['{"status":{"code":1000},"data":{"value":[1]}}', { code: '1000' }, [1]],
		['{"status":{"code":" 1000 ","description":" No "}}', { code: '1000', description: 'No' }, undefined],
		['{"data":{"value":[1],"total":1,"count":1,"take":1,"skip":0}}', {}, [1]],
		['{"data":{"value":"x"}}', {}, 'x'],
		['{"data":{"value":"x","total":1}}', {}, { value: 'x', total: 1 }],
		['{"data":{"value":[1],"name":"x"}}', {}, { value: [1], name: 'x' }],
		['{"data":{"total":1}}', {}, { total: 1 }],
		['{"status":"failed","data":{"value":[1]}}', { code: '', description: 'failed' }, [1]],
		['{"status":"failed","message":"No","data":1}', { code: '', description: 'No' }, 1],
		['{"errors":{"code":["No"]}}', { failureSign: 'certain' }, undefined],
		['{"isSuccess":false}', { failureSign: 'certain' }, undefined],
		['{"data":{"isSuccess":false}}', { failureSign: 'possible' }, { isSuccess: false }],
		['{"data":{"value":{"success":false}}}', { failureSign: 'possible' }, { success: false }],
		['{"data":{"error":"No"},"success":true}', { description: 'No', failureSign: 'possible' }, { error: 'No' }],
		['{"data":{"isSuccess":true,"error":null}}', {}, { isSuccess: true, error: null }],
	])('GoFive may have sent %s', (text, fields, value) => {
		const body = JSON.parse(text) as JsonObject;
		const envelope = envelopes.toEnvelope(body);
		expect(envelope).toEqual({ description: '', data: body.data, ...fields });
		expect(envelopes.unwrapValue(envelope?.data)).toEqual(value);
	});

	test.each([
		'[1]',
		'null',
		'{"status":"ok"}',
		'{"status":[1]}',
		'{"value":[1]}',
		'{"error":"","errors":{},"success":true}',
		'{"error":false}',
	])('GoFive cannot have sent %j', (text) => {
		expect(envelopes.toEnvelope(JSON.parse(text))).toBeUndefined();
	});

	test.each<[string, EnvelopeFields & { isWhole?: boolean }]>([
		['"x"', { isWhole: true }],
		['{"name":"x"}', { isWhole: true }],
		['{"error":"No"}', { isWhole: true, description: 'No', failureSign: 'possible' }],
		['{"data":"x","success":false}', { data: 'x', failureSign: 'certain' }],
		['{"status":"open","data":1}', { isWhole: true, description: 'open', failureSign: 'possible' }],
		['{"status":{"code":"open"}}', { code: 'open' }],
		['{"status":{"code":"open"},"data":1}', { data: 1, code: 'open' }],
		['{"status":{"code":"4001"},"name":"x"}', { code: '4001' }],
		['{"status":{"code":"x1"},"name":"x"}', { isWhole: true, failureSign: 'possible' }],
		['{"status":{"code":"1x"},"name":"x"}', { isWhole: true, failureSign: 'possible' }],
	])('any JSON is accepted: %s', (text, { isWhole, ...fields }) => {
		const body = JSON.parse(text) as unknown;
		const data = isWhole ? body : fields.data;
		expect(envelopes.toEnvelope(body, true)).toEqual({ description: '', data, ...fields });
		expect(envelopes.extractData(body)).toEqual(data);
	});

	test.each<[EnvelopeFields, boolean, boolean]>([
		[{ code: '1000', data: false }, true, false],
		[{ code: '1000', data: { value: false } }, true, false],
		[{ code: '1000' }, true, true],
		[{ code: '4001', data: {} }, false, false],
		[{ code: '', data: true }, false, false],
		[{ data: true }, true, true],
		[{ data: { value: true } }, true, true],
		[{ data: {} }, true, true],
		[{ data: [] }, true, true],
		[{ data: false }, true, false],
		[{ data: null }, true, false],
		[{ data: 'x' }, true, false],
		[{ data: {}, failureSign: 'possible' }, true, false],
		[{ data: {}, failureSign: 'certain' }, false, false],
	])('%j: the read is successful %p, the write %p', (fields, ...expected) => {
		const envelope = { description: '', data: undefined, ...fields };
		const results = (['read', 'write'] as const).map((effect) => envelopes.isSuccess(envelope, effect));
		expect(results).toEqual(expected);
	});

	test.each<[string, ...string[]]>([
		['an empty response', '', ' \n'],
		['a web page', ' <!DOCTYPE html>', '<?xml version="1.0"?>', '<H1>No</H1>'],
		['plain text', '<1>', 'No <html>', '{"a"'],
	])('%p is the name of %j, %j', (form, ...texts) => {
		expect(texts.map((text) => envelopes.describeNonJson(text))).toEqual(texts.map(() => form));
	});

	test.each<[boolean, ...string[]]>([
		[true, ' { ', '\n{\n"data":[1', '{"data":'],
		[false, '{data', '[{"a":1', 'No {"a":1'],
	])('starts like JSON of GoFive: %p, %j', (startsLikeJson, ...texts) => {
		expect(texts.map(envelopes.startsLikeJson)).toEqual(texts.map(() => startsLikeJson));
	});

	test.each([
		['[{"isSuccess":true}]', undefined],
		['{"data":[]}', undefined],
		['{"data":"isSuccess"}', undefined],
		['{"data":[{"code":"A"}]}', undefined],
		['{"data":{"value":[{"isSuccess":false},{}]}}', [{ isSuccess: false }, {}]],
		['{"data":{"a":[{"code":"A"}],"b":[{"isSuccess":true}]}}', [{ isSuccess: true }]],
		['{"data":[{"IsSuccess":null}]}', [{ IsSuccess: null }]],
		['{"data":{"rows":[null,{"isSuccess":true}]}}', [null, { isSuccess: true }]],
		['{"data":{"value":{"isSuccess":true}}}', undefined],
	])('rows in %s: %j', (text, rows) => {
		expect(envelopes.findRowResults(JSON.parse(text))).toEqual(rows);
	});
});

describe('data', () => {
	test.each<[ApiRequest, number, string, unknown]>([
		[READ, 200, '{"status":{"code":"1000"},"data":[1]}', [1]],
		[READ, 299, '{"data":{"value":[1]}}', { value: [1] }],
		[READ, 200, '{"status":{"code":"4001"},"data":[{"isSuccess":false}]}', undefined],
		[READ, 199, '{"data":[1]}', undefined],
		[READ, 300, '{"data":[1]}', undefined],
		[READ, 204, 'ignored', null],
		[DELETE, 200, '', undefined],
		[DELETE, 200, 'Service', undefined],
		[DELETE, 500, '', undefined],
		[{ ...WRITE, effect: 'read' }, 200, '{"data":null}', null],
		[WRITE, 200, '{"data":null}', undefined],
		[WRITE, 200, '{"data":true}', true],
		[{ ...READ, returnsFullBody: true }, 200, '{"data":[1]}', { data: [1] }],
		[{ ...READ, returnsFullBody: true }, 200, 'null', null],
		[{ ...READ, returnsFullBody: true }, 200, REJECTION, undefined],
		[{ ...WRITE, returnsFullBody: true }, 200, '"ok"', undefined],
		[{ ...WRITE, returnsFullBody: true }, 200, '{"status":"error","data":null}', undefined],
		[READ, 200, '{"name":"x"}', undefined],
		[BATCH, 200, '{"status":{"code":"4001"},"data":[1,{"isSuccess":false}]}', [1, { isSuccess: false }]],
		[BATCH, 499, '{"data":{"total":1,"results":[{"isSuccess":false}]}}', [{ isSuccess: false }]],
		[BATCH, 500, '{"data":[{"isSuccess":false}]}', undefined],
		[BATCH, 200, '{"status":{"code":"4001"},"data":[{"code":"A"},"isSuccess"]}', undefined],
		[BATCH, 200, '{"data":[{"code":"A"}]}', [{ code: 'A' }]],
		[WRITE, 400, '{"data":[{"isSuccess":true}]}', undefined],
	])('%j with the response HTTP %i, %.60s: %j', (request, status, text, data) => {
		const result = evaluate(buildResponse(status, text), request, CONTEXT);
		expect('data' in result ? result.data : undefined).toEqual(data);
	});
});

describe('outcome', () => {
	test.each<[unknown, number, string, object]>([
		[{ statusCode: 200, headers: null, body: [1] }, 200, '[1]', {}],
		[{ statusCode: '200', headers: { a: '1' }, body: 'x' }, 200, 'x', { a: '1' }],
		[{ statusCode: 204, body: null }, 204, '', {}],
		[null, 0, '', {}],
		[{ cause: { response: { status: 500, data: 'x' } }, context: { data: 'y' } }, 500, 'x', {}],
		[{ httpCode: '400', context: { data: 'y' } }, 400, 'y', {}],
		[{ httpCode: '400', context: null }, 400, '', {}],
		[{ response: { status: 302, headers: { a: '1' }, data: 'x' } }, 302, 'x', { a: '1' }],
		[{ httpCode: 101 }, 101, '', {}],
		[{ httpCode: 599 }, 599, '', {}],
	])('response or error %j: HTTP %i, %s, %j', (value, ...parts) => {
		const isResponse = value === null || (isObject(value) && 'statusCode' in value);
		const convert = isResponse ? responseToOutcome : errorToOutcome;
		expect(convert(value)).toEqual(buildResponse(...parts));
	});

	test.each<[string, ...unknown[]]>([
		['ENOTFOUND', ...HOSTS.map((host) => ({ code: 'ENOTFOUND', message: `getaddrinfo ENOTFOUND ${host}.example` }))],
		['EAI_AGAIN', { httpCode: 'EAI_AGAIN', message: 'certificate' }],
		['ECONNREFUSED', { cause: { code: 'ECONNREFUSED', message: 'ssl' } }],
		['EADDRNOTAVAIL', { messages: ['SSL', 'EADDRNOTAVAIL'] }],
		['TIMEOUT', { code: 'ECONNABORTED', message: 'timeout of 60000ms exceeded' }, 'Timeout of 5 ms exceeded'],
		['TLS_HANDSHAKE', 'Client network socket disconnected before secure TLS connection was established: aborted'],
		['ECONNRESET', 'socket hang up', 'stream has been aborted by x', { code: 'ECONNABORTED', message: 'x' }],
		['ECONNRESET', 'read EHOSTUNREACH', 'write ENETUNREACH', { code: 'ECONNREFUSED', message: 'read ECONNREFUSED' }],
		[
			'ECONNRESET',
			{ code: 'EADDRNOTAVAIL', message: 'write EADDRNOTAVAIL 203.0.113.1:443' },
			{ message: 'x', cause: { message: 'aborted' } },
		],
		['TRUNCATED_RESPONSE', 'unexpected end of file', 'Z_BUF_ERROR', 'Z_DATA_ERROR', 'Decompression failed'],
		['TRUNCATED_RESPONSE', 'incorrect header check', 'incorrect data check', 'incorrect length check'],
		['TRUNCATED_RESPONSE', { httpCode: '200', message: 'x' }, { response: { status: 299 } }],
		['INVALID_CERTIFICATE', 'Hostname does not match the certificate', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED'],
		['INVALID_CERTIFICATE', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		['TLS_ERROR', 'ERR_SSL_WRONG_VERSION_NUMBER', 'write EPROTO', 'tls alert', 'bad certificate:SSL alert number 42'],
		['EHOSTUNREACH', 'connect ETIMEDOUT 203.0.113.1:443', 'connect EHOSTUNREACH 203.0.113.1:443'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['HPE_INVALID_CONSTANT', 'Failed (HPE_INVALID_CONSTANT)'],
		['NO_RESPONSE', 'aborted by x', 'timeout of x ms exceeded', { httpCode: '600' }, { httpCode: '4040' }],
		['NO_RESPONSE', { httpCode: '1404' }, { httpCode: '2000' }, { httpCode: '1200' }, { code: 'ECONNRESETx' }, null],
	])('%s', (code, ...thrownValues) => {
		const thrownErrors = thrownValues.map((value) => (typeof value === 'string' ? { message: value } : value));
		expect(thrownErrors.map(errorToOutcome)).toEqual(thrownErrors.map(() => buildConnectionError(code)));
	});

	test.each([undefined, '401'])('error of the credential with HTTP status %p', (httpCode) => {
		const error = new NodeApiError({} as INode, {}, { httpCode });
		expect(errorToOutcome(error).kind).not.toBe('notSigned');
		const text = { kind: 'credential' as const, message: 'No', description: 'Not now.' };
		error.context = { goFiveCredential: { text, next: 'waitForToken', afterMs: 5 } };
		const outcome = errorToOutcome(error);
		const failure = { error: { ...text, httpCode }, next: 'waitForToken', afterMs: 5, isTokenAccepted: false };
		expect(outcome).toMatchObject({ kind: 'notSigned', failure: { ...failure, load: 'ignored', quote: '' } });
		for (const request of [READ, WRITE]) {
			const result = evaluate(outcome, request, CONTEXT);
			expect(result).toBe(outcome.kind === 'notSigned' && outcome.failure);
		}
	});

	test.each<[number | undefined, ...unknown[]]>([
		[1250, ' 1.25 ', 1.25],
		[500, '0.1', '0.5'],
		[120_000, '121', 'Sun, 15 Jun 2025 06:00:00 GMT'],
		[10_000, 'Sun, 15 Jun 2025 05:00:10 GMT', '10'],
		[undefined, '0', '-1', 'soon', '1.', '3 s', 'Sun, 15 Jun 2025 05:00:00 GMT', {}, '', undefined],
	])('%p ms for Retry-After %j', (delayMs, ...values) => {
		const delaysMs = values.map((value) => parseRetryAfterMs({ 'retry-after': value }));
		expect(delaysMs).toEqual(values.map(() => delayMs));
	});
});

type Meaning = [message: MessageCase, read: Next, write: Next | 'maybe', load?: ServerLoad];

/** What each response means: the message, what follows for a read and a write, and the load. */
const MEANINGS: Record<keyof typeof RESPONSES, Meaning> = {
	businessError: [['businessError', '4001', 'ไม่ผ่าน', ''], 'fail', 'fail'],
	badRequest: [['businessError', '4001', 'Bad request', ''], 'fail', 'fail'],
	invalidValues: [['rejected', 400, quote('Invalid; eventName: Is required')], 'fail', 'fail'],
	forbidden: [['forbidden', quote('Forbidden')], 'fail', 'fail'],
	quotaExhausted: [
		['quota', quote('Out of call volume quota. Quota will be replenished in 02:12:45')],
		'endRun',
		'endRun',
	],
	notFound: [['notFound', 'operation', `${quote('Resource not found')}Check the path. `], 'fail', 'fail'],
	proxyAuthRequired: [['proxyAuthRequired'], 'fail', 'fail'],
	requestTimeout: [['rejected', 408, quote('Request Timeout')], 'fail', 'maybe'],
	conflict: [['rejected', 409, quote('Conflict')], 'fail', 'fail'],
	unprocessable: [['businessError', '4002', 'ไม่ผ่าน', ''], 'fail', 'fail'],

	keyMissing: [['subscriptionKeyMissing'], 'endRun', 'endRun', 'ignored'],
	keyInvalid: [['subscriptionKeyInvalid'], 'endRun', 'endRun', 'ignored'],
	tokenRejected: [['tokenRejected'], 'renewToken', 'renewToken', 'ignored'],
	tokenRejectedByWebPage: [['tokenRejected'], 'renewToken', 'renewToken', 'ignored'],
	tokenRejectedWithoutBody: [['tokenRejected'], 'renewToken', 'renewToken', 'ignored'],

	rateLimited: [['rateLimit', 100_000], 'pause', 'pause', 'ignored'],
	rateLimitedWithoutTime: [['rateLimit'], 'pause', 'pause', 'ignored'],
	serverError: [['serverError', 500, quote('Internal Server Error')], 'fail', 'maybe', 'failed'],
	badGateway: [['serverError', 502, quote('Bad Gateway')], 'wait', 'maybe', 'failed'],
	badGatewayWebPage: [['serverError', 502, ''], 'wait', 'maybe', 'failed'],
	unavailable: [['serverError', 503, quote('Service Unavailable')], 'wait', 'maybe', 'failed'],
	unavailableForAnHour: [['serverError', 503, quote('Service Unavailable')], 'wait', 'maybe', 'failed'],
	gatewayTimeout: [['serverError', 504, quote('Gateway Timeout')], 'wait', 'maybe', 'failed'],

	redirect: [['redirect', 'elsewhere.invalid'], 'fail', 'maybe'],
	webPage: [['notJson', 'a web page'], 'fail', 'maybe'],
	plainText: [['notJson', 'plain text'], 'fail', 'maybe'],
	empty: [['notJson', 'an empty response'], 'fail', 'maybe'],
	cutJson: [['truncatedResponse'], 'wait', 'maybe', 'failed'],
	deepJson: [['unexpectedFormat'], 'fail', 'maybe'],
	deepServerError: [['serverError', 500, ''], 'fail', 'maybe', 'failed'],

	successCodeWith400: [['businessError', '1000', 'Not saved', ''], 'fail', 'maybe'],
	successCodeWith401: [['tokenRejected'], 'renewToken', 'maybe', 'ignored'],
	successCodeWith429: [['rateLimit'], 'pause', 'maybe', 'ignored'],
	successCodeWith500: [['serverError', 500, quote('Not saved')], 'fail', 'maybe', 'failed'],
	textInPlaceOfStatus: [['businessError', '', 'Not saved', ''], 'fail', 'maybe'],
	errorNextToData: [['businessError', '', 'Not saved', ''], 'fail', 'maybe'],
};

/** What follows for a token request, by what follows for a read. HTTP 500 is sent again, too. */
const NEXT_OF_TOKEN_REQUEST: Partial<Record<Next, Next>> = {
	fail: 'endRun',
	wait: 'waitForToken',
	renewToken: 'endRun',
};

/** What each response means for a write, which may be processed: the message, and what it quotes from the response. */
const WRITE_MEANINGS: Record<keyof typeof UNCONFIRMED_WRITES, [message: MessageCase, quoted?: string]> = {
	falseWithSuccessCode: [['notConfirmed'], ''],
	falseInValueWithSuccessCode: [['notConfirmed'], ''],
	falseInValue: [['unexpectedFormat']],
	nullInValue: [['unexpectedFormat']],
	textInValue: [['unexpectedFormat']],
	emptyTextInValue: [['unexpectedFormat']],
	zeroInValue: [['unexpectedFormat']],
	failureFlagInValue: [['unexpectedFormat']],
	failureFlagAndTextInValue: [['businessError', '', 'Not saved', '']],
	errorNextToIdInValue: [['businessError', '', 'Not saved', '']],
};

const evaluateResponse = (response: HttpResponse, request: ApiRequest) =>
	evaluateToFailure(responseToOutcome(toFullResponse(response)), request);

describe('meaning of a response', () => {
	const names = Object.keys(MEANINGS) as Array<keyof typeof RESPONSES>;
	test.each(names)('%s', (name) => {
		const [message, next, nextOfWrite, load = 'completed'] = MEANINGS[name];
		const { text, kind } = toGoFiveError(message);
		const read = evaluateResponse(RESPONSES[name], READ);
		expect([read.error.text, read.error.kind, read.error.processed]).toEqual([text, kind, undefined]);
		expect([read.next, read.load]).toEqual([next, load]);

		const write = evaluateResponse(RESPONSES[name], WRITE);
		const isUnclear = nextOfWrite === 'maybe';
		expect([write.error.message, write.error.kind]).toEqual([getText(message).message, kind]);
		expect([write.next, write.load]).toEqual([isUnclear ? 'fail' : nextOfWrite, load]);
		expect(write.error.text).toEqual(isUnclear ? expect.any(String) : toGoFiveError(message, 'write').text);
		expect(write.error.processed).toBe(isUnclear ? 'maybe' : undefined);
		expect(write.error.description.endsWith(MAY_BE_PROCESSED)).toBe(isUnclear);
	});

	// Any JSON may contain a token, so a text in place of the status is no failure of a token request.
	test.each(names.filter((name) => name !== 'textInPlaceOfStatus'))('%s, for a token request', (name) => {
		const [, next] = MEANINGS[name];
		const expectedNext = RESPONSES[name].status === 500 ? 'waitForToken' : (NEXT_OF_TOKEN_REQUEST[next] ?? next);
		expect(evaluateResponse(RESPONSES[name], TOKEN).next).toBe(expectedNext);
	});

	const namesOfWrites = Object.keys(WRITE_MEANINGS) as Array<keyof typeof UNCONFIRMED_WRITES>;
	test.each(namesOfWrites)('%s, for a write', (name) => {
		const [message, quoted = ''] = WRITE_MEANINGS[name];
		const { error, next, load } = evaluateResponse(UNCONFIRMED_WRITES[name], WRITE);
		const description = quote(quoted) + MAY_BE_PROCESSED;
		expect(error).toMatchObject({ message: getText(message).message, description, processed: 'maybe' });
		expect([next, load]).toEqual(['fail', 'completed']);
	});
});

describe('retry, may be processed, load and credential', () => {
	test.each([
		['ENOTFOUND EAI_AGAIN ECONNREFUSED EADDRNOTAVAIL EHOSTUNREACH', '', 'read write token', 'no', 'failed'],
		['ENETUNREACH TLS_HANDSHAKE', '', 'read write token', 'no', 'failed'],
		['INVALID_CERTIFICATE', '', '', 'no', 'failed'],
		['ECONNRESET EPIPE TRUNCATED_RESPONSE', '', 'read token', 'maybe', 'failed'],
		['TIMEOUT ETIMEDOUT ECONNABORTED TLS_ERROR NO_RESPONSE', '', '', 'maybe', 'failed'],
		['0 99 100 101 199', '', '', 'maybe', 'completed'],
		['200 299', '{"status":{"code":"1000"},"data":[]}', '', 'yes', 'completed'],
		['200 299 400 409', '{"status":{"code":"4001"}}', '', 'no', 'completed'],
		['200 300 399 408', 'Service', '', 'maybe', 'completed'],
		['400 403 404', '{"status":{"code":"1000"},"data":[]}', '', 'maybe', 'completed'],
		['429', '{"status":{"code":"4001"}}', 'read write token', 'no', 'ignored'],
		['501 505 599', 'Service', '', 'maybe', 'failed'],
		['502 503 504', '{"status":{"code":"4001"}}', 'read token', 'maybe', 'failed'],
	])('%s with %j: retried %j, a write is processed %s, load %s', (codes, text, kinds, processed, load) => {
		const requests = { read: READ, write: WRITE, token: TOKEN };
		for (const code of codes.split(' ')) {
			const outcome = buildOutcome(code, text);
			const results = Object.entries(requests).map(([kind, request]) => ({
				kind,
				result: evaluate(outcome, request, CONTEXT),
			}));
			const failures = results.flatMap(({ kind, result }) => ('error' in result ? { kind, ...result } : []));
			const retries = failures.filter(({ next }) => ['wait', 'waitForToken', 'pause'].includes(next));
			expect([code, retries.map(({ kind }) => kind).join(' ')]).toEqual([code, kinds]);
			const getNext = (kind: string) => (code === '429' ? 'pause' : kind === 'token' ? 'waitForToken' : 'wait');
			expect(retries.map(({ next }) => next)).toEqual(retries.map(({ kind }) => getNext(kind)));
			const write = failures.find(({ kind }) => kind === 'write');
			const failedWrite = write?.error.processed ?? 'no';
			expect([code, write ? failedWrite : 'yes']).toEqual([code, processed]);
			for (const failure of failures) expect([code, failure.load]).toEqual([code, load]);
			const others = failures.filter(({ kind }) => kind !== 'write');
			for (const { error } of others) expect(error.processed).toBeUndefined();
		}
	});

	test.each<[Outcome, ApiRequest, string, boolean]>([
		[buildResponse(200), READ, 'fail', false],
		[buildResponse(200, '{"x":1}'), READ, 'fail', true],
		[buildResponse(200, REJECTION), READ, 'fail', true],
		[buildResponse(302), READ, 'fail', false],
		[buildResponse(403), READ, 'fail', false],
		[buildResponse(429), READ, 'pause', false],
		[buildResponse(500), WRITE, 'fail', false],
		[buildResponse(407), READ, 'fail', false],
		[buildResponse(404, '{"message":"Resource not found"}'), READ, 'fail', false],
		[buildResponse(200, '<html>'), READ, 'fail', false],
		[buildResponse(500, REJECTION), READ, 'fail', true],
		[buildResponse(403, REJECTION), READ, 'fail', true],
		[buildResponse(400, '{}'), READ, 'fail', true],
		[buildResponse(401), READ, 'renewToken', false],
		[buildResponse(401, REJECTION), WRITE, 'renewToken', false],
		[buildResponse(401, '{"status":{"code":"1000"}}'), READ, 'renewToken', false],
		[buildResponse(401, '{"status":{"code":"1000"}}'), WRITE, 'fail', false],
		[buildResponse(401, 'missing subscription key'), READ, 'endRun', false],
		[buildResponse(401, 'invalid subscription key'), WRITE, 'endRun', false],
		[buildResponse(403, 'invalid subscription key'), READ, 'fail', false],
		[buildResponse(401), TOKEN, 'endRun', false],
		[buildResponse(200, '{"data":['), READ, 'wait', false],
		[buildConnectionError('ECONNRESET'), READ, 'wait', false],
		[{ kind: 'aborted', reason: 'timeout' }, READ, 'fail', false],
	])('%j of %j: %s follows, and the token is accepted: %p', (outcome, request, next, isTokenAccepted) => {
		expect(evaluateToFailure(outcome, request)).toMatchObject({ next, isTokenAccepted });
	});
});

const manyErrors = `${'"Same",'.repeat(100)}"Not read"`;
const manyFields = Array.from({ length: 101 }, (_, index) => `"${index}":[${index === 100 ? '"Not read"' : ''}]`);
const readTexts = (text: string) => readResponseTexts(text, parseJson(text), LABELS, redactText);

describe('texts of the server', () => {
	const nestMessage = (depth: number) => `${'{"error":'.repeat(depth - 1)}{"message":"No"}${'}'.repeat(depth - 1)}`;

	test.each([
		['{"message":"a","error_description":"b"}', 'a'],
		['{"Message":"a"}', 'a'],
		['{"message":5}', '5'],
		['{"error_description":"b","detail":"c"}', 'b'],
		['{"detail":"c","title":"d"}', 'c'],
		['{"title":"d","error":"e"}', 'd'],
		['{"error":"e","data":{"message":"a"}}', 'e'],
		['{"data":{"message":"a"}}', 'a'],
		['{"data":{"value":{"message":"a"}}}', 'a'],
		['{"value":{"message":"a"}}', ''],
		['{"data":["a"]}', ''],
		[nestMessage(10), 'No'],
		[nestMessage(11), ''],
	])('message in %s', (text, message) => {
		expect(findServerMessage(JSON.parse(text) as JsonObject)).toBe(message);
	});

	test.each([
		['{"errors":["First.","Second","",null,3]}', 'First; Second; 3'],
		['{"errors":{"QuotationDate":"Missing","other":5,"third":{"message":"x"}}}', 'Quotation Date: Missing'],
		['{"status":{"code":"4002"},"data":{"qty":["ต้องระบุ"],"name":["Unknown"]}}', 'Quantity: ต้องระบุ; name: Unknown'],
		['{"errors":{"quotationDetails[1].price":["No"]}}', 'quotationDetails[1].price: No'],
		['{"errors":{"body.quotationDetails[3].unknown[7].qty":["No"]}}', 'Quantity in row 4: No'],
		['{"errors":{"quotationDetails[10]":["No"]}}', 'Products in row 11: No'],
		['{"errors":{"toString":["No"],"constructor[0].qty":["No"]}}', 'toString: No; Quantity: No'],
		['{"errors":[{"PropertyName":"a","ErrorMessage":"No"},{"message":"No"},{"field":"a"},["x"]]}', 'a: No; No'],
		['{"errors":[{"property":"a","error":"No"},{"key":"b","description":"No"}]}', 'a: No; b: No'],
		['{"errors":[{"field":"a","name":"b","message":"","error":"No"},{"name":"c","message":"No"}]}', 'a: No; c: No'],
		['{"data":{"qty":["No"],"name":"a value"}}', 'Quantity: No'],
		['{"data":{"errors":{"qty":"No"},"name":["x"]},"errors":["First"]}', 'First; Quantity: No'],
		['{"errors":["",0,1,2,3,4,5,6,7,8,9,10]}', '0; 1; 2; 3; 4; 5; 6; 7; 8; 9'],
		[`{"errors":[${manyErrors}]}`, 'Same'],
		[`{"errors":{"a":[${manyErrors}]}}`, 'a: Same'],
		[`{"errors":{${manyFields.join()}}}`, ''],
		[`{"errors":["${'x'.repeat(301)}"]}`, `${'x'.repeat(300)}…`],
		['["x"]', ''],
	])('validation errors in %.100s', (text, message) => {
		expect(readTexts(text).validationErrors).toBe(quote(message));
	});

	test('without labels, a validation error names GoFive’s key', () => {
		const text = '{"errors":{"qty":["No"]}}';
		const { validationErrors } = readResponseTexts(text, JSON.parse(text), undefined, redactText);
		expect(validationErrors).toBe(quote('qty: No'));
	});

	test.each([
		[' Service unavailable. ', 'Service unavailable'],
		['"Not allowed"', 'Not allowed'],
		['["Not allowed"]', ''],
		['<html>Not allowed</html>', ''],
		['{"message":"No.","errors":["a"]}', 'No; a'],
		['{"status":{"code":"4001","description":"Rejected"},"message":"No"}', 'Rejected'],
		['{"status":{"code":"4001"},"message":"No"}', 'No'],
		['x'.repeat(301), `${'x'.repeat(300)}…`],
	])('message in %.100s', (text, message) => {
		expect(readTexts(text).quote).toBe(quote(message));
	});

	test('secrets are masked before a text is cut, so that no part of one stays', () => {
		const longText = `${'x'.repeat(290)}${SECRET}${'y'.repeat(20)}`;
		const masked = `${'x'.repeat(290)}***${'y'.repeat(7)}…`;
		expect(readTexts(longText).quote).toBe(quote(masked));
		const status = { code: SECRET, description: longText };
		const texts = readTexts(JSON.stringify({ status, errors: [longText] }));
		const validationErrors = quote(masked);
		expect(texts).toEqual({ code: '***', description: masked, validationErrors, quote: quote(`${masked}; ${masked}`) });
	});

	test.each<[number, string]>([
		[200, `{"status":{"code":"4001","description":"${SECRET}"}}`],
		[200, SECRET],
		[302, ''],
		[400, `{"errors":{"qty":["${SECRET}"]}}`],
		[403, SECRET],
		[500, SECRET],
	])('the error of HTTP %i, %s contains no secret', (status, body) => {
		const location = `https://${SECRET}.example`;
		for (const request of [READ, WRITE]) {
			const { error } = evaluateToFailure(buildResponse(status, body, { location }), request);
			expect(error.text).not.toContain(SECRET);
		}
	});
});

const QUANTITY_REJECTED: MessageCase = ['businessError', '', '', quote('Quantity: a')];
const RECORD: ApiRequest = { ...READ, urlTarget: 'record', notFoundNote: undefined };

describe('errors', () => {
	test.each<[number, string, MessageCase]>([
		[200, '{"errors":{"qty":["No"]}}', ['businessError', '', '', quote('Quantity: No')]],
		[200, '{"status":{"description":"No"},"data":false}', ['businessError', '', 'No', '']],
		[200, '[1]', ['unexpectedFormat']],
		[401, 'ACCESS DENIED DUE TO INVALID SUBSCRIPTION KEY', ['subscriptionKeyInvalid']],
		[407, REJECTION, ['proxyAuthRequired']],
		[300, '', ['redirect', 'other.example']],
		[403, REJECTION, ['businessError', '4001', 'No', '']],
		[403, 'QUOTA exceeded', ['quota', quote('QUOTA exceeded')]],
		[404, REJECTION, ['businessError', '4001', 'No', '']],
		[100, '', ['rejected', 100, '']],
		[400, '{"status":{"code":"4001"},"errors":{"qty":["a"]}}', ['businessError', '4001', '', quote('Quantity: a')]],
	])('of a read after HTTP %i, %s: %j', (status, body, message) => {
		const { error } = evaluateToFailure(buildResponse(status, body, HEADERS), READ);
		expect([error.text, error.kind]).toEqual([toGoFiveError(message).text, toGoFiveError(message).kind]);
		expect(getFacts(error)).toEqual({ httpCode: String(status) });
	});

	test('of a record that GoFive does not know, and of a redirect without an address', () => {
		const notFound = evaluateToFailure(buildResponse(404), RECORD).error;
		expect(notFound.text).toBe(toGoFiveError(['notFound', 'record', '']).text);
		const redirect = evaluateToFailure(buildResponse(399, '', { location: '/path' }), READ).error;
		expect(redirect.text).toBe(toGoFiveError(['redirect', '']).text);
		const cutHost = evaluateToFailure(buildResponse(301, '', { location: `https://${'x'.repeat(400)}` }), READ).error;
		expect(cutHost.text).toBe(toGoFiveError(['redirect', `${'x'.repeat(300)}…`]).text);
	});

	test.each<[MessageCase, ...string[]]>([
		[['timeout', 30], 'TIMEOUT', 'ETIMEDOUT', 'ECONNABORTED'],
		[['hostNotFound'], 'ENOTFOUND', 'EAI_AGAIN'],
		[['noConnection'], 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
		[['connectionLost'], 'ECONNRESET', 'EPIPE'],
		[['truncatedResponse'], 'TRUNCATED_RESPONSE'],
		[['certificateInvalid'], 'INVALID_CERTIFICATE'],
		[['tls'], 'TLS_ERROR', 'TLS_HANDSHAKE'],
		[['unknownConnectionError', 'E_X9'], 'E_X9'],
		[['unknownConnectionError', 'HPE_INVALID'], 'HPE_INVALID'],
	])('without a response: %j', (message, ...codes) => {
		for (const code of codes) {
			const { error } = evaluateToFailure(buildConnectionError(code), READ);
			const isOwnCode = /^(?:TIMEOUT|TRUNCATED_RESPONSE|INVALID_CERTIFICATE|TLS_|E_X9|HPE_)/.test(code);
			const expected = toGoFiveError(message);
			const httpCode = isOwnCode ? undefined : code;
			expect([error.text, error.kind, getFacts(error)]).toEqual([expected.text, expected.kind, { httpCode }]);
		}
	});

	test('a truncated response is a lost connection', () => {
		for (const request of [READ, WRITE, BATCH, TOKEN]) {
			const truncated = evaluate(buildResponse(200, '{"data":['), request, CONTEXT);
			const lost = evaluate(buildConnectionError('TRUNCATED_RESPONSE'), request, CONTEXT);
			expect(truncated).toEqual({ ...lost, form: '(not JSON)' });
		}
	});

	test.each<[number, string, MessageCase, string]>([
		[500, 'No.', ['serverError', 500, ''], 'No'],
		[408, '{"errors":{"qty":["No"]}}', ['rejected', 408, ''], 'Quantity: No'],
		[408, REJECTION, ['businessError', '4001', 'No', ''], 'No'],
		[400, '{"status":{"code":"1000"},"message":"No"}', ['businessError', '1000', '', ''], 'No'],
		[401, '{"status":{"code":"1000"}}', ['tokenRejected'], ''],
		[200, '{"message":"No","errors":["a"]}', ['businessError', '', 'No', ''], 'a'],
		[200, '{"errors":["a"]}', ['businessError', '', '', ''], 'a'],
		[200, '{"name":"x","message":"No"}', ['unexpectedFormat'], 'No'],
		[200, '{"data":null,"isSuccess":false,"message":"ลูกค้าถูกปิด"}', ['businessError', '', 'ลูกค้าถูกปิด', ''], ''],
		[200, '{"status":{"code":"1000"},"data":{"value":false},"message":"No"}', ['notConfirmed'], 'No'],
		[200, '{"status":{"code":null,"description":"ไม่ทราบ"},"data":null}', ['businessError', '', 'ไม่ทราบ', ''], ''],
	])('of a write after HTTP %i, %s', (status, body, message, reason) => {
		const failure = evaluateToFailure(buildResponse(status, body), WRITE);
		const description = quote(reason) + MAY_BE_PROCESSED;
		expect(failure.error).toMatchObject({ message: getText(message).message, description });
		expect(getFacts(failure.error)).toEqual({ httpCode: String(status), processed: 'maybe' });
		expect(failure.quote).toBe(quote(reason));
	});

	test('of a write without a response have only the advice about the change', () => {
		const { error } = evaluateToFailure(buildConnectionError('EPIPE'), WRITE);
		const text = { message: messages.connectionLost.message, description: MAY_BE_PROCESSED };
		expect(error).toMatchObject({ ...text, httpCode: 'EPIPE', processed: 'maybe' });
	});

	test('of a write after a redirect begin with the advice about the redirect', () => {
		const { description } = evaluateToFailure(buildResponse(302, 'No', HEADERS), WRITE).error;
		expect(description).toBe(`${messages.redirect('').description} ${MAY_BE_PROCESSED}`);
	});

	test('of a write after a text or a failed TLS connection contain the advice about the connection', () => {
		const text = evaluateToFailure(buildResponse(200, 'Service'), WRITE);
		const advice = messages.notJson('').description;
		expect(text.error.description).toBe(`${quote('Service')}${advice} ${MAY_BE_PROCESSED}`);
		expect(text.quote).toBe(quote('Service'));
		expect(text.error.message).toBe(messages.notJson('plain text').message);
		expect(getFacts(text.error)).toEqual({ httpCode: '200', processed: 'maybe' });
		const { description } = evaluateToFailure(buildConnectionError('TLS_ERROR'), WRITE).error;
		expect(description).toBe(`${messages.tls.description} ${MAY_BE_PROCESSED}`);
	});

	test('of a request that was stopped', () => {
		const timeout: Outcome = { kind: 'aborted', reason: 'timeout' };
		const timedOut = evaluate(timeout, READ, { ...CONTEXT, totalTimeoutSeconds: 90 });
		const shared = { next: 'fail', isTokenAccepted: false, load: 'ignored' };
		expect(timedOut).toMatchObject({ ...shared, error: { ...messages.timeout(90), httpCode: 'ETIMEDOUT' } });
		expect(evaluateToFailure(timeout, READ).error.message).toBe(messages.timeout(300).message);
		expect(evaluateToFailure(timeout, WRITE).error).toMatchObject({ httpCode: 'ETIMEDOUT', processed: 'maybe' });
		for (const [request, error] of [
			[READ, messages.cancelledRead],
			[WRITE, messages.cancelledWrite],
		] as const) {
			const failure = evaluateToFailure({ kind: 'aborted', reason: 'notSent' }, request);
			expect(failure).toMatchObject({ ...shared, error });
			expect(getFacts(failure.error)).toEqual({ aborted: 'beforeSending' });
		}
		const cancelled: Outcome = { kind: 'aborted', reason: 'cancelled' };
		const cancelledError = { ...messages.cancelledInProgress, aborted: 'inProgress' };
		expect(evaluateToFailure(cancelled, READ)).toMatchObject({ ...shared, error: cancelledError });
		for (const outcome of [timeout, cancelled])
			for (const request of [READ, WRITE]) expect(evaluateToFailure(outcome, request).next).toBe('fail');
		const facts = { aborted: 'inProgress', processed: 'maybe' };
		const cancelledWrite = { message: messages.cancelledInProgress.message, description: MAY_BE_PROCESSED, ...facts };
		expect(evaluateToFailure(cancelled, WRITE)).toMatchObject({ ...shared, error: cancelledWrite });
	});

	test('of a request that the end of the run prevented have its text', () => {
		const abortText = messages.pollEnded('Advice.');
		for (const reason of ['notSent', 'cancelled'] as const) {
			const { error } = toFailure(evaluate({ kind: 'aborted', reason }, READ, { ...CONTEXT, abortText }));
			const aborted = reason === 'notSent' ? 'beforeSending' : 'inProgress';
			expect(error).toMatchObject({ ...abortText, aborted });
		}
	});

	test.each<[number, string, MessageCase]>([
		[400, 'No', ['clientCredentialsRejected']],
		[400, '{"error":"invalid_client"}', ['clientCredentialsRejected']],
		[401, '', ['clientCredentialsRejected']],
		[401, 'missing subscription key', ['subscriptionKeyMissing']],
		[404, '', ['tokenEndpointNotFound']],
		[403, 'No', ['forbidden', quote('No')]],
		[200, '<html>', ['notJson', 'a web page']],
		[500, '', ['serverError', 500, '']],
	])('of a request for a token after HTTP %i, %s', (status, body, message) => {
		const outcome = buildResponse(status, body);
		const { error } = toFailure(evaluate(outcome, TOKEN, CONTEXT));
		expect(error).toMatchObject({ ...getText(message), httpCode: String(status) });
	});

	test.each<[number, string, MessageCase]>([
		[405, 'No', ['rejected', 405, quote('No')]],
		[200, REJECTION, ['businessError', '4001', 'No', '']],
		[404, REJECTION, ['tokenEndpointNotFound']],
	])('of a refused request for a token are about no record: HTTP %i, %s', (status, body, message) => {
		const { error, next } = evaluateToFailure(buildResponse(status, body), TOKEN);
		const kind = message[0] === 'tokenEndpointNotFound' ? 'configuration' : 'unclear';
		expect(error).toMatchObject({ ...getText(message, 'token'), kind, httpCode: String(status) });
		expect(next).toBe('endRun');
		// The same response to another request is about its record.
		expect(evaluateToFailure(buildResponse(status, body), READ).error.kind).not.toBe('unclear');
	});

	test('of a write whose key is rejected, with the code of success, says that it may be processed', () => {
		const body = '{"status":{"code":"1000"},"message":"invalid subscription key"}';
		const { error, next } = evaluateToFailure(buildResponse(401, body), WRITE);
		expect([error.processed, next]).toEqual(['maybe', 'fail']);
	});

	test('of a response that cannot be read', () => {
		const unexpected = messages.unexpectedFormat;
		const failure = { error: unexpected, next: 'fail', isTokenAccepted: false, load: 'ignored', quote: '' };
		expect(toUnreadableResult(READ)).toMatchObject(failure);
		const unreadWrite = { message: unexpected.message, description: MAY_BE_PROCESSED, processed: 'maybe' };
		expect(toUnreadableResult(WRITE)).toMatchObject({ ...failure, error: unreadWrite });
	});

	test('of a read whose data is nested too deeply, but not of a write, which GoFive has processed', () => {
		const nest = (depth: number, status = 200) =>
			buildResponse(status, `{"data":${'['.repeat(depth)}${']'.repeat(depth)}}`);
		expect(evaluate(nest(100), READ, CONTEXT)).toHaveProperty('data');
		expect(evaluate(nest(101), READ, CONTEXT)).toEqual({ ...toUnreadableResult(READ), form: 'data[1]' });
		expect(evaluate(nest(101), WRITE, CONTEXT)).toHaveProperty('data');
		const failure = evaluateToFailure(nest(101, 400), WRITE);
		expect(failure.error).toMatchObject({ ...messages.rejected(400, '', 'write'), httpCode: '400' });
	});

	test.each<[string, MessageCase | null, MessageCase | null]>([
		['[{"isSuccess":true},{"error":{"statusCode":"1000"}}]', null, null],
		['[{"isSuccess":true,"error":"x"}]', null, null],
		['[{"isSuccess":true,"error":{"statusCode":"1000","httpStatusCode":200}}]', null, null],
		['[{"isSuccess":true,"error":{"statusCode":0}}]', null, null],
		['[{"isSuccess":true,"error":{"statusCode":200}}]', null, null],
		['[{"isSuccess":true,"error":{"statusCode":"0000"}}]', null, null],
		['[{"isSuccess":false,"error":null}]', ['businessError', '', '', ''], ['businessError', '', '', '']],
		['[{"isSuccess":null,"message":"No"}]', ['rowUnknown'], null],
		['[{"isSuccess":0},{"isSuccess":1},{"isSuccess":""}]', ['rowUnknown'], null],
		['[{"isSuccess":"false"},{"isSuccess":"False"},{"isSuccess":"true"}]', ['rowUnknown'], null],
		['[{"IsSuccess":true}]', null, null],
		['[{"IsSuccess":false,"Message":"No"}]', ['businessError', '', 'No', ''], ['businessError', '', 'No', '']],
		['[{"customerCode":"A","error":{"statusCode":null,"message":null}}]', ['rowUnknown'], null],
		['[{"isSuccess":false,"errors":{"qty":["a"]}}]', QUANTITY_REJECTED, QUANTITY_REJECTED],
		['[{"error":"No"},{"error":"No"}]', ['businessError', '', 'No', ''], ['businessError', '', 'No', '']],
		[
			'[{"error":{"StatusCode":4001,"message":"No"}}]',
			['businessError', '4001', 'No', ''],
			['businessError', '4001', 'No', ''],
		],
		['[]', ['rowUnknown'], null],
		['[{"customerCode":"A"}]', ['rowUnknown'], null],
		['[{"customerCode":"A"},{"isSuccess":true}]', ['rowUnknown'], null],
		['[{"isSuccess":true},{"isSuccess":false}]', ['rowUnknown'], ['rowUnknown']],
		['[{"isSuccess":false},{"isSuccess":true}]', ['rowUnknown'], ['rowUnknown']],
		['[{"isSuccess":false,"error":{"statusCode":"1000"}}]', ['rowUnknown'], ['rowUnknown']],
		[
			'[{"isSuccess":false,"error":{"statusCode":200}}]',
			['businessError', '200', '', ''],
			['businessError', '200', '', ''],
		],
		['[{"isSuccess":true,"error":{"statusCode":"4001"}}]', ['rowUnknown'], ['rowUnknown']],
		['[{"error":{"statusCode":200}}]', ['businessError', '200', '', ''], ['businessError', '200', '', '']],
		[`[{"error":{"statusCode":"${SECRET}"}}]`, ['businessError', '***', '', ''], ['businessError', '***', '', '']],
		[`[{"error":"${SECRET}"}]`, ['businessError', '', '***', ''], ['businessError', '', '***', '']],
	])('of the rows of a batch %s: %j, of a write: %j', (text, message, firstMessage) => {
		const rows = JSON.parse(text) as [];
		const error = rowsToError(rows, LABELS, redactText);
		const firstError = findRowError(rows, LABELS, redactText);
		expect(error?.text).toBe(message ? toGoFiveError(message, 'write').text : undefined);
		expect(firstError?.text).toBe(firstMessage ? toGoFiveError(firstMessage, 'write').text : undefined);
		expect([error?.processed, error?.kind]).toEqual([
			message?.[0] === 'rowUnknown' ? 'maybe' : undefined,
			message ? toGoFiveError(message).kind : undefined,
		]);
	});
});
