import { NodeApiError, type INode } from 'n8n-workflow';
import { GoFiveError, type ErrorText } from '../../nodes/GoFive/api/errors/goFiveError';
import { messages } from '../../nodes/GoFive/api/errors/messages';
import type { ApiRequest } from '../../nodes/GoFive/api/request/request';
import * as envelopes from '../../nodes/GoFive/api/response/envelope';
import { extractResponseData } from '../../nodes/GoFive/api/response/extractResponseData';
import {
	errorToOutcome,
	isRateLimited,
	responseToOutcome,
	type Outcome,
} from '../../nodes/GoFive/api/response/outcome';
import * as errors from '../../nodes/GoFive/api/response/outcomeToError';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/response/retryAfter';
import { isRetryable } from '../../nodes/GoFive/api/response/retryRules';
import { findFirstRowError, rowsToError } from '../../nodes/GoFive/api/response/rowErrors';
import { quoteServerMessage, quoteValidationErrors } from '../../nodes/GoFive/api/response/serverMessage';
import { getWriteStatus, withWriteStatus } from '../../nodes/GoFive/api/response/writeStatus';
import { isObject } from '../../nodes/GoFive/shared/json';
import { clock } from '../../nodes/GoFive/time/clock';

/** Name of a message and its values. */
type MessageCase = [keyof typeof messages, ...unknown[]];
type EnvelopeFields = Partial<envelopes.Envelope> & { isWhole?: boolean };

const LABELS = { qty: 'Quantity', quotationdetails: 'Products', quotationdate: 'Quotation Date' };
const GET = { method: 'GET' } as const;
const DELETE = { method: 'DELETE' } as const;
const BATCH = { method: 'POST', expectsRowResults: true } as const;
const HEADERS = { 'retry-after': '3', location: 'https://other.example/path' };
const READ = { timeout: 30, attempts: 2, labels: LABELS, notFoundNote: 'Check the path. ', effect: 'read' as const };
const WRITE = { ...READ, effect: 'write' as const };

const REJECTION = '{"status":{"code":"4001","description":"No"}}';
/** Origin of an error whose code is not one of Node.js. */
const NO_CODE = { reason: 'connectionError' };
/** Names of hosts that contain words of other causes. */
const HOSTS = ['ssl-gateway', 'cancelled', 'certificate', 'tls.err_canceled'];

function buildResponse(status: number, text = '', headers = {}): Outcome {
	return { kind: 'response', status, headers, text };
}
const buildFailure = (code: string): Outcome => ({ kind: 'connectionError', code });
const quote = (text: string) => (text ? `GoFive's message: "${text}". ` : '');

/** Returns the text of a message. */
function getText([name, ...values]: MessageCase): ErrorText {
	const message = messages[name] as ErrorText | ((...texts: unknown[]) => ErrorText);
	return typeof message === 'function' ? message(...values) : message;
}

const toGoFiveError = (messageCase: MessageCase) => new GoFiveError(getText(messageCase));

beforeEach(() => void jest.spyOn(clock, 'now').mockReturnValue(Date.parse('2025-06-15T05:00:00Z')));
afterEach(() => void jest.restoreAllMocks());

