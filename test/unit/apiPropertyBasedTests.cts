import fc from 'fast-check';
import { parseBaseUrl } from '../../nodes/GoFive/api/auth/baseUrl';
import { copyRequest } from '../../nodes/GoFive/api/auth/signing';
import { parseEnvelope } from '../../nodes/GoFive/api/response/envelope';
import { toRecordList } from '../../nodes/GoFive/operation/records';
import { outcomeToError, tokenOutcomeToError } from '../../nodes/GoFive/api/response/outcomeToError';
import { getWriteStatus } from '../../nodes/GoFive/api/response/writeStatus';
import {
	errorToOutcome,
	isRateLimited,
	responseToOutcome,
	type Outcome,
} from '../../nodes/GoFive/api/response/outcome';
import { extractResponseData } from '../../nodes/GoFive/api/response/extractResponseData';
import { planRetry } from '../../nodes/GoFive/api/transport/retry';
import { clock } from '../../nodes/GoFive/time/clock';
import {
	toJsonText,
	assertClearMessage,
	getResultOrClearError,
	responseBodyArbitrary,
	textArbitrary,
} from '../support/arbitraries.cts';
import { deepRuns } from '../support/deepRuns.cts';

const buildRunOptions = (count: number) => ({ numRuns: deepRuns(count) });
const MINUTE_MS = 60_000;

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
	status: fc.oneof(fc.constantFrom(0, 401, 403, 404, 408, 429, 500, 502, 503, 504), fc.integer({ min: 100, max: 599 })),
	headers: headersArbitrary,
	text: responseBodyArbitrary,
});
const ERROR_CODES = [
	...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'TLS_HANDSHAKE', 'INVALID_CERTIFICATE'],
	...['TIMEOUT', 'ECONNABORTED', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'TRUNCATED_RESPONSE', 'TLS_ERROR'],
];
const connectionErrorArbitrary: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('connectionError' as const),
	code: fc.constantFrom(...ERROR_CODES),
});
const givenUpArbitrary: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('aborted' as const),
	reason: fc.constantFrom('timeout' as const, 'cancelled' as const),
});
const outcomeArbitrary = fc.oneof(responseArbitrary, connectionErrorArbitrary, givenUpArbitrary);

describe('responses', () => {
	test('any text becomes data or a clear message, and data becomes records or a clear message', () => {
		fc.assert(
			fc.property(responseBodyArbitrary, (text) => {
				const envelope = parseEnvelope(text);
				const records = getResultOrClearError(() => toRecordList(parseEnvelope(text)?.data), text);
				const isRecord = (record: unknown) => typeof record === 'object' && record !== null && !Array.isArray(record);
				expect((records ?? []).every(isRecord)).toBe(true);
				const outcome: Outcome = { kind: 'response', status: 200, headers: {}, text };
				const parsedOutcome = extractResponseData(outcome, { method: 'GET', path: '/' });
				const isRejectedCode = envelope?.code !== undefined && envelope.code !== '1000';
				expect('data' in parsedOutcome && (isRejectedCode || envelope === undefined)).toBe(false);
			}),
			buildRunOptions(1500),
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
			buildRunOptions(1000),
		);
	});
});

