import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { AZURE_TEXTS, WRONG_ENVELOPES, startSandbox, type Answer, type Sandbox } from '../../sandbox/index.mts';
import { RateLimiter } from '../../sandbox/rateLimiter.mts';
import { until } from '../until.cts';
import { call, events, jsonOf, tokenCall, type Incoming, type Outgoing } from './call.cts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const send = (outgoing: Outgoing) => call(sandbox.url, outgoing);
const CREATE: Outgoing = {
	method: 'POST',
	path: '/v1/customerEvent',
	body: { eventName: 'Written', eventType: 1, eventDate: '2024-02-01T10:00:00', customerCode: 'C000999' },
};
const stored = () => sandbox.store.findEvents('C000999').length;

/** One faulty answer to a write, and whether the write was stored; then all is well again. */
async function faulty(answer: Answer, outgoing: Outgoing = CREATE): Promise<Incoming & { stored: boolean }> {
	sandbox.addFault({ answer });
	const incoming = await send(outgoing);
	const acted = stored() > 0;
	expect((await send(events('C000999'))).status).toBe(200);
	return { ...incoming, stored: acted };
}

describe('faults on the wire', () => {
	test.each([400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504])('status %i, not carried out', async (status) => {
		const answer = await faulty({ status });
		expect(answer).toMatchObject({ status, stored: false });
		expect(Object.keys(jsonOf(answer) as object)).toEqual([400, 409, 422].includes(status) ? ['status', 'data'] : ['statusCode', 'message']);
		expect(sandbox.requests[0]).toMatchObject({ status, fault: 'status', operationId: 'createCustomerEvent' });
	});

	const azure = (statusCode: number, message: string) => ({ status: statusCode, text: JSON.stringify({ statusCode, message }), stored: false });
	const own = { status: 502, headers: { 'content-type': 'text/html', 'x-a': 'b' } };

	test.each<[Answer, object]>([
		[{ ...own, body: '<b>bad</b>', acts: true }, { ...own, text: '<b>bad</b>', stored: true }],
		[{ kind: 'unauthorized', because: 'missingKey' }, azure(401, AZURE_TEXTS.missingKey)],
		[{ kind: 'unauthorized', because: 'invalidKey' }, azure(401, AZURE_TEXTS.invalidKey)],
		[{ kind: 'unauthorized', because: 'token' }, azure(401, AZURE_TEXTS.token)],
		[{ kind: 'quota' }, azure(403, AZURE_TEXTS.quota)],
		[{ kind: 'html' }, { status: 200, text: expect.stringContaining('<html>') }],
		[{ kind: 'text' }, { status: 200, text: 'Service text', headers: { 'content-type': 'text/plain' } }],
		[{ kind: 'empty', status: 502 }, { status: 502, text: '', stored: false }],
		[{ kind: 'redirect' }, { status: 302, headers: { location: 'http://elsewhere.invalid/' }, stored: false }],
		[{ kind: 'redirect', to: 'http://127.0.0.2/', status: 307 }, { status: 307, headers: { location: 'http://127.0.0.2/' } }],
	])('%j', async (answer, expected) => {
		expect(await faulty(answer)).toMatchObject(expected);
	});

	test('429 with Retry-After in seconds, as a date, and without', async () => {
		expect((await faulty({ kind: 'rateLimited', seconds: 3 })).headers['retry-after']).toBe('3');
		const before = Date.now();
		const date = (await faulty({ kind: 'rateLimited', seconds: 3, retryAfter: 'date' })).headers['retry-after'] ?? '';
		const after = Date.now();
		expect(date).toMatch(/GMT$/);
		// A date tells whole seconds.
		expect(Date.parse(date)).toBeGreaterThanOrEqual(before + 3000);
		expect(Date.parse(date)).toBeLessThan(after + 4000);
		const without = await faulty({ kind: 'rateLimited', retryAfter: 'none' });
		expect([without.status, without.headers['retry-after']]).toEqual([429, undefined]);
	});

	test('reset before and after the request is carried out', async () => {
		expect(await faulty({ kind: 'resetBefore' })).toMatchObject({ code: 'read ECONNRESET', stored: false });
		expect(await faulty({ kind: 'resetAfter' })).toMatchObject({ code: 'read ECONNRESET', stored: true });
		expect(sandbox.requests[0]).not.toHaveProperty('status');
	});

	test('no answer at all', async () => {
		// An answer would come before that of a later request.
		const patience = async () => {
			await until(() => sandbox.requests.at(-1)?.fault === 'hang');
			await send(events('C000999'));
		};
		const answer = await faulty({ kind: 'hang' }, { ...CREATE, patience });
		expect(answer).toMatchObject({ code: 'PATIENCE', stored: false });
		expect(answer).not.toHaveProperty('status');
		const acted = await faulty({ kind: 'hang', acts: true }, { ...CREATE, patience });
		expect(acted).toMatchObject({ code: 'PATIENCE', stored: true });
		expect(acted).not.toHaveProperty('status');
	});

	test('a slow drip: headers at once, then a byte at a time', async () => {
		const patience = async (bytes: () => number) => await until(() => bytes() > 2);
		const cut = await faulty({ kind: 'drip', everyMs: 20 }, { ...CREATE, patience });
		expect(cut).toMatchObject({ code: 'PATIENCE', status: 200, stored: true });
		expect(cut.text.trim()).toBe('');
		const whole = await faulty({ kind: 'drip', everyMs: 1, blanks: 5 });
		expect(jsonOf(whole)).toMatchObject({ status: { code: '1000' } });
		expect(whole.took).toBeGreaterThan(100);
	});

	test('a body that ends too early', async () => {
		const answer = await faulty({ kind: 'cutBody' });
		expect(answer).toMatchObject({ status: 200, code: 'ECONNRESET', stored: true });
		expect(answer.bytes.length).toBeGreaterThan(0);
		expect(Number(answer.headers['content-length'])).toBeGreaterThan(answer.bytes.length);
	});

	test('gzip, whole and cut', async () => {
		const whole = await faulty({ kind: 'gzip' });
		expect(whole.headers['content-encoding']).toBe('gzip');
		expect(JSON.parse(gunzipSync(whole.bytes).toString())).toMatchObject({ status: { code: '1000' } });
		const cut = await faulty({ kind: 'cutGzip' });
		expect(cut).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip' } });
		expect(cut).not.toHaveProperty('code');
		expect(() => gunzipSync(cut.bytes)).toThrow('unexpected end of file');
	});

	test('wrong types in the envelope, and the code as a number', async () => {
		for (const body of WRONG_ENVELOPES) expect(jsonOf(await faulty({ status: 200, body: JSON.stringify(body) }))).toEqual(body);
		const answer = jsonOf(await faulty({ kind: 'numericCode' }, events('C000055'))) as { status: unknown; data: unknown[] };
		expect(answer.status).toEqual({ code: 1000, description: 'Success' });
		expect(answer.data.length).toBeGreaterThan(5);
	});

	test('an answer that comes late', async () => {
		const answer = await faulty({ kind: 'late', ms: 150 });
		expect(answer).toMatchObject({ status: 200, stored: true });
		expect(answer.took).toBeGreaterThanOrEqual(145);
	});
});