describe('envelope', () => {
	test.each<[string, EnvelopeFields]>([
		['{"status":{"code":1000},"data":{"value":[1]}}', { code: '1000', data: [1] }],
		['{"data":{"value":[1],"total":1,"count":1,"take":1,"skip":0}}', { data: [1] }],
		['{"data":{"value":"x"}}', { data: 'x' }],
		['{"data":{"value":"x","total":1}}', { data: { value: 'x', total: 1 } }],
		['{"data":{"value":[1],"name":"x"}}', { data: { value: [1], name: 'x' } }],
		['{"status":"failed","data":{"value":[1]}}', { code: '', data: { value: [1] }, description: 'failed' }],
		['{"errors":{"code":["No"]}}', { failureSign: 'certain' }],
		['{"data":{"isSuccess":false}}', { data: { isSuccess: false }, failureSign: 'possible' }],
		['{"data":{"isSuccess":true,"error":null}}', { data: { isSuccess: true, error: null } }],
	])('GoFive may have sent %s', (text, fields) => {
		expect(envelopes.parseEnvelope(text)).toEqual({ description: '', ...fields, body: JSON.parse(text) });
	});

	test.each([
		'[1]',
		'null',
		'{"status":"ok"}',
		'{"value":[1]}',
		'{"error":"","errors":{},"success":true}',
		'{"error":false}',
	])('GoFive cannot have sent %j', (text) => {
		expect(envelopes.parseEnvelope(text)).toBeUndefined();
	});

	test.each<[string, EnvelopeFields]>([
		['"x"', { isWhole: true }],
		['{"name":"x"}', { isWhole: true }],
		['{"data":"x","success":false}', { data: 'x', failureSign: 'certain' }],
		['{"status":"open","data":1}', { isWhole: true, description: 'open', failureSign: 'possible' }],
		['{"status":{"code":"open"}}', { code: 'open' }],
		['{"status":{"code":"open"},"data":1}', { data: 1, code: 'open' }],
		['{"status":{"code":"4001"},"name":"x"}', { code: '4001' }],
		['{"status":{"code":"x1"},"name":"x"}', { isWhole: true, failureSign: 'possible' }],
	])('any JSON is accepted: %s', (text, { isWhole, ...fields }) => {
		const body = JSON.parse(text) as unknown;
		const data = isWhole ? body : fields.data;
		expect(envelopes.parseEnvelope(text, true)).toEqual({ description: '', data, ...fields, body });
		expect(envelopes.extractData(body)).toEqual(data);
	});

	const nestMessage = (depth: number) => `${'{"error":'.repeat(depth - 1)}{"message":"No"}${'}'.repeat(depth - 1)}`;

	test.each([
		['{"error_description":"b","detail":"c"}', 'b'],
		['{"detail":"c","title":"d"}', 'c'],
		['{"title":"d","error":"e"}', 'd'],
		['{"data":{"value":{"message":"a"}}}', 'a'],
		[nestMessage(10), 'No'],
		[nestMessage(11), ''],
	])('message in %s', (text, message) => {
		expect(envelopes.findMessageText(JSON.parse(text) as Record<string, unknown>)).toBe(message);
	});

	test.each<[EnvelopeFields, boolean, boolean, boolean]>([
		[{ code: '1000', data: false }, true, false, false],
		[{ data: true }, true, true, false],
		[{ data: {} }, true, true, false],
		[{ data: false }, true, false, false],
		[{ data: {}, failureSign: 'certain' }, false, false, false],
	])('%j: %p, %p, %p', (fields, ...results) => {
		const envelope = { description: '', data: undefined, body: {}, ...fields };
		const [readSucceeds, writeSucceeds] = (['read', 'write'] as const).map((effect) =>
			envelopes.isSuccess(envelope, effect),
		);
		expect([readSucceeds, writeSucceeds, envelopes.isRejected(envelope)]).toEqual(results);
	});

	test.each<[string, ...string[]]>([
		['an empty response', '', ' \n'],
		['a web page', ' <!DOCTYPE html>', '<?xml version="1.0"?>', '<H1>No</H1>'],
		['plain text', '<1>', 'No <html>', '{"a"'],
	])('%p is the name of %j, %j', (form, ...texts) => {
		expect(texts.map((text) => envelopes.describeNonJson(text))).toEqual(texts.map(() => form));
	});

	test.each<[boolean, ...string[]]>([
		[true, ' { ', '\n{\n"data":[1'],
		[false, '{"data":[1]}', '{data', '[{"a":1', 'No {"a":1'],
	])('truncated JSON: %p, %j', (isTruncated, ...texts) => {
		expect(texts.map(envelopes.isTruncatedJson)).toEqual(texts.map(() => isTruncated));
	});

	test('lists of records are filled and contain only objects', () => {
		const lists = { a: [{ x: 1 }], b: [], c: [1], d: [{}, 1], e: 'x', f: [{}, {}], g: { length: 1 } };
		expect(envelopes.findRecordLists(lists)).toEqual([lists.a, lists.f]);
	});
});

