import { NodeApiError, type INode } from 'n8n-workflow';
import { GoFiveError, type ErrorText } from '../../nodes/GoFive/api/errors/goFiveError';
import { messages } from '../../nodes/GoFive/api/errors/messages';
import type { ApiRequest } from '../../nodes/GoFive/api/request/request';
import * as envelopes from '../../nodes/GoFive/api/response/envelope';
import { extractResponseData } from '../../nodes/GoFive/api/response/extractResponseData';
import { errorToOutcome, responseToOutcome, type Outcome } from '../../nodes/GoFive/api/response/outcome';
import * as errors from '../../nodes/GoFive/api/response/outcomeToError';
import { parseRetryAfterMs } from '../../nodes/GoFive/api/response/retryAfter';
import { isRetryable } from '../../nodes/GoFive/api/response/retryRules';
import { findFirstRowError, rowsToError } from '../../nodes/GoFive/api/response/rowErrors';
import { quoteServerMessage, quoteValidationErrors } from '../../nodes/GoFive/api/response/serverMessage';
import { getWriteStatus, withWriteStatus } from '../../nodes/GoFive/api/response/writeStatus';
import { isObject } from '../../nodes/GoFive/shared/json';
import { clock } from '../../nodes/GoFive/time/clock';
import { readCases } from './readCases.cts';

/** Name of a message and its values. A value may be a quotation. */
type MessageCase = [keyof typeof messages, ...unknown[]];
type EnvelopeFields = Partial<envelopes.Envelope> & { isWhole?: boolean };

type TextCases = Record<'messageText' | 'validationErrors' | 'serverMessage', Array<[string, string]>>;
interface Cases extends TextCases {
	foreign: string[];
	envelope: Array<[string, EnvelopeFields]>;
	anyJson: Array<[string, EnvelopeFields]>;
	success: Array<[EnvelopeFields, boolean, boolean, boolean]>;
	form: Array<[string, string | null]>;
	truncated: Array<[string, boolean]>;
	data: Array<[Omit<ApiRequest, 'path'>, number, string, { data: unknown } | null]>;
	outcome: Array<[unknown, number, string, object]>;
	errorCode: Array<[string, ...unknown[]]>;
	retryAfter: Array<[unknown, number | null]>;
	writeStatus: Array<[string, string, string, string]>;
	readError: Array<[number | string, string, MessageCase, object]>;
	uncertainWrite: Array<[number, string, MessageCase, string]>;
	tokenError: Array<[number, string, MessageCase, boolean]>;
	rowErrors: Array<[string, MessageCase | null, MessageCase | null]>;
}
const cases = readCases<Cases>('responseCases');

const LABELS = { qty: 'Quantity', quotationdetails: 'Products', quotationdate: 'Quotation Date' };
const HEADERS = { 'retry-after': '3', location: 'https://other.example/path' };
const READ = { timeout: 30, attempts: 2, labels: LABELS, notFoundNote: 'Check the path. ', effect: 'read' as const };
const WRITE = { ...READ, effect: 'write' as const };

function buildResponse(status: number, text = '', headers = {}): Outcome {
	return { kind: 'response', status, headers, text };
}
const buildFailure = (code: string): Outcome => ({ kind: 'connectionError', code });
const quote = (text: string) => (text ? `GoFive's message: "${text}". ` : '');

/** Returns the text of a message. */
function getText([name, ...values]: MessageCase): ErrorText {
	const message = messages[name] as ErrorText | ((...texts: unknown[]) => ErrorText);
	const texts = values.map((value) => (isObject(value) && 'quote' in value ? quote(String(value.quote)) : value));
	return typeof message === 'function' ? message(...texts) : message;
}

const toGoFiveError = (messageCase: MessageCase) => new GoFiveError(getText(messageCase));

beforeEach(() => void jest.spyOn(clock, 'now').mockReturnValue(Date.parse('2025-06-15T05:00:00Z')));
afterEach(() => void jest.restoreAllMocks());

describe('envelope', () => {
	test.each(cases.envelope)('GoFive may have sent %s', (text, fields) => {
		expect(envelopes.parseEnvelope(text)).toEqual({ description: '', ...fields, body: JSON.parse(text) });
	});

	test.each(cases.foreign)('GoFive cannot have sent %j', (text) => {
		expect(envelopes.parseEnvelope(text)).toBeUndefined();
	});

	test.each(cases.anyJson)('any JSON is accepted: %s', (text, { isWhole, ...fields }) => {
		const body = JSON.parse(text) as unknown;
		const data = isWhole ? body : fields.data;
		expect(envelopes.parseEnvelope(text, true)).toEqual({ description: '', data, ...fields, body });
		expect(envelopes.extractData(body)).toEqual(data);
	});

	const nestMessage = (depth: number) => `${'{"error":'.repeat(depth - 1)}{"message":"No"}${'}'.repeat(depth - 1)}`;

	test.each([...cases.messageText, [nestMessage(10), 'No'], [nestMessage(11), '']])(
		'message in %s',
		(text, message) => {
			expect(envelopes.findMessageText(JSON.parse(text) as Record<string, unknown>)).toBe(message);
		},
	);

	test.each(cases.success)('%j: %p, %p, %p', (fields, ...results) => {
		const envelope = { description: '', data: undefined, body: {}, ...fields };
		const [readSucceeds, writeSucceeds] = (['read', 'write'] as const).map((effect) =>
			envelopes.isSuccess(envelope, effect),
		);
		expect([readSucceeds, writeSucceeds, envelopes.isRejected(envelope)]).toEqual(results);
	});

	test.each(cases.form)('%j is named %p', (text, form) => {
		expect(envelopes.describeNonJson(text)).toBe(form ?? undefined);
	});

	test.each(cases.truncated)('%j is truncated JSON: %p', (text, isTruncated) => {
		expect(envelopes.isTruncatedJson(text)).toBe(isTruncated);
	});

	test('lists of records are filled and contain only objects', () => {
		const lists = { a: [{ x: 1 }], b: [], c: [1], d: [{}, 1], e: 'x', f: [{}, {}], g: { length: 1 } };
		expect(envelopes.findRecordLists(lists)).toEqual([lists.a, lists.f]);
	});
});

