import fc from 'fast-check';
import { computeBackoffMs, ConcurrencyLimiter } from '../../nodes/GoFive/api/concurrencyLimiter';
import { toEnvelope } from '../../nodes/GoFive/api/envelope';
import { evaluate } from '../../nodes/GoFive/api/evaluate';
import { MAY_BE_PROCESSED } from '../../nodes/GoFive/api/messages';
import { errorToOutcome, responseToOutcome, type Outcome } from '../../nodes/GoFive/api/outcome';
import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { MAX_RETRY_DELAY_MS, parseRetryAfterMs } from '../../nodes/GoFive/api/httpStatus';
import { assertMayUse, parseBaseUrl, sign, type RequestOptions } from '../../nodes/GoFive/api/signing';
import { toRecordList } from '../../nodes/GoFive/operation/records/records';
import { parseJson } from '../../nodes/GoFive/shared/json';
import { clock } from '../../nodes/GoFive/time/clock';
import { responseBodyArbitrary, textArbitrary, toJsonText } from '../support/arbitraries.cts';
import { assertClearMessage, getResultOrClearError } from '../support/clearMessages.cts';
import { CONNECTION_ERROR_CODES } from '../support/responses.cts';

const MINUTE_MS = 60_000;

const READ: ApiRequest = { method: 'GET', path: '/' };
const WRITE: ApiRequest = { method: 'POST', path: '/' };
const TOKEN: ApiRequest = { method: 'POST', path: '/', effect: 'read', isTokenRequest: true, returnsFullBody: true };
const CONTEXT = { timeoutSeconds: 60, redact: (text: string) => text };

const retryAfterArbitrary = fc.oneof(
	fc.integer({ min: -10, max: 1e6 }).map(String),
	fc.double().map(String),
	fc
		.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
		.map((date) => date.toUTCString()),
	fc.integer({ min: -300, max: 300 }).map((seconds) => new Date(clock.now() + seconds * 1000).toUTCString()),
	fc.anything(),
);
const headersArbitrary = fc.record(
	{ 'retry-after': retryAfterArbitrary, location: fc.oneof(fc.webUrl(), fc.anything()) },
	{ requiredKeys: [] },
);
const responseArbitrary: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('response' as const),
	status: fc.oneof(
		fc.constantFrom(0, 200, 204, 401, 403, 404, 408, 429, 500, 502, 503, 504),
		fc.integer({ min: 100, max: 599 }),
	),
	headers: headersArbitrary,
	text: responseBodyArbitrary,
});
/** Codes after which no byte of a request can have reached GoFive. */
const CONNECT_ERROR_CODES = [
	...CONNECTION_ERROR_CODES.hostNotFound,
	...CONNECTION_ERROR_CODES.noConnection,
	...CONNECTION_ERROR_CODES.certificateInvalid,
];
const ERROR_CODES = Object.values(CONNECTION_ERROR_CODES).flat();
const connectionErrorArbitrary: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('connectionError' as const),
	code: fc.constantFrom(...ERROR_CODES),
});
const abortedArbitrary: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('aborted' as const),
	reason: fc.constantFrom('notSent' as const, 'timeout' as const, 'cancelled' as const),
});
const outcomeArbitrary = fc.oneof(responseArbitrary, connectionErrorArbitrary, abortedArbitrary);

/** Returns true if GoFive cannot have processed a request with this outcome, which is not a success. */
function isSurelyNotProcessed(outcome: Outcome): boolean {
	if (outcome.kind === 'connectionError') return CONNECT_ERROR_CODES.includes(outcome.code);
	if (outcome.kind === 'aborted') return outcome.reason === 'notSent';
	if (outcome.kind !== 'response') return true;
	const { status, text } = outcome;
	const code = toEnvelope(parseJson(text))?.code ?? '';
	if (status >= 200 && status <= 299) return code !== '' && code !== '1000';
	return status >= 400 && status < 500 && status !== 408 && code !== '1000';
}

describe('responses', () => {
	test('any text becomes data or a clear message, and data becomes records or a clear message', () => {
		fc.assert(
			fc.property(responseBodyArbitrary, (text) => {
				const envelope = toEnvelope(parseJson(text));
				const records = getResultOrClearError(() => toRecordList(envelope?.data), text);
				const isRecord = (record: unknown) => typeof record === 'object' && record !== null && !Array.isArray(record);
				expect((records ?? []).every(isRecord)).toBe(true);
				const result = evaluate({ kind: 'response', status: 200, headers: {}, text }, READ, CONTEXT);
				const isRejectedCode = envelope?.code !== undefined && envelope.code !== '1000';
				expect('data' in result && (isRejectedCode || envelope === undefined)).toBe(false);
				if ('error' in result) assertClearMessage(result.error, text);
			}),
			{ numRuns: 300 },
		);
	});

	test('anything that n8n returns or throws becomes an outcome, without its texts', () => {
		const secret = 'Bearer abc.def';
		const failure = fc.record(
			{
				message: fc.oneof(fc.constant(`connect ECONNREFUSED ${secret}`), fc.string()),
				code: fc.oneof(fc.constantFrom(...ERROR_CODES), fc.anything()),
				httpCode: fc.oneof(fc.constantFrom('200', '404', '503', 'ENOTFOUND', null), fc.anything()),
				messages: fc.oneof(fc.array(fc.string()), fc.constant(undefined)),
				cause: fc.oneof(
					fc.record({
						code: fc.constantFrom(...ERROR_CODES),
						message: fc.constant(secret),
						response: fc.oneof(
							fc.record({ status: fc.integer({ min: 100, max: 599 }), data: fc.anything() }),
							fc.anything(),
						),
					}),
					fc.anything(),
				),
			},
			{ requiredKeys: ['message'] },
		);
		fc.assert(
			fc.property(fc.oneof(failure, fc.anything()), (error) => {
				const outcome = errorToOutcome(error);
				const isValid =
					outcome.kind === 'connectionError'
						? /^[A-Z_]+$/.test(outcome.code)
						: outcome.kind === 'response' && Number.isInteger(outcome.status);
				expect([outcome, isValid]).toEqual([outcome, true]);
				expect(responseToOutcome(error).kind).toBe('response');
			}),
			{ numRuns: 200 },
		);
	});
});