describe('outcome', () => {
	test.each<[Omit<ApiRequest, 'path'>, number, string, unknown]>([
		[GET, 200, '{"status":{"code":"1000"},"data":[1]}', [1]],
		[GET, 200, '{"status":{"code":"4001"},"data":[{"isSuccess":false}]}', undefined],
		[GET, 204, 'ignored', null],
		[GET, 200, '', undefined],
		[DELETE, 200, ' ', null],
		[DELETE, 200, 'Service', undefined],
		[{ method: 'POST', effect: 'read' }, 200, '{"data":null}', null],
		[{ ...GET, returnsFullBody: true }, 200, '{"data":[1]}', { data: [1] }],
		[BATCH, 200, '{"status":{"code":"4001"},"data":[1,{"isSuccess":false}]}', [1, { isSuccess: false }]],
		[BATCH, 499, '{"data":{"total":1,"results":[{"isSuccess":false}]}}', [{ isSuccess: false }]],
		[BATCH, 500, '{"data":[{"isSuccess":false}]}', undefined],
		[BATCH, 200, '{"status":{"code":"4001"},"data":[{"code":"A"},"isSuccess"]}', undefined],
	])('%j with the response HTTP %i, %s: data %j', (request, status, text, data) => {
		const outcome = buildResponse(status, text);
		expect(extractResponseData(outcome, { ...request, path: '/' })).toEqual(
			data === undefined ? { outcome } : { data },
		);
	});

	test('a truncated response is a lost connection, and an outcome without a response stays as it is', () => {
		const request = { ...BATCH, path: '/' };
		const truncated = extractResponseData(buildResponse(200, '{"data":['), request);
		expect(truncated).toEqual({ outcome: buildFailure('TRUNCATED_RESPONSE') });
		const outcome: Outcome = { kind: 'aborted', reason: 'timeout' };
		expect(extractResponseData(outcome, request)).toEqual({ outcome });
		expect([isRetryable(outcome, 'read'), getWriteStatus(outcome)]).toEqual([false, 'unknown']);
	});

	test.each<[unknown, number, string, object]>([
		[{ statusCode: 200, headers: null, body: [1] }, 200, '[1]', {}],
		[{ statusCode: 204, body: null }, 204, '', {}],
		[{ cause: { response: { status: 500, data: 'x' } }, context: { data: 'y' } }, 500, 'x', {}],
		[{ response: { status: 302, headers: { a: '1' }, data: 'x' } }, 302, 'x', { a: '1' }],
	])('response or error %j: HTTP %i, %s, %j', (value, ...parts) => {
		const convert = isObject(value) && 'statusCode' in value ? responseToOutcome : errorToOutcome;
		expect(convert(value)).toEqual(buildResponse(...parts));
	});

	test.each<[string, ...unknown[]]>([
		['ENOTFOUND', ...HOSTS.map((host) => ({ code: 'ENOTFOUND', message: `getaddrinfo ENOTFOUND ${host}.example` }))],
		['EADDRNOTAVAIL', { messages: ['SSL', 'EADDRNOTAVAIL'] }],
		['TIMEOUT', { code: 'ECONNABORTED', message: 'timeout of 60000ms exceeded' }, 'Timeout of 5 ms exceeded'],
		['TLS_HANDSHAKE', 'Client network socket disconnected before secure TLS connection was established: aborted'],
		['ECONNRESET', 'socket hang up', 'stream has been aborted by x', { code: 'ECONNABORTED', message: 'x' }],
		['ECONNRESET', 'read EHOSTUNREACH', 'write ENETUNREACH', { message: 'x', cause: { message: 'aborted' } }],
		['TRUNCATED_RESPONSE', 'unexpected end of file', 'Z_BUF_ERROR', 'Z_DATA_ERROR', 'Decompression failed'],
		['TRUNCATED_RESPONSE', { httpCode: '200', message: 'x' }, { response: { status: 299 } }],
		['INVALID_CERTIFICATE', 'Hostname does not match the certificate', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED'],
		['TLS_ERROR', 'ERR_SSL_WRONG_VERSION_NUMBER', 'write EPROTO', 'tls alert', 'bad certificate:SSL alert number 42'],
		['EHOSTUNREACH', 'connect ETIMEDOUT 203.0.113.1:443', 'connect EHOSTUNREACH 203.0.113.1:443'],
		['HPE_INVALID_CONSTANT', 'Failed (HPE_INVALID_CONSTANT)'],
		['NO_ANSWER', 'aborted by x', 'timeout of x ms exceeded', { httpCode: '600' }, { httpCode: '4040' }],
		['NO_ANSWER', { httpCode: '1404' }, { httpCode: '2000' }, { code: 'ECONNRESETx' }, null],
	])('%s', (code, ...thrownValues) => {
		const thrownErrors = thrownValues.map((value) => (typeof value === 'string' ? { message: value } : value));
		expect(thrownErrors.map(errorToOutcome)).toEqual(thrownErrors.map(() => buildFailure(code)));
	});

	test.each([
		[undefined, { reason: 'configuration' }],
		['401', { httpCode: '401' }],
	])('error of the credential with HTTP status %p', (httpCode, origin) => {
		const error = new NodeApiError({} as INode, {}, { httpCode });
		expect(errorToOutcome(error).kind).not.toBe('signingError');
		const tokenOutcome = buildFailure('EPIPE');
		error.context = { goFiveCredential: { message: 'No', description: 'Not now.', tokenOutcome } };
		const outcome = errorToOutcome(error);
		expect(outcome).toMatchObject({ kind: 'signingError', error: { message: 'No', origin }, tokenOutcome });
		expect([isRetryable(outcome, 'token'), getWriteStatus(outcome)]).toEqual([false, 'notDone']);
	});

	test.each<[number | undefined, ...unknown[]]>([
		[1250, ' 1.25 '],
		[500, '0.1'],
		[120_000, '121'],
		[10_000, 'Sun, 15 Jun 2025 05:00:10 GMT'],
		[undefined, '0', '-1', 'soon', '1.', '3 s', 'Sun, 15 Jun 2025 05:00:00 GMT', {}],
	])('%p ms for Retry-After %j', (delayMs, ...values) => {
		const delaysMs = values.map((value) => parseRetryAfterMs({ 'retry-after': value }));
		expect(delaysMs).toEqual(values.map(() => delayMs));
	});

	test.each([
		['ENOTFOUND EAI_AGAIN ECONNREFUSED EADDRNOTAVAIL EHOSTUNREACH', '', 'read write token', 'notDone'],
		['ENETUNREACH TLS_HANDSHAKE 429', '', 'read write token', 'notDone'],
		['INVALID_CERTIFICATE 100 400 401 404 407', '', '', 'notDone'],
		['ECONNRESET EPIPE TRUNCATED_RESPONSE', '', 'read token', 'unknown'],
		['TIMEOUT ETIMEDOUT TLS_ERROR NO_ANSWER 0 99', '', '', 'unknown'],
		['200 299', '{"status":{"code":"1000"},"data":[]}', '', 'done'],
		['199 200 299 400 409', '{"status":{"code":"4001"}}', '', 'notDone'],
		['200 300 399 408 501', 'Service', '', 'unknown'],
		['429', '{"status":{"code":"1000"},"data":[]}', 'read token', 'unknown'],
		['500', '', 'token', 'unknown'],
		['502 503 504', '{"status":{"code":"4001"}}', 'read token', 'unknown'],
	])('%s with %j is retried for %j, and a write is %s', (codes, text, kinds, writeStatus) => {
		for (const code of codes.split(' ')) {
			const outcome = /^\d/.test(code) ? buildResponse(Number(code), text) : buildFailure(code);
			const retriedKinds = (['read', 'write', 'token'] as const).filter((kind) => isRetryable(outcome, kind));
			expect([code, retriedKinds.join(' '), getWriteStatus(outcome)]).toEqual([code, kinds, writeStatus]);
			expect([code, isRateLimited(outcome)]).toEqual([code, code === '429']);
		}
	});
});

const manyErrors = `${'"Same",'.repeat(100)}"Not read"`;
const manyFields = Array.from({ length: 101 }, (_, index) => `"${index}":[${index === 100 ? '"Not read"' : ''}]`);

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
])('validation errors in %.100s', (text, message) => {
	expect(quoteValidationErrors(text, LABELS)).toBe(quote(message));
});

