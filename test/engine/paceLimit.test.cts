import { createServer } from 'node:http';
import { accountsOf } from './accounts.cts';
import { runNode } from './harness.cts';
import { listening, settle } from '../until.cts';
import { clock, skipWaiting, type Skipped } from './world.cts';

const PER_MINUTE = 300;
const MINUTE = 60_000;

/** A GoFive that lets so many requests a minute pass, by the clock that the node sees: no minute is waited for. */
const limited = { starts: -MINUTE, used: 0, accepted: 0, refused: 0, windows: 0 };
const json = (data: unknown): string => JSON.stringify({ status: { code: '1000', description: 'Success' }, data });
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
	if (now - limited.starts >= MINUTE) Object.assign(limited, { starts: now, used: 0, windows: limited.windows + 1 });
	limited.used += 1;
	if (limited.used > PER_MINUTE) {
		limited.refused += 1;
		response.writeHead(429, { 'retry-after': String(Math.ceil((limited.starts + MINUTE - now) / 1000)) });
		response.end(JSON.stringify({ statusCode: 429, message: 'Rate limit is exceeded.' }));
		return;
	}
	limited.accepted += 1;
	const code = new URL(request.url ?? '', 'http://localhost').searchParams.get('customerCode');
	response.end(json([{ eventId: Number(code?.slice(1)), eventName: code }]));
});

let waiting: Skipped;
let baseUrl: string;
beforeAll(async () => {
	baseUrl = `http://127.0.0.1:${await listening(server)}`;
	waiting = skipWaiting();
	const { sleep } = clock;
	let settled = 0;
	clock.sleep = async (milliseconds) => {
		// Before a minute has passed, all that was under way when it began has come in.
		while (settled < limited.accepted + limited.refused) {
			settled = limited.accepted + limited.refused;
			await settle(`${baseUrl}/still-there`);
		}
		await sleep(milliseconds);
	};
});
afterAll(() => {
	waiting.restore();
	server.close();
});

test('5,000 codes at 300 a minute lose nothing, though the run waits longer than a single request may', async () => {
	const items = Array.from({ length: 5000 }, (_, index) => ({ code: `C${index}` }));
	const result = await runNode({
		parameters: { resource: 'customerEvent', operation: 'getByCustomerCode', customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw' },
		credential: { authentication: 'clientCredentials', clientId: 'a', clientSecret: 'b', subscriptionApiKey: 'c', baseUrl },
		items,
		onError: 'continueRegularOutput',
	});
	const accounts = accountsOf(result, items.length);
	expect(accounts.filter(({ message }) => message !== undefined)).toEqual([]);
	expect(accounts.map(({ data }) => data[0]?.eventName)).toEqual(items.map(({ code }) => code));

	expect(limited.accepted).toBe(5000);
	expect(limited.windows).toBe(Math.ceil(5000 / PER_MINUTE));
	// The first minute ends with refusals to all that is under way then, every later one with one: by then the limit is known.
	expect(limited.refused).toBe(128 + limited.windows - 2);
	const waited = Number(/^The run waited (\d+) s because GoFive's rate limit asked for it/.exec(result.hints[0]?.message ?? '')?.[1]);
	expect(waited).toBe((limited.windows - 1) * 60);
});
