import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
	GATEWAY_MESSAGES,
	MALFORMED_ENVELOPES,
	startSandbox,
	type FaultResponse,
	type Sandbox,
} from '../../sandbox/index.mts';
import { RateLimiter } from '../../sandbox/rateLimiter.mts';
import { waitForCondition } from '../support/waitForCondition.cts';
import {
	sendRawRequest,
	buildEventsRequest,
	parseResponseBody,
	buildTokenRequest,
	setupSandbox,
	type RawResponse,
	type RawRequest,
} from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

const send = (request: RawRequest) => sendRawRequest(sandbox.url, request);
const CREATE_REQUEST: RawRequest = {
	method: 'POST',
	path: '/v1/customerEvent',
	body: { eventName: 'Written', eventType: 1, eventDate: '2024-02-01T10:00:00', customerCode: 'C000999' },
};
const countStoredEvents = () => sandbox.store.findEvents('C000999').length;

/** Sends a write that meets a fault, and a read that succeeds afterwards. */
async function sendWithFault(
	answer: FaultResponse,
	request: RawRequest = CREATE_REQUEST,
): Promise<RawResponse & { stored: boolean }> {
	sandbox.addFault({ answer });
	const response = await send(request);
	const wasStored = countStoredEvents() > 0;
	expect((await send(buildEventsRequest('C000999'))).status).toBe(200);
	return { ...response, stored: wasStored };
}