describe('outcome', () => {
	test.each(cases.data)('data for %j after HTTP %i, %s: %j', (request, status, text, result) => {
		const outcome = buildResponse(status, text);
		expect(extractResponseData(outcome, { ...request, path: '/' })).toEqual(result ?? { outcome });
	});

	test('a truncated response is a lost connection, and an outcome without a response stays as it is', () => {
		const request: ApiRequest = { method: 'POST', path: '/', expectsRowResults: true };
		const truncated = extractResponseData(buildResponse(200, '{"data":['), request);
		expect(truncated).toEqual({ outcome: buildFailure('TRUNCATED_RESPONSE') });
		const outcome: Outcome = { kind: 'aborted', reason: 'timeout' };
		expect(extractResponseData(outcome, request)).toEqual({ outcome });
		expect([isRetryable(outcome, 'read'), getWriteStatus(outcome)]).toEqual([false, 'unknown']);
	});

	test.each(cases.outcome)('response or error %j: HTTP %i, %s, %j', (value, ...parts) => {
		const convert = isObject(value) && 'statusCode' in value ? responseToOutcome : errorToOutcome;
		expect(convert(value)).toEqual(buildResponse(...parts));
	});

	test.each(cases.errorCode)('%s', (code, ...thrownValues) => {
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

	test.each(cases.retryAfter)('Retry-After %j: %p ms', (value, delayMs) => {
		expect(parseRetryAfterMs({ 'retry-after': value })).toBe(delayMs ?? undefined);
	});

	test.each(cases.writeStatus)('%s with %j is retried for %j, and a write is %s', (codes, text, kinds, writeStatus) => {
		for (const code of codes.split(' ')) {
			const outcome = /^\d/.test(code) ? buildResponse(Number(code), text) : buildFailure(code);
			const retriedKinds = (['read', 'write', 'token'] as const).filter((kind) => isRetryable(outcome, kind));
			expect([code, retriedKinds.join(' '), getWriteStatus(outcome)]).toEqual([code, kinds, writeStatus]);
		}
	});
});

const manyErrors = `${'"Same",'.repeat(100)}"Not read"`;
const manyFields = Array.from({ length: 101 }, (_, index) => `"${index}":[${index === 100 ? '"Not read"' : ''}]`);

test.each([
	...cases.validationErrors,
	[`{"errors":[${manyErrors}]}`, 'Same'],
	[`{"errors":{"a":[${manyErrors}]}}`, 'a: Same'],
	[`{"errors":{${manyFields.join()}}}`, ''],
	[`{"errors":["${'x'.repeat(301)}"]}`, `${'x'.repeat(300)}…`],
])('validation errors in %.100s', (text, message) => {
	expect(quoteValidationErrors(text, LABELS)).toBe(quote(message));
});

test.each([...cases.serverMessage, ['x'.repeat(301), `${'x'.repeat(300)}…`]])('message in %.100s', (text, message) => {
	expect(quoteServerMessage(text)).toBe(quote(message));
});

describe('errors', () => {
	test.each(cases.readError)('of a read after %p, %s: %j, %j', (code, body, message, origin) => {
		const outcome = typeof code === 'number' ? buildResponse(code, body, HEADERS) : buildFailure(code);
		const error = errors.outcomeToError(outcome, READ);
		expect([error.text, error.cause]).toEqual([toGoFiveError(message).text, toGoFiveError(message).cause]);
		expect(error.origin).toEqual(origin);
	});

	test.each(cases.uncertainWrite)('of a write after HTTP %i, %s', (status, body, message, reason) => {
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

	test.each(cases.tokenError)(
		'of a request for a token after HTTP %i, %s',
		(status, body, message, isTokenRejected) => {
			const outcome = buildResponse(status, body);
			const origin = { httpCode: String(status) };
			expect(errors.tokenOutcomeToError(outcome, 30)).toMatchObject({ ...getText(message), origin });
			expect(errors.isTokenRejected(outcome)).toBe(isTokenRejected);
		},
	);

	test('without a response, and while a response is read', () => {
		const error = new GoFiveError(messages.tokenMissing);
		expect(errors.isTokenRejected(buildFailure('TIMEOUT'))).toBe(false);
		const signingError = errors.tokenOutcomeToError({ kind: 'signingError', error }, 30);
		expect([signingError, errors.toResponseError(error)]).toEqual([error, error]);
		const unexpected = { ...messages.unexpectedFormat, origin: { httpCode: '200' } };
		expect(errors.toResponseError(new RangeError('Maximum call stack size exceeded'))).toMatchObject(unexpected);
	});

	test.each(cases.rowErrors)('of the rows %s: %j, of the first one: %j', (text, message, firstMessage) => {
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