describe('messages', () => {
	test('every outcome has a clear message, which mentions doubt only if a write may have been processed', () => {
		fc.assert(
			fc.property(outcomeArbitrary, fc.constantFrom(READ, WRITE, TOKEN), (outcome, request) => {
				const result = evaluate(outcome, request, CONTEXT);
				fc.pre('error' in result);
				const { error } = result;
				assertClearMessage(error, outcome.kind === 'response' ? outcome.text + toJsonText(outcome.headers) : '');
				const isDoubtful = request === WRITE && !isSurelyNotProcessed(outcome);
				expect(error.description.includes(MAY_BE_PROCESSED)).toBe(isDoubtful);
				expect(error.processed).toBe(isDoubtful ? 'maybe' : undefined);
				expect(error.kind).not.toBe('input');
			}),
			{ numRuns: 200 },
		);
	});

	test('a base URL is rejected with a clear message, or uses https or localhost and sends secrets nowhere else', () => {
		const address = fc.oneof(
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc.domain().map((host) => `http://${host}`),
			fc.constantFrom('http://localhost:1', 'http://127.0.0.1', 'http://[::1]:3/', 'https://a.example//'),
			fc.integer(),
			textArbitrary,
		);
		fc.assert(
			fc.property(fc.oneof(address, fc.anything()), address, (value, target) => {
				const baseUrl = getResultOrClearError(() => parseBaseUrl(value), toJsonText(value));
				fc.pre(baseUrl !== undefined);
				const url = new URL(baseUrl);
				expect(url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)).toBe(true);
				const credential = {
					authentication: 'accessToken',
					accessToken: 'token',
					subscriptionApiKey: 'key',
					baseUrl: value,
					allowedHttpRequestDomains: 'all',
				};
				const getSignedUrl = (options: RequestOptions): string => {
					assertMayUse(options, credential);
					return sign(options, credential)?.url ?? '';
				};
				const targetOptions = { url: target } as RequestOptions;
				const getSignedOrigin = () => new URL(getSignedUrl(targetOptions)).origin;
				expect([undefined, url.origin]).toContain(getResultOrClearError(getSignedOrigin, String(target)));
				expect(getSignedUrl({ url: `${baseUrl}/v1/x` })).toBe(`${baseUrl}/v1/x`);
			}),
			{ numRuns: 140 },
		);
	});
});

describe('waits', () => {
	test('every wait is positive and at most the maximum, and writes are retried only if they cannot have been processed', () => {
		fc.assert(
			fc.property(
				outcomeArbitrary,
				fc.constantFrom(READ, WRITE, TOKEN),
				fc.integer({ min: 1, max: 100 }),
				(outcome, request, attempt) => {
					const result = evaluate(outcome, request, CONTEXT);
					fc.pre('error' in result && ['wait', 'waitForToken', 'pause'].includes(result.next));
					const { next, afterMs } = result;
					const delayMs = afterMs ?? computeBackoffMs(attempt);
					expect(delayMs).toBeGreaterThan(0);
					expect(delayMs).toBeLessThanOrEqual(MAX_RETRY_DELAY_MS);
					expect(request !== WRITE || isSurelyNotProcessed(outcome)).toBe(true);
					const isRateLimited = outcome.kind === 'response' && outcome.status === 429;
					expect(next).toBe(isRateLimited ? 'pause' : request === TOKEN ? 'waitForToken' : 'wait');
				},
			),
			{ numRuns: 300 },
		);
	});

	test('a run that is always rejected ends after at most ten minutes of waiting', () => {
		const startedAt = clock.now();
		fc.assert(
			fc.property(headersArbitrary, (headers) => {
				let now = startedAt;
				const clockMock = jest.spyOn(clock, 'now').mockImplementation(() => now);
				const limiter = new ConcurrencyLimiter(1);
				let sentCount = 1;
				for (; limiter.pause(now, parseRetryAfterMs(headers), 10 * MINUTE_MS); sentCount += 1)
					now += limiter.pauseLeftMs;
				clockMock.mockRestore();
				expect(limiter.pausedMs).toBeGreaterThan(7 * MINUTE_MS);
				expect(limiter.pausedMs).toBeLessThanOrEqual(10 * MINUTE_MS);
				expect(now - startedAt).toBeCloseTo(limiter.pausedMs);
				expect(sentCount).toBeLessThanOrEqual(10 * 60 * 2 + 1);
			}),
			{ numRuns: 60 },
		);
	});
});