describe('faults on the wire', () => {
	test.each([400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504])(
		'status %i, request not processed',
		async (status) => {
			const answer = await sendWithFault({ status });
			expect(answer).toMatchObject({ status, stored: false });
			expect(Object.keys(parseResponseBody(answer) as object)).toEqual(
				[400, 409, 422].includes(status) ? ['status', 'data'] : ['statusCode', 'message'],
			);
			expect(sandbox.requestLog[0]).toMatchObject({ status, fault: 'status', operationId: 'createCustomerEvent' });
		},
	);

	const azureError = (statusCode: number, message: string) => ({
		status: statusCode,
		text: JSON.stringify({ statusCode, message }),
		stored: false,
	});
	const customAnswer = { status: 502, headers: { 'content-type': 'text/html', 'x-a': 'b' } };

	test.each<[FaultResponse, object]>([
		[
			{ ...customAnswer, body: '<b>bad</b>', acts: true },
			{ ...customAnswer, text: '<b>bad</b>', stored: true },
		],
		[{ kind: 'unauthorized', because: 'missingKey' }, azureError(401, GATEWAY_MESSAGES.missingKey)],
		[{ kind: 'unauthorized', because: 'invalidKey' }, azureError(401, GATEWAY_MESSAGES.invalidKey)],
		[{ kind: 'unauthorized', because: 'token' }, azureError(401, GATEWAY_MESSAGES.token)],
		[{ kind: 'quota' }, azureError(403, GATEWAY_MESSAGES.quota)],
		[{ kind: 'html' }, { status: 200, text: expect.stringContaining('<html>') }],
		[{ kind: 'text' }, { status: 200, text: 'Service text', headers: { 'content-type': 'text/plain' } }],
		[
			{ kind: 'empty', status: 502 },
			{ status: 502, text: '', stored: false },
		],
		[{ kind: 'redirect' }, { status: 302, headers: { location: 'http://elsewhere.invalid/' }, stored: false }],
		[
			{ kind: 'redirect', to: 'http://127.0.0.2/', status: 307 },
			{ status: 307, headers: { location: 'http://127.0.0.2/' } },
		],
	])('%j', async (answer, expected) => {
		expect(await sendWithFault(answer)).toMatchObject(expected);
	});

	test('429 with Retry-After in seconds, with a date, and without Retry-After', async () => {
		expect((await sendWithFault({ kind: 'rateLimited', seconds: 3 })).headers['retry-after']).toBe('3');
		const before = Date.now();
		const date =
			(await sendWithFault({ kind: 'rateLimited', seconds: 3, retryAfter: 'date' })).headers['retry-after'] ?? '';
		const after = Date.now();
		expect(date).toMatch(/GMT$/);
		// HTTP dates have full seconds only.
		expect(Date.parse(date)).toBeGreaterThanOrEqual(before + 3000);
		expect(Date.parse(date)).toBeLessThan(after + 4000);
		const withoutRetryAfter = await sendWithFault({ kind: 'rateLimited', retryAfter: 'none' });
		expect([withoutRetryAfter.status, withoutRetryAfter.headers['retry-after']]).toEqual([429, undefined]);
	});

	test('connection reset before and after the request is processed', async () => {
		expect(await sendWithFault({ kind: 'resetBefore' })).toMatchObject({ code: 'read ECONNRESET', stored: false });
		expect(await sendWithFault({ kind: 'resetAfter' })).toMatchObject({ code: 'read ECONNRESET', stored: true });
		expect(sandbox.requestLog[0]).not.toHaveProperty('status');
	});

	test('no response', async () => {
		// A response would arrive before the one of a later request.
		const abortWhen = async () => {
			await waitForCondition(() => sandbox.requestLog.at(-1)?.fault === 'hang');
			await send(buildEventsRequest('C000999'));
		};
		const answer = await sendWithFault({ kind: 'hang' }, { ...CREATE_REQUEST, abortWhen });
		expect(answer).toMatchObject({ code: 'PATIENCE', stored: false });
		expect(answer).not.toHaveProperty('status');
		const carriedOutResponse = await sendWithFault({ kind: 'hang', acts: true }, { ...CREATE_REQUEST, abortWhen });
		expect(carriedOutResponse).toMatchObject({ code: 'PATIENCE', stored: true });
		expect(carriedOutResponse).not.toHaveProperty('status');
	});

	test('slow drip: headers immediately, then one byte at a time', async () => {
		const abortWhen = async (bytes: () => number) => await waitForCondition(() => bytes() > 2);
		const truncatedResponse = await sendWithFault({ kind: 'drip', everyMs: 20 }, { ...CREATE_REQUEST, abortWhen });
		expect(truncatedResponse).toMatchObject({ code: 'PATIENCE', status: 200, stored: true });
		expect(truncatedResponse.text.trim()).toBe('');
		const completeResponse = await sendWithFault({ kind: 'drip', everyMs: 1, blanks: 5 });
		expect(parseResponseBody(completeResponse)).toMatchObject({ status: { code: '1000' } });
		expect(completeResponse.durationMs).toBeGreaterThan(100);
	});

	test('truncated body', async () => {
		const answer = await sendWithFault({ kind: 'cutBody' });
		expect(answer).toMatchObject({ status: 200, code: 'ECONNRESET', stored: true });
		expect(answer.bytes.length).toBeGreaterThan(0);
		expect(Number(answer.headers['content-length'])).toBeGreaterThan(answer.bytes.length);
	});

	test('gzip, complete and truncated', async () => {
		const completeResponse = await sendWithFault({ kind: 'gzip' });
		expect(completeResponse.headers['content-encoding']).toBe('gzip');
		expect(JSON.parse(gunzipSync(completeResponse.bytes).toString())).toMatchObject({ status: { code: '1000' } });
		const truncatedResponse = await sendWithFault({ kind: 'cutGzip' });
		expect(truncatedResponse).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip' } });
		expect(truncatedResponse).not.toHaveProperty('code');
		expect(() => gunzipSync(truncatedResponse.bytes)).toThrow('unexpected end of file');
	});

	test('wrong types in the envelope, and a numeric code', async () => {
		for (const body of MALFORMED_ENVELOPES)
			expect(parseResponseBody(await sendWithFault({ status: 200, body: JSON.stringify(body) }))).toEqual(body);
		const answer = parseResponseBody(await sendWithFault({ kind: 'numericCode' }, buildEventsRequest('C000055'))) as {
			status: unknown;
			data: unknown[];
		};
		expect(answer.status).toEqual({ code: 1000, description: 'Success' });
		expect(answer.data.length).toBeGreaterThan(5);
	});

	test('delayed response', async () => {
		const answer = await sendWithFault({ kind: 'late', ms: 150 });
		expect(answer).toMatchObject({ status: 200, stored: true });
		expect(answer.durationMs).toBeGreaterThanOrEqual(145);
	});
});