describe('which requests a fault meets', () => {
	const statuses = async (...outgoings: Outgoing[]) => {
		const all = [];
		for (const outgoing of outgoings) all.push((await send(outgoing)).status);
		return all;
	};

	test('a number of times, after some that pass', async () => {
		sandbox.addFault({ answer: { status: 401 }, skip: 1, times: 3 });
		expect(await statuses(...Array<Outgoing>(6).fill(events('C000055')))).toEqual([200, 401, 401, 401, 200, 200]);
		sandbox.addFault({ answer: { status: 503 }, times: 'always' });
		expect(await statuses(events('C000055'), events('C000055'), CREATE)).toEqual([503, 503, 503]);
	});

	test('of one operation, method, path or customer; the token call only when it is named', async () => {
		sandbox.addFault({ match: { customerCode: 'C000154' }, answer: { status: 500 } });
		sandbox.addFault({ match: { customerCode: 'C000999', method: 'POST' }, answer: { status: 501 } });
		sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, answer: { status: 502 } });
		sandbox.addFault({ match: { path: '/v1/customerEvent/7' }, answer: { status: 503 } });
		const types = { path: '/v1/customerEvent/event-types' };
		const remove = { method: 'DELETE', path: '/v1/customerEvent/7' };
		expect(await statuses(tokenCall(), events('C000055'), events('C000154'), CREATE, types, remove)).toEqual([200, 200, 500, 501, 502, 503]);
		sandbox.addFault({ match: { customerCode: 'a/b ../100%' }, answer: { status: 504 } });
		const customer = (code: string) => ({ path: `/v3/customers/${encodeURIComponent(code)}` });
		expect(await statuses(customer('a/b'), customer('a/b ../100%'))).toEqual([200, 504]);
		sandbox.addFault({ match: { operationId: 'createToken' }, answer: { status: 500 } });
		expect(await statuses(events('C000055'), tokenCall(), tokenCall())).toEqual([200, 500, 200]);
	});
});

