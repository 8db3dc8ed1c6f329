import { createServer } from 'node:http';
import { collectItemResults } from '../resultAssertions.cts';
import { runNode } from '../harness.cts';
import { listenOnLoopback, flushNetwork } from '../../support/waitForCondition.cts';
import { clock, installSimulatedClock, type SimulatedClock } from '../executionFixture.cts';

const REQUESTS_PER_MINUTE = 300;
const MINUTE_MS = 60_000;

/** Fixed window of 300 requests per minute, measured by the clock that the node sees. */
const rateLimit = { windowStartMs: -MINUTE_MS, usedInWindow: 0, acceptedCount: 0, refusedCount: 0, windowCount: 0 };
const serializeEnvelope = (data: unknown): string =>
	JSON.stringify({ status: { code: '1000', description: 'Success' }, data });
const server = createServer((request, response) => {
	response.setHeader('content-type', 'application/json');
	if (request.url === '/still-there') {
		response.end();
		return;
	}
	if (request.url?.endsWith('/token')) {
		response.end(JSON.stringify({ access_token: 'token-of-the-long-run', expires_in: 3600, token_type: 'Bearer' }));
		return;
	}
	const now = clock.now();
	if (now - rateLimit.windowStartMs >= MINUTE_MS)
		Object.assign(rateLimit, { windowStartMs: now, usedInWindow: 0, windowCount: rateLimit.windowCount + 1 });
	rateLimit.usedInWindow += 1;
	if (rateLimit.usedInWindow > REQUESTS_PER_MINUTE) {
		rateLimit.refusedCount += 1;
		response.writeHead(429, { 'retry-after': String(Math.ceil((rateLimit.windowStartMs + MINUTE_MS - now) / 1000)) });
		response.end(JSON.stringify({ statusCode: 429, message: 'Rate limit is exceeded.' }));
		return;
	}
	rateLimit.acceptedCount += 1;
	const code = new URL(request.url ?? '', 'http://localhost').searchParams.get('customerCode');
	response.end(serializeEnvelope([{ eventId: Number(code?.slice(1)), eventName: code }]));
});

let simulatedClock: SimulatedClock;
let baseUrl: string;
beforeAll(async () => {
	baseUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`;
	simulatedClock = installSimulatedClock();
	const { sleep } = clock;
	let settledCount = 0;
	clock.sleep = async (milliseconds) => {
		// All requests in flight arrive before the clock moves on.
		while (settledCount < rateLimit.acceptedCount + rateLimit.refusedCount) {
			settledCount = rateLimit.acceptedCount + rateLimit.refusedCount;
			await flushNetwork(`${baseUrl}/still-there`);
		}
		await sleep(milliseconds);
	};
});
afterAll(() => {
	simulatedClock.restore();
	server.close();
});

test('5,000 codes at 300 requests per minute lose nothing, although the run waits longer than one request is allowed to', async () => {
	const items = Array.from({ length: 5000 }, (_, index) => ({ code: `C${index}` }));
	const result = await runNode({
		parameters: {
			resource: 'customerEvent',
			operation: 'getByCustomerCode',
			customerCode: '={{ $json.code }}',
			dateRange: 'allDates',
			output: 'raw',
		},
		credential: {
			authentication: 'clientCredentials',
			clientId: 'a',
			clientSecret: 'b',
			subscriptionApiKey: 'c',
			baseUrl,
		},
		items,
		onError: 'continueRegularOutput',
	});
	const itemResults = collectItemResults(result, items.length);
	expect(itemResults.filter(({ message }) => message !== undefined)).toEqual([]);
	expect(itemResults.map(({ data }) => data[0]?.eventName)).toEqual(items.map(({ code }) => code));

	expect(rateLimit.acceptedCount).toBe(5000);
	expect(rateLimit.windowCount).toBe(Math.ceil(5000 / REQUESTS_PER_MINUTE));
	// After each minute the limit is halved, and it grows by one per round until the quota of the next minute is used up.
	expect(rateLimit.refusedCount).toBeLessThanOrEqual(128 + 30 * (rateLimit.windowCount - 1));
	const waitedSeconds = Number(
		/^The execution waited (\d+) s because of GoFive's rate limit/.exec(result.hints[0]?.message ?? '')?.[1],
	);
	expect(waitedSeconds).toBe((rateLimit.windowCount - 1) * 60);
});