describe('requests that a fault applies to', () => {
	const sendAllForStatus = async (...requests: RawRequest[]) => {
		const statusCodes = [];
		for (const request of requests) statusCodes.push((await send(request)).status);
		return statusCodes;
	};

	test('applies a number of times, after a number of requests', async () => {
		sandbox.addFault({ answer: { status: 401 }, skip: 1, times: 3 });
		expect(await sendAllForStatus(...Array<RawRequest>(6).fill(buildEventsRequest('C000055')))).toEqual([
			200, 401, 401, 401, 200, 200,
		]);
		sandbox.addFault({ answer: { status: 503 }, times: 'always' });
		expect(
			await sendAllForStatus(buildEventsRequest('C000055'), buildEventsRequest('C000055'), CREATE_REQUEST),
		).toEqual([503, 503, 503]);
	});

	test('applies to one operation, method, path or customer, and to token requests only if named', async () => {
		sandbox.addFault({ match: { customerCode: 'C000154' }, answer: { status: 500 } });
		sandbox.addFault({ match: { customerCode: 'C000999', method: 'POST' }, answer: { status: 501 } });
		sandbox.addFault({ match: { operationId: 'getCustomerEventTypes' }, answer: { status: 502 } });
		sandbox.addFault({ match: { path: '/v1/customerEvent/7' }, answer: { status: 503 } });
		const types = { path: '/v1/customerEvent/event-types' };
		const deleteRequest = { method: 'DELETE', path: '/v1/customerEvent/7' };
		expect(
			await sendAllForStatus(
				buildTokenRequest(),
				buildEventsRequest('C000055'),
				buildEventsRequest('C000154'),
				CREATE_REQUEST,
				types,
				deleteRequest,
			),
		).toEqual([200, 200, 500, 501, 502, 503]);
		sandbox.addFault({ match: { customerCode: 'a/b ../100%' }, answer: { status: 504 } });
		const customer = (code: string) => ({ path: `/v3/customers/${encodeURIComponent(code)}` });
		expect(await sendAllForStatus(customer('a/b'), customer('a/b ../100%'))).toEqual([200, 504]);
		sandbox.addFault({ match: { operationId: 'createToken' }, answer: { status: 500 } });
		expect(await sendAllForStatus(buildEventsRequest('C000055'), buildTokenRequest(), buildTokenRequest())).toEqual([
			200, 500, 200,
		]);
	});
});