test.each([
	[' Service unavailable. ', 'Service unavailable'],
	['"Not allowed"', 'Not allowed'],
	['<html>Not allowed</html>', ''],
	['{"message":"No.","errors":["a"]}', 'No; a'],
	['{"status":{"code":"4001","description":"Rejected"},"message":"No"}', 'Rejected'],
	['x'.repeat(301), `${'x'.repeat(300)}…`],
])('message in %.100s', (text, message) => {
	expect(quoteServerMessage(text)).toBe(quote(message));
});

const QUANTITY_REJECTED: MessageCase = ['businessError', '', '', quote('Quantity: a')];

describe('errors', () => {
	test.each<[number, string, MessageCase, boolean?]>([
		[200, REJECTION, ['businessError', '4001', 'No', ''], true],
		[200, '{"errors":{"qty":["No"]}}', ['businessError', '', '', quote('Quantity: No')]],
		[200, '{"status":{"description":"No"},"data":false}', ['businessError', '', 'No', '']],
		[200, '', ['notJson', 'an empty response']],
		[200, '[1]', ['unexpectedFormat']],
		[401, 'No', ['tokenRejected']],
		[401, '{"message":"Access denied due to missing subscription key."}', ['subscriptionKeyMissing']],
		[401, 'ACCESS DENIED DUE TO INVALID SUBSCRIPTION KEY', ['subscriptionKeyInvalid']],
		[429, REJECTION, ['rateLimit', 3000], true],
		[407, REJECTION, ['proxyAuthRequired'], true],
		[300, '', ['redirect', 'other.example']],
		[500, REJECTION, ['serverError', 500, 2, quote('No')]],
		[403, 'No', ['forbidden', quote('No')]],
		[403, 'QUOTA exceeded', ['quota']],
		[403, 'Quota: 01:02:03', ['quota', { renewsIn: '01:02:03', resetsAtEpochMs: 1749967323000 }]],
		[403, 'Quota: 1.00:00:01', ['quota', { renewsIn: '1 day and 00:00:01', resetsAtEpochMs: 1750050001000 }]],
		[403, 'Quota: 12.01:00:00', ['quota', { renewsIn: '12 days and 01:00:00', resetsAtEpochMs: 1751004000000 }]],
		[404, 'No', ['notFound', 'operation', `${quote('No')}Check the path. `]],
		[400, '{"message":"No","errors":{"qty":["a"]}}', ['rejected', 400, quote('No; Quantity: a')]],
	])('of a read after HTTP %i, %s: %j', (status, body, message, isBusinessError = false) => {
		const error = errors.outcomeToError(buildResponse(status, body, HEADERS), READ);
		expect([error.text, error.cause]).toEqual([toGoFiveError(message).text, toGoFiveError(message).cause]);
		expect(error.origin).toEqual({ httpCode: String(status), ...(isBusinessError && { isBusinessError }) });
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
	])('without a response: %j', (message, ...codes) => {
		for (const code of codes) {
			const { text, origin } = errors.outcomeToError(buildFailure(code), READ);
			const isOwnCode = /^(?:TIMEOUT|TRUNCATED_RESPONSE|INVALID_CERTIFICATE|TLS_|E_X9)/.test(code);
			expect([text, origin]).toEqual([toGoFiveError(message).text, isOwnCode ? NO_CODE : { httpCode: code }]);
		}
	});

	test.each<[number, string, MessageCase, string]>([
		[500, 'No.', ['serverError', 500, 2, ''], 'No'],
		[408, '{"errors":{"qty":["No"]}}', ['rejected', 408, ''], 'Quantity: No'],
		[400, '{"status":{"code":"1000"},"message":"No"}', ['businessError', '1000', '', ''], 'No'],
		[200, '{"message":"No","errors":["a"]}', ['businessError', '', 'No', ''], 'a'],
		[200, 'Service', ['notJson', 'plain text'], 'Service'],
		[200, '{"data":null,"isSuccess":false,"message":"ลูกค้าถูกปิด"}', ['businessError', '', 'ลูกค้าถูกปิด', ''], ''],
		[200, '{"data":{"value":{"isSuccess":false,"Message":"Closed"}}}', ['businessError', '', 'Closed', ''], ''],
		[200, '{"data":null}', ['unexpectedFormat'], ''],
		[200, '{"status":{"code":"1000"},"data":false}', ['notConfirmed'], ''],
		[200, '{"status":{"code":null,"description":"ไม่ทราบ"},"data":null}', ['businessError', '', 'ไม่ทราบ', ''], ''],
	])('of a write after HTTP %i, %s', (status, body, message, reason) => {
		const error = errors.outcomeToError(buildResponse(status, body), WRITE);
		const description = quote(reason) + messages.mayBeProcessed;
		const origin = { httpCode: String(status), mayBeProcessed: true };
		expect(error).toMatchObject({ message: getText(message).message, description, cause: undefined, origin });
	});

	test('of a write after a redirect begin with the advice about the redirect', () => {
		const { description } = errors.outcomeToError(buildResponse(302, 'No', HEADERS), WRITE);
		expect(description).toBe(`${messages.redirect('').description} ${messages.mayBeProcessed}`);
	});

	test('of a write that was or may have been processed say so', () => {
		const error = new GoFiveError(getText(['tls']), { httpCode: 'EPROTO' });
		expect(withWriteStatus(error, 'done', 'read')).toBe(error);
		expect(withWriteStatus(error, 'unknown', 'read')).toBe(error);
		expect(withWriteStatus(error, 'notDone', 'write')).toBe(error);
		expect(withWriteStatus(error, 'unknown', 'write').description).toBe(messages.mayBeProcessed);
		const description = `${messages.tls.description} ${messages.alreadyProcessed}`;
		expect(withWriteStatus(error, 'done', 'write')).toMatchObject({
			...messages.tls,
			description,
			origin: error.origin,
		});
	});

	test('of a request that was stopped', () => {
		const timedOut = errors.outcomeToError({ kind: 'aborted', reason: 'timeout' }, { ...READ, totalTimeout: 90 });
		expect(timedOut).toMatchObject({ ...messages.timeout(90), origin: { httpCode: 'ETIMEDOUT' } });
		const notSent = { ...messages.cancelled, origin: { reason: 'notSent' } };
		expect(errors.createNotSentError({ ...READ, attempts: 0 })).toMatchObject(notSent);
		expect(errors.createNotSentError(WRITE)).toMatchObject(notSent);
		const cancelled = { ...messages.cancelledInProgress, origin: { reason: 'cancelled' } };
		expect(errors.createNotSentError(READ)).toMatchObject(cancelled);
	});

	test.each<[number, string, MessageCase, boolean]>([
		[400, 'No', ['clientCredentialsRejected'], false],
		[401, '', ['clientCredentialsRejected'], true],
		[401, 'missing subscription key', ['subscriptionKeyMissing'], false],
		[404, '', ['tokenEndpointNotFound'], false],
		[404, 'invalid subscription key', ['notFound', 'operation', quote('invalid subscription key')], false],
		[500, '', ['serverError', 500, 1, ''], false],
	])('of a request for a token after HTTP %i, %s', (status, body, message, isTokenRejected) => {
		const outcome = buildResponse(status, body);
		const origin = { httpCode: String(status) };
		expect(errors.tokenOutcomeToError(outcome, 30)).toMatchObject({ ...getText(message), origin });
		expect(errors.isTokenRejected(outcome)).toBe(isTokenRejected);
	});

	test('without a response, and while a response is read', () => {
		const error = new GoFiveError(messages.tokenMissing);
		expect(errors.isTokenRejected(buildFailure('TIMEOUT'))).toBe(false);
		const signingError = errors.tokenOutcomeToError({ kind: 'signingError', error }, 30);
		expect([signingError, errors.toResponseError(error)]).toEqual([error, error]);
		const unexpected = { ...messages.unexpectedFormat, origin: { httpCode: '200' } };
		expect(errors.toResponseError(new RangeError('Maximum call stack size exceeded'))).toMatchObject(unexpected);
	});

	test.each<[string, MessageCase | null, MessageCase | null]>([
		['[{"isSuccess":true},{"error":{"statusCode":"1000"}}]', null, null],
		['[{"isSuccess":false,"errors":{"qty":["a"]}}]', QUANTITY_REJECTED, QUANTITY_REJECTED],
		['[{"error":"No"},{"error":"No"}]', ['businessError', '', 'No', ''], ['businessError', '', 'No', '']],
		['[]', ['rowUnknown'], null],
		['[{"customerCode":"A"},{"isSuccess":true}]', ['rowUnknown'], null],
		['[{"isSuccess":true},{"isSuccess":false}]', ['rowUnknown'], ['businessError', '', '', '']],
		['[{"isSuccess":false,"error":{"statusCode":"1000"}}]', ['rowUnknown'], ['rowUnknown']],
	])('of the rows %s: %j, of the first one: %j', (text, message, firstMessage) => {
		const rows = JSON.parse(text) as [];
		const [error, firstError] = [rowsToError(rows, LABELS), findFirstRowError(rows, LABELS)];
		expect(error?.text).toBe(message ? toGoFiveError(message).text : undefined);
		expect(firstError?.text).toBe(firstMessage ? toGoFiveError(firstMessage).text : undefined);
		const { mayBeProcessed = false, isBusinessError = false, httpCode = '200' } = error?.origin ?? {};
		expect(httpCode).toBe('200');
		expect([mayBeProcessed, isBusinessError]).toEqual([
			message?.[0] === 'rowUnknown',
			message?.[0] === 'businessError',
		]);
	});
});
