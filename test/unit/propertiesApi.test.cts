import fc from 'fast-check';
import { assertSameOrigin, baseUrlOf } from '../../nodes/GoFive/api/signIn/baseUrl';
import { openEnvelope, recordsOf } from '../../nodes/GoFive/api/answer/envelope';
import { explain, explainToken, isTokenRefused } from '../../nodes/GoFive/api/answer/explain';
import { messages } from '../../nodes/GoFive/api/words/messages';
import { fateOf } from '../../nodes/GoFive/api/answer/fate';
import { answered, isSuccessStatus, thrown, unsignedIn, type Outcome } from '../../nodes/GoFive/api/answer/outcome';
import { readOutcome } from '../../nodes/GoFive/api/answer/reading';
import { waitBeforeRetry } from '../../nodes/GoFive/api/send/retry';
import { clock } from '../../nodes/GoFive/time/clock';
import { asJson, expectClear, outcomeOf, someBody, someText } from './properties.cts';

const cases = (numRuns: number) => ({ numRuns });
const MINUTE = 60_000;

const someRetryAfter = fc.oneof(
	fc.integer({ min: -10, max: 1e6 }).map(String),
	fc.double().map(String),
	fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }).map((date) => date.toUTCString()),
	fc.integer({ min: -300, max: 300 }).map((seconds) => new Date(clock.now() + seconds * 1000).toUTCString()),
	fc.anything(),
);
const someHeaders = fc.record({ 'retry-after': someRetryAfter, location: fc.oneof(fc.webUrl(), fc.anything()) }, { requiredKeys: [] });
const someAnswer: fc.Arbitrary<Outcome> = fc.record({
	kind: fc.constant('answer' as const),
	status: fc.oneof(fc.constantFrom(401, 403, 404, 408, 429, 500, 502, 503, 504), fc.integer({ min: 100, max: 599 })),
	headers: someHeaders,
	text: someBody,
});
const CODES = ['TIMEOUT', 'ECONNABORTED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE', 'CUT', 'HANDSHAKE', 'CERTIFICATE', 'TLS'];
/** Of these nothing can have reached GoFive. */
const UNSENT = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'HANDSHAKE', 'CERTIFICATE'];
const EFFECTS = ['read', 'write'] as const;
const someBreak: fc.Arbitrary<Outcome> = fc.record({ kind: fc.constant('broken' as const), code: fc.constantFrom(...CODES) });
const someEnd: fc.Arbitrary<Outcome> = fc.record({ kind: fc.constant('givenUp' as const), why: fc.constantFrom('late' as const, 'stopped' as const) });
const someOutcome = fc.oneof(someAnswer, someBreak, someEnd);

describe('answers', () => {
	test('any text is data or a clear message; data is records or a clear message', () => {
		fc.assert(
			fc.property(someBody, (text) => {
				const opened = openEnvelope(text);
				const records = outcomeOf(() => recordsOf(openEnvelope(text)?.data), text);
				if (records) expect(records.every((record) => typeof record === 'object' && record !== null && !Array.isArray(record))).toBe(true);
				const read = readOutcome({ kind: 'answer', status: 200, headers: {}, text }, { method: 'GET', path: '/' });
				if (opened?.code !== undefined && opened.code !== '1000') expect(read).not.toHaveProperty('data');
				if (records === undefined && opened === undefined) expect(read).not.toHaveProperty('data');
			}),
			cases(1500),
		);
	});

	test('whatever n8n hands out or throws is an outcome, without its texts', () => {
		const secret = 'Bearer abc.def';
		const failure = fc.record(
			{
				message: fc.oneof(fc.constant(`connect ECONNREFUSED ${secret}`), fc.string()),
				code: fc.oneof(fc.constantFrom(...CODES), fc.anything()),
				httpCode: fc.oneof(fc.constantFrom('200', '404', '503', 'ENOTFOUND', null), fc.anything()),
				messages: fc.oneof(fc.array(fc.string()), fc.constant(undefined)),
				cause: fc.oneof(fc.record({ code: fc.constantFrom(...CODES), message: fc.constant(secret), response: fc.oneof(fc.record({ status: fc.integer({ min: 100, max: 599 }), data: fc.anything() }), fc.anything()) }), fc.anything()),
			},
			{ requiredKeys: ['message'] },
		);
		fc.assert(
			fc.property(fc.oneof(failure, fc.anything()), (error) => {
				const outcome = thrown(error);
				if (outcome.kind === 'broken') expect(outcome.code).toMatch(/^[A-Z_]+$/);
				else if (outcome.kind === 'answer') expect(Number.isInteger(outcome.status)).toBe(true);
				expect(unsignedIn(error)).toBeUndefined();
				expect(answered(error).kind).toBe('answer');
			}),
			cases(1000),
		);
	});
});

