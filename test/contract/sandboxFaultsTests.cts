import { gunzipSync } from 'node:zlib';
import type { FaultResponse, Sandbox } from '../../sandbox/index.mts';
import { loadJanuaryEvents } from '../support/januaryEvents.cts';
import { sendRawRequest, buildEventsRequest, parseResponseBody, setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

const fetchEvents = () => sendRawRequest(sandbox.url, buildEventsRequest());

// If the sandbox did not apply one of these faults, no test of the node would fail.
describe('faults with which a request succeeds', () => {
	const fetchEventsWithFault = async (answer: FaultResponse) => {
		sandbox.addFault({ answer });
		return await fetchEvents();
	};

	test('numeric code', async () => {
		expect(parseResponseBody(await fetchEventsWithFault({ kind: 'numericCode' }))).toMatchObject({
			status: { code: 1000, description: 'Success' },
		});
	});

	test('gzip', async () => {
		const { headers, bytes } = await fetchEventsWithFault({ kind: 'gzip' });
		expect(headers['content-encoding']).toBe('gzip');
		expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ status: { code: '1000' } });
	});

	test('late', async () => {
		const startedAt = performance.now();
		expect((await fetchEventsWithFault({ kind: 'late', ms: 150 })).status).toBe(200);
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);
	});

	test('429 with Retry-After in seconds, with a date, and without Retry-After', async () => {
		const getRetryAfter = async (retryAfter?: 'date' | 'none') =>
			(await fetchEventsWithFault({ kind: 'rateLimited', seconds: 3, retryAfter })).headers['retry-after'];
		expect(await getRetryAfter()).toBe('3');
		expect(await getRetryAfter('none')).toBeUndefined();
		const before = Date.now();
		const date = await getRetryAfter('date');
		expect(date).toMatch(/GMT$/);
		// HTTP dates have full seconds only.
		expect(Date.parse(date ?? '')).toBeGreaterThanOrEqual(before + 3000);
		expect(Date.parse(date ?? '')).toBeLessThan(Date.now() + 4000);
	});

	test('a proxy that drops the body of a GET, so that the range is ignored', async () => {
		loadJanuaryEvents(sandbox.store);
		sandbox.setBehaviour({ dropGetBody: true });
		const body = { DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' };
		const answer = await sendRawRequest(sandbox.url, buildEventsRequest({ body }));
		expect(answer.text).toContain('2024-12-31T23:59:59+0700');
		expect(sandbox.requestLog[0]?.body).toBe(JSON.stringify(body));
	});
});

test('a request above the rate limit has the seconds until a request is accepted', async () => {
	sandbox.setBehaviour({ rateLimit: { requests: 2, perSeconds: 20 } });
	const answers = [await fetchEvents(), await fetchEvents(), await fetchEvents()];
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
	const retryAfter = Number(answers[2]?.headers['retry-after']);
	// 10 seconds, less the time since the first request.
	expect(retryAfter).toBeGreaterThan(5);
	expect(retryAfter).toBeLessThanOrEqual(10);
	sandbox.setBehaviour({ rateLimit: null });
	expect((await fetchEvents()).status).toBe(200);
});

test('the log shows how many requests were in progress, and held responses are released in order of arrival', async () => {
	const hold = sandbox.hold('getCustomerEvents');
	const answers = Promise.all(Array.from({ length: 10 }, fetchEvents));
	await hold.waitForRequests(10);
	expect(sandbox.requestLog.map(({ inFlight, status }) => [inFlight, status])).toEqual(
		Array.from({ length: 10 }, (_, index) => [index + 1, undefined]),
	);
	hold.release(3);
	expect(hold.waitingCount).toBe(7);
	hold.end();
	expect((await answers).map(({ status }) => status)).toEqual(Array(10).fill(200));
});