describe('pace', () => {
	const burst = async (count: number) => (await Promise.all(Array.from({ length: count }, () => send(events('C000999'))))).map(({ status }) => status);
	const passed = async (count: number) => (await burst(count)).filter((status) => status === 200).length;

	test('a limit counts every request, lost ones too, but no token calls', async () => {
		sandbox.set({ rateLimit: { requests: 5, perSeconds: 60, retryAfterSeconds: 7 } });
		sandbox.addFault({ answer: { kind: 'resetBefore' }, times: 2 });
		const first = await burst(8);
		expect(first.filter((status) => status === 200)).toHaveLength(3);
		expect(first.filter((status) => status === undefined)).toHaveLength(2);
		const refused = await send(events('C000999'));
		expect([refused.status, refused.headers['retry-after'], jsonOf(refused)]).toEqual([429, '7', { statusCode: 429, message: AZURE_TEXTS.rateLimit(7) }]);
		expect((await send(tokenCall())).status).toBe(200);
		sandbox.set({ rateLimit: { requests: 1, perSeconds: 60, countTokenCalls: true, retryAfter: 'none' } });
		expect((await send(tokenCall())).status).toBe(200);
		const token = await send(tokenCall());
		expect([token.status, token.headers['retry-after']]).toEqual([429, undefined]);
		sandbox.set({ rateLimit: null });
		expect(await passed(6)).toBe(6);
	});

	test('a window begins with its first request and opens again when it is over', () => {
		const limiter = new RateLimiter({ requests: 2, perSeconds: 3 });
		expect([500, 600, 700, 2600, 3499, 3500, 3600, 3700].map((now) => limiter.take(now))).toEqual([0, 0, 3, 1, 1, 0, 0, 3]);
	});

	test('a bucket fills steadily', () => {
		const limiter = new RateLimiter({ requests: 2, perSeconds: 1, kind: 'bucket' });
		expect([0, 0, 0, 499, 500, 501, 1000, 9000, 9000, 9000].map((now) => limiter.take(now) === 0)).toEqual(
			[true, true, false, false, true, false, true, true, true, false],
		);
	});

	test('a delay is added to every answer, side by side', async () => {
		sandbox.set({ delayMs: 300 });
		const began = performance.now();
		const all = passed(10);
		await until(() => sandbox.requests.length === 10);
		// Timers of this process as well, so that whatever holds it up holds up both.
		const answered = new AbortController();
		const oneAfterTheOther = async () => {
			for (let answer = 0; answer < 10; answer++) await sleep(300, undefined, answered);
		};
		expect(await Promise.race([all, oneAfterTheOther()])).toBe(10);
		answered.abort();
		expect(performance.now() - began).toBeGreaterThanOrEqual(290);
	});

	test('answers can be kept back until they are released, first come, first served; the log tells how many were under way', async () => {
		const hold = sandbox.hold('getCustomerEvents');
		const all = passed(10);
		await hold.until(10);
		expect(sandbox.requests.map(({ inFlight, status }) => [inFlight, status])).toEqual(Array.from({ length: 10 }, (_, index) => [index + 1, undefined]));
		hold.release(3);
		expect(hold.waiting).toBe(7);
		hold.end();
		expect(await all).toBe(10);
		expect(await passed(2)).toBe(2);
	});

	test('only so many requests as there are workers are worked on at once, the rest waits; the log tells when each had its answer', async () => {
		sandbox.set({ workers: 2 });
		const hold = sandbox.hold('getCustomerEvents');
		const all = passed(5);
		await until(() => sandbox.requests.length === 5);
		await hold.until(2);
		expect([hold.waiting, sandbox.requests.map(({ answeredAt }) => answeredAt)]).toEqual([2, Array.from({ length: 5 })]);
		hold.release(1);
		await until(() => sandbox.requests[0]?.answeredAt !== undefined);
		await hold.until(2);
		expect(hold.waiting).toBe(2);
		sandbox.set({ workers: null });
		expect(await Promise.race([send(events('C000055')), hold.until(3)])).toBeUndefined();
		hold.end();
		expect(await all).toBe(5);
		for (const { at, answeredAt } of sandbox.requests.slice(0, 5)) expect(answeredAt).toBeGreaterThan(at);
	});

	test('who waits for more requests than come is told so', async () => {
		const waits = (count: number, run?: Promise<unknown>) => expect(hold.until(count, run)).rejects;
		const hold = sandbox.hold('getCustomerEvents');
		await waits(1, send(tokenCall())).toThrow('The run has ended, and 0 of 1 requests wait for their answer');
		const all = passed(2);
		await hold.until(2, all);
		const more = waits(3).toThrow('The hold has ended, and 0 of 3 requests wait for their answer');
		sandbox.reset();
		await more;
		expect(await all).toBe(2);
	});

	test('what hangs is not counted any more after a reset', async () => {
		sandbox.addFault({ answer: { kind: 'hang' } });
		const patience = async () => {
			await until(() => sandbox.requests.length === 1);
			sandbox.reset();
			await send(events('C000055'));
		};
		await send(events('C000999', { patience }));
		await send(events('C000055'));
		expect(sandbox.requests.map(({ inFlight }) => inFlight)).toEqual([1, 1]);
	});
});

test('close ends what hangs', async () => {
	const other = await startSandbox();
	other.addFault({ answer: { kind: 'hang' } });
	const hanging = call(other.url, events('C000055'));
	await until(() => other.requests.length > 0);
	await other.close();
	expect((await hanging).code).toBe('ECONNRESET');
});