describe('messages', () => {
	test('every outcome has a clear message, which mentions doubt only if a write may have been processed', () => {
		fc.assert(
			fc.property(
				outcomeArbitrary,
				fc.constantFrom('read' as const, 'write' as const),
				fc.integer({ min: 1, max: 5 }),
				(outcome, effect, tries) => {
					fc.pre(getWriteStatus(outcome) !== 'done');
					const context = { timeout: 60, attempts: tries, effect };
					const quotedText = outcome.kind === 'response' ? outcome.text + toJsonText(outcome.headers) : '';
					const failure = outcomeToError(outcome, context);
					assertClearMessage(failure, quotedText);
					expect(failure.description.includes('Your change may already be saved in Venio')).toBe(
						effect === 'write' && getWriteStatus(outcome) === 'unknown',
					);
					expect(failure.origin).not.toEqual({});
					assertClearMessage(tokenOutcomeToError(outcome, 60), quotedText);
				},
			),
			buildRunOptions(1000),
		);
	});

	test('a base URL is rejected with a clear message, or uses https or localhost and sends secrets nowhere else', async () => {
		const address = fc.oneof(
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc.domain().map((host) => `http://${host}`),
			fc.constantFrom('http://localhost:1', 'http://127.0.0.1', 'http://[::1]:3/', 'https://a.example//'),
			fc.integer(),
			textArbitrary,
		);
		await fc.assert(
			fc.asyncProperty(fc.oneof(address, fc.anything()), address, async (value, target) => {
				const baseUrl = getResultOrClearError(() => parseBaseUrl(value), toJsonText(value));
				fc.pre(baseUrl !== undefined);
				const url = new URL(baseUrl);
				expect(url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)).toBe(true);
				const [result] = await Promise.allSettled([copyRequest({ url: target as string }, baseUrl)]);
				const signedOrigin = getResultOrClearError(() => {
					if (result.status === 'rejected') throw result.reason;
					return new URL(result.value.url).origin;
				}, String(target));
				expect([undefined, url.origin]).toContain(signedOrigin);
				expect(await copyRequest({ url: `${baseUrl}/v1/x` }, baseUrl)).toMatchObject({ url: `${baseUrl}/v1/x` });
			}),
			buildRunOptions(700),
		);
	});
});

describe('waits', () => {
	test('every wait is positive and at most two minutes, and writes are retried only if they cannot have been processed', () => {
		fc.assert(
			fc.property(
				outcomeArbitrary,
				fc.constantFrom('read' as const, 'write' as const, 'token' as const),
				fc.integer({ min: 1, max: 9 }),
				fc.nat(9),
				fc.integer({ min: 0, max: 11 * MINUTE_MS }),
				(outcome, kind, otherFailures, rateLimitedAttempts, rateLimitWaitMs) => {
					const attempts = otherFailures + rateLimitedAttempts;
					const delayMs = planRetry(outcome, kind, { attempts, rateLimitedAttempts, rateLimitWaitMs });
					fc.pre(delayMs !== undefined);
					expect(delayMs).toBeGreaterThan(0);
					expect(delayMs).toBeLessThanOrEqual(2 * MINUTE_MS);
					const mayBeRetried = kind !== 'write' || getWriteStatus(outcome) === 'notDone';
					expect(mayBeRetried && (isRateLimited(outcome) || otherFailures < 5)).toBe(true);
				},
			),
			buildRunOptions(1500),
		);
	});

	test('without Retry-After the waits increase, and half of each is random', () => {
		const reset: Outcome = { kind: 'connectionError', code: 'ECONNRESET' };
		const getWaits = (randomValue: number) => {
			jest.spyOn(clock, 'random').mockReturnValue(randomValue);
			const counts = [1, 2, 3, 4].map((attempts) => ({ attempts, rateLimitedAttempts: 0, rateLimitWaitMs: 0 }));
			return counts.map((count) => planRetry(reset, 'read', count));
		};
		const waits = [getWaits(0), getWaits(1)];
		jest.restoreAllMocks();
		expect(waits).toEqual([
			[250, 500, 1000, 2000],
			[500, 1000, 2000, 4000],
		]);
	});

	test('a request that is always rejected ends after at most ten minutes of waiting', () => {
		fc.assert(
			fc.property(headersArbitrary, (headers) => {
				const outcome: Outcome = { kind: 'response', status: 429, headers, text: '' };
				let [sent, rateLimitWaitMs] = [1, 0];
				for (; ; sent += 1) {
					const history = { attempts: sent, rateLimitedAttempts: sent, rateLimitWaitMs };
					const delayMs = planRetry(outcome, 'write', history);
					if (delayMs === undefined) break;
					rateLimitWaitMs += delayMs;
				}
				expect(rateLimitWaitMs).toBeGreaterThan(7 * MINUTE_MS);
				expect(rateLimitWaitMs).toBeLessThanOrEqual(10 * MINUTE_MS);
				expect(sent).toBeLessThanOrEqual(10 * 60 * 2 + 1);
			}),
			buildRunOptions(300),
		);
	});
});
