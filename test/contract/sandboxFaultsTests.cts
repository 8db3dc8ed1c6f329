import { gunzipSync } from 'node:zlib';
import type { Sandbox } from '../../sandbox/index.mts';
import { loadJanuaryEvents } from '../support/januaryEvents.cts';
import { sendRawRequest, buildEventsRequest, setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

const fetchEvents = () => sendRawRequest(sandbox.url, buildEventsRequest());

// If the sandbox did not apply one of these faults, no test of the node would fail.
describe('faults with which a request succeeds', () => {
	test('gzip', async () => {
		sandbox.faults.add({ answer: { kind: 'gzip' } });
		const { headers, bytes } = await fetchEvents();
		expect(headers['content-encoding']).toBe('gzip');
		expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ status: { code: '1000' } });
	});

	test('a proxy that drops the body of a GET, so that the range is ignored', async () => {
		loadJanuaryEvents(sandbox.records);
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