/** Whether GoFive may have carried out what ended so, said anew and not taken from the code. */
function isDoubtful(outcome: Outcome): boolean {
	if (outcome.kind === 'givenUp') return true;
	if (outcome.kind === 'broken') return !UNSENT.includes(outcome.code);
	const code = openEnvelope(outcome.text)?.code;
	return outcome.status >= 500 || outcome.status === 408 || (outcome.status >= 300 && outcome.status < 400) || code === '1000' || (isSuccessStatus(outcome) && !code);
}

describe('messages', () => {
	test('every outcome has a clear one; it speaks of doubt where a write may have been carried out, and only there', () => {
		fc.assert(
			fc.property(someOutcome, fc.constantFrom(...EFFECTS), fc.integer({ min: 1, max: 5 }), (outcome, effect, tries) => {
				fc.pre(fateOf(outcome) !== 'carriedOut');
				const failure = explain(outcome, { timeout: 60, tries, effect });
				expectClear(failure, outcome.kind === 'answer' ? outcome.text + asJson(outcome.headers) : '');
				expect(failure.description.includes(messages.mayBeDone)).toBe(effect === 'write' && isDoubtful(outcome));
				expect(failure.origin).not.toEqual({});
				expectClear(explainToken(outcome, { timeout: 60, tries, effect }), outcome.kind === 'answer' ? outcome.text + asJson(outcome.headers) : '');
				if (isTokenRefused(outcome)) expect(failure.message).toBe(messages.tokenNotAccepted.message);
			}),
			cases(1000),
		);
	});

	test('a base URL is refused with a clear message, or is https or this machine, and takes secrets nowhere else', () => {
		const address = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.domain().map((host) => `http://${host}`), fc.constantFrom('http://localhost:1', 'http://127.0.0.1', 'http://[::1]:3/', 'https://a.example//'), fc.integer(), someText);
		fc.assert(
			fc.property(fc.oneof(address, fc.anything()), address, (value, target) => {
				const baseUrl = outcomeOf(() => baseUrlOf(value), asJson(value));
				if (baseUrl === undefined) return;
				const url = new URL(baseUrl);
				expect(url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)).toBe(true);
				const passed = outcomeOf(() => assertSameOrigin(target, baseUrl) ?? true, String(target));
				if (passed) expect(new URL(String(target)).origin).toBe(url.origin);
			}),
			cases(700),
		);
	});
});

describe('waits', () => {
	test('every wait is short of two minutes and above nothing; writes go again only where they cannot have been carried out', () => {
		fc.assert(
			fc.property(someOutcome, fc.constantFrom('read' as const, 'write' as const, 'token' as const), fc.integer({ min: 1, max: 9 }), fc.nat(9), fc.integer({ min: 0, max: 11 * MINUTE }), (outcome, kind, others, limits, limitedFor) => {
				const wait = waitBeforeRetry(outcome, kind, { sent: others + limits, limited: limits, limitedFor });
				if (!wait) return;
				expect(wait.milliseconds).toBeGreaterThan(0);
				expect(wait.milliseconds).toBeLessThanOrEqual(2 * MINUTE);
				const limited = outcome.kind === 'answer' && outcome.status === 429;
				expect(wait.everybody).toBe(limited);
				if (!limited) expect(others).toBeLessThan(5);
				if (kind === 'write' && !limited) expect(outcome.kind === 'broken' && UNSENT.includes(outcome.code)).toBe(true);
				expect(outcome).not.toMatchObject({ code: 'CERTIFICATE' });
			}),
			cases(1500),
		);
	});

	test('without Retry-After each wait is longer than the one before, and left to chance by half of it', () => {
		const { random } = clock;
		const waits = (chance: number) => {
			clock.random = () => chance;
			return [1, 2, 3, 4].map((sent) => waitBeforeRetry({ kind: 'broken', code: 'ECONNRESET' }, 'read', { sent, limited: 0, limitedFor: 0 })?.milliseconds);
		};
		const [shortest, longest] = [waits(0), waits(1)];
		clock.random = random;
		expect([shortest, longest]).toEqual([[250, 500, 1000, 2000], [500, 1000, 2000, 4000]]);
	});

	test('a request that is refused without end ends, after ten minutes of waiting at most', () => {
		fc.assert(
			fc.property(someHeaders, (headers) => {
				let [sent, limitedFor] = [1, 0];
				for (; ; sent += 1) {
					const wait = waitBeforeRetry({ kind: 'answer', status: 429, headers, text: '' }, 'write', { sent, limited: sent, limitedFor });
					if (!wait) break;
					limitedFor += wait.milliseconds;
				}
				expect(limitedFor).toBeGreaterThan(7 * MINUTE);
				expect(limitedFor).toBeLessThanOrEqual(10 * MINUTE);
				expect(sent).toBeLessThanOrEqual(10 * 60 * 2 + 1);
			}),
			cases(300),
		);
	});
});