describe('rate limit and delays', () => {
	const sendConcurrently = async (count: number) =>
		(await Promise.all(Array.from({ length: count }, () => send(buildEventsRequest('C000999'))))).map(
			({ status }) => status,
		);
	const countSuccessful = async (count: number) =>
		(await sendConcurrently(count)).filter((status) => status === 200).length;

	test('a limit counts every request, including lost ones, except token requests', async () => {
		sandbox.setBehaviour({ rateLimit: { requests: 5, perSeconds: 60, retryAfterSeconds: 7 } });
		sandbox.addFault({ answer: { kind: 'resetBefore' }, times: 2 });
		const first = await sendConcurrently(8);
		expect(first.filter((status) => status === 200)).toHaveLength(3);
		expect(first.filter((status) => status === undefined)).toHaveLength(2);
		const rejectedResponse = await send(buildEventsRequest('C000999'));
		expect([
			rejectedResponse.status,
			rejectedResponse.headers['retry-after'],
			parseResponseBody(rejectedResponse),
		]).toEqual([429, '7', { statusCode: 429, message: GATEWAY_MESSAGES.rateLimit(7) }]);
		expect((await send(buildTokenRequest())).status).toBe(200);
		sandbox.setBehaviour({ rateLimit: { requests: 1, perSeconds: 60, countTokenCalls: true, retryAfter: 'none' } });
		expect((await send(buildTokenRequest())).status).toBe(200);
		const token = await send(buildTokenRequest());
		expect([token.status, token.headers['retry-after']]).toEqual([429, undefined]);
		sandbox.setBehaviour({ rateLimit: null });
		expect(await countSuccessful(6)).toBe(6);
	});

	test('a window begins with its first request and resets after it ends', () => {
		const limiter = new RateLimiter({ requests: 2, perSeconds: 3 });
		expect([500, 600, 700, 2600, 3499, 3500, 3600, 3700].map((now) => limiter.take(now))).toEqual([
			0, 0, 3, 1, 1, 0, 0, 3,
		]);
	});

	test('a bucket refills steadily', () => {
		const limiter = new RateLimiter({ requests: 2, perSeconds: 1, kind: 'bucket' });
		const times = [0, 0, 0, 499, 500, 501, 1000, 9000, 9000, 9000];
		expect(times.filter((now) => limiter.take(now) === 0)).toEqual([0, 0, 500, 1000, 9000, 9000]);
	});

	test('a delay applies to every response, in parallel', async () => {
		sandbox.setBehaviour({ delayMs: 300 });
		const startedAt = performance.now();
		const all = countSuccessful(10);
		await waitForCondition(() => sandbox.requestLog.length === 10);
		// Both use timers of this process, so a busy machine delays both.
		const sleepAbort = new AbortController();
		const sleepSequentially = async () => {
			for (let answer = 0; answer < 10; answer++) await sleep(300, undefined, sleepAbort);
		};
		expect(await Promise.race([all, sleepSequentially()])).toBe(10);
		sleepAbort.abort();
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
	});

	test('responses can be held until released, in order of arrival, and the log shows how many requests were in progress', async () => {
		const hold = sandbox.hold('getCustomerEvents');
		const all = countSuccessful(10);
		await hold.waitForRequests(10);
		expect(sandbox.requestLog.map(({ inFlight, status }) => [inFlight, status])).toEqual(
			Array.from({ length: 10 }, (_, index) => [index + 1, undefined]),
		);
		hold.release(3);
		expect(hold.waitingCount).toBe(7);
		hold.end();
		expect(await all).toBe(10);
		expect(await countSuccessful(2)).toBe(2);
	});

	test('limits parallel requests to the number of workers, and the log shows when each response was sent', async () => {
		sandbox.setBehaviour({ workers: 2 });
		const hold = sandbox.hold('getCustomerEvents');
		const all = countSuccessful(5);
		await waitForCondition(() => sandbox.requestLog.length === 5);
		await hold.waitForRequests(2);
		expect([hold.waitingCount, sandbox.requestLog.map(({ answeredAt }) => answeredAt)]).toEqual([
			2,
			Array.from({ length: 5 }),
		]);
		hold.release(1);
		await waitForCondition(() => sandbox.requestLog[0]?.answeredAt !== undefined);
		await hold.waitForRequests(2);
		expect(hold.waitingCount).toBe(2);
		sandbox.setBehaviour({ workers: null });
		expect(await Promise.race([send(buildEventsRequest('C000055')), hold.waitForRequests(3)])).toBeUndefined();
		hold.end();
		expect(await all).toBe(5);
		for (const { at, answeredAt } of sandbox.requestLog.slice(0, 5)) expect(answeredAt).toBeGreaterThan(at);
	});

	test('reports a wait for more requests than arrive', async () => {
		const expectHoldRejection = (count: number, run?: Promise<unknown>) =>
			expect(hold.waitForRequests(count, run)).rejects;
		const hold = sandbox.hold('getCustomerEvents');
		await expectHoldRejection(1, send(buildTokenRequest())).toThrow(
			'The execution has ended, and 0 of 1 requests wait for a response',
		);
		const all = countSuccessful(2);
		await hold.waitForRequests(2, all);
		const secondWait = expectHoldRejection(3).toThrow('The gate has ended, and 0 of 3 requests wait for a response');
		sandbox.reset();
		await secondWait;
		expect(await all).toBe(2);
	});

	test('hanging requests are not counted after a reset', async () => {
		sandbox.addFault({ answer: { kind: 'hang' } });
		const abortWhen = async () => {
			await waitForCondition(() => sandbox.requestLog.length === 1);
			sandbox.reset();
			await send(buildEventsRequest('C000055'));
		};
		await send(buildEventsRequest('C000999', { abortWhen }));
		await send(buildEventsRequest('C000055'));
		expect(sandbox.requestLog.map(({ inFlight }) => inFlight)).toEqual([1, 1]);
	});
});

test('close ends hanging requests', async () => {
	const secondSandbox = await startSandbox();
	secondSandbox.addFault({ answer: { kind: 'hang' } });
	const hangingRequest = sendRawRequest(secondSandbox.url, buildEventsRequest('C000055'));
	await waitForCondition(() => secondSandbox.requestLog.length > 0);
	await secondSandbox.close();
	expect((await hangingRequest).code).toBe('ECONNRESET');
});
