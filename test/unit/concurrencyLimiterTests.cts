import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { Client } from '../../nodes/GoFive/api/client';
import { ConcurrencyLimiter } from '../../nodes/GoFive/api/concurrencyLimiter';
import type { ServerLoad } from '../../nodes/GoFive/api/failure';
import { clock } from '../../nodes/GoFive/time/clock';
import {
	rateLimited,
	RESPONSES,
	success,
	temporaryFailure,
	toFullResponse,
	type HttpResponse,
} from '../support/responses.cts';

/** Clock and event queue of the simulation. */
class SimulatedTime {
	now = 1_000_000;
	private readonly events: Array<{ at: number; callback(): void }> = [];

	at(at: number, callback: () => void): void {
		const index = this.events.findIndex((event) => event.at > at);
		this.events.splice(index < 0 ? this.events.length : index, 0, { at, callback });
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.now + milliseconds, resolve));
	}

	/** Moves the clock forward until the queue is empty. */
	async runUntilIdle(): Promise<void> {
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			const next = this.events.shift();
			if (!next) return;
			this.now = next.at;
			next.callback();
		}
	}
}

let simulatedTime: SimulatedTime;
const realClock = { ...clock };
beforeEach(() => {
	simulatedTime = new SimulatedTime();
	clock.now = () => Math.floor(simulatedTime.now);
	clock.sleep = async (milliseconds) => await simulatedTime.sleep(milliseconds);
	clock.random = () => 0.5;
	clock.timeoutSignal = () => new AbortController().signal;
});
afterEach(() => void Object.assign(clock, realClock));

/** Response of the simulated server, and the time in ms that Retry-After requires. */
type SimulatedResponse = ServerLoad | { retryAfterMs: number };
/** Simulated server: resolves when a request has its response. */
type SimulatedServer = () => Promise<SimulatedResponse>;

const LATENCY_MS = 50;
const MINUTE_MS = 60_000;
const fastServer: SimulatedServer = async () => {
	await simulatedTime.sleep(LATENCY_MS);
	return 'completed';
};

/** Creates a server with a number of workers. Other requests wait. */
function createWorkerPoolServer(count: number, milliseconds = LATENCY_MS): SimulatedServer {
	const freeAt = Array.from({ length: count }, () => 0);
	return async () => {
		const nextWorker = freeAt.indexOf(Math.min(...freeAt));
		freeAt[nextWorker] = Math.max(freeAt[nextWorker] ?? 0, simulatedTime.now) + milliseconds;
		await simulatedTime.sleep((freeAt[nextWorker] ?? 0) - simulatedTime.now);
		return 'completed';
	};
}

/** Adds the client's work before and after each request, for which it has one core. */
function withClientWork(milliseconds: number, server: SimulatedServer): SimulatedServer {
	const processLocally = createWorkerPoolServer(1, milliseconds / 2);
	return async () => {
		await processLocally();
		const outcome = await server();
		await processLocally();
		return outcome;
	};
}

/**
 * Creates a server with nginx's `limit_req`. Up to `burst` requests above the rate are delayed, or processed
 * immediately with `nodelay`; others are rejected.
 */
function createLimitReqServer(perSecond: number, burst: number, nodelay: boolean): SimulatedServer {
	let excess = -1;
	let lastRequestAt = simulatedTime.now;
	return async () => {
		const next = Math.max(0, excess - ((simulatedTime.now - lastRequestAt) * perSecond) / 1000) + (excess < 0 ? 0 : 1);
		if (next > burst) {
			await simulatedTime.sleep(2);
			return 'ignored';
		}
		excess = next;
		lastRequestAt = simulatedTime.now;
		await simulatedTime.sleep((nodelay ? 0 : (excess * 1000) / perSecond) + LATENCY_MS);
		return 'completed';
	};
}

/** Creates a server with nginx's `limit_conn`: requests above the number of connections get a temporary failure. */
function createLimitConnServer(maxConnections: number): SimulatedServer {
	let openConnections = 0;
	return async () => {
		if (openConnections >= maxConnections) {
			await simulatedTime.sleep(2);
			return 'failed';
		}
		openConnections += 1;
		await simulatedTime.sleep(LATENCY_MS);
		openConnections -= 1;
		return 'completed';
	};
}

/** Creates a server with a fixed number of requests per window, and Retry-After until its end. */
function createWindowServer(perWindow: number, windowMs: number, latencyMs = LATENCY_MS): SimulatedServer {
	let windowStart = -Infinity;
	let usedInWindow = 0;
	return async () => {
		if (simulatedTime.now - windowStart >= windowMs) {
			windowStart = simulatedTime.now;
			usedInWindow = 0;
		}
		usedInWindow += 1;
		const isRejected = usedInWindow > perWindow;
		const retryAfterMs = Math.ceil((windowStart + windowMs - simulatedTime.now) / 1000) * 1000;
		await simulatedTime.sleep(isRejected ? 2 : latencyMs);
		return isRejected ? { retryAfterMs } : 'completed';
	};
}

/** Creates a server without a limit. `getLatencyMs` returns the response time by the number of the request. */
function createServerWithLatency(getLatencyMs: (count: number) => number): SimulatedServer {
	let count = 0;
	return async () => {
		count += 1;
		await simulatedTime.sleep(getLatencyMs(count));
		return 'completed';
	};
}

interface RunStatistics {
	/** Duration of the run in ms. */
	durationMs: number;
	/** Maximum number of requests in flight. */
	maxInFlight: number;
	/** Number of requests that failed. */
	lostCount: number;
	/** Number of responses with HTTP 429. */
	rejectedCount: number;
}

function toHttpResponse(response: SimulatedResponse): HttpResponse {
	if (typeof response === 'object') return rateLimited(response.retryAfterMs / 1000);
	if (response === 'ignored') return RESPONSES.rateLimitedWithoutTime;
	return response === 'failed' ? temporaryFailure() : success(true);
}

const CREDENTIAL = {
	authentication: 'accessToken',
	accessToken: 'token-1',
	subscriptionApiKey: 'key-1',
	baseUrl: 'https://api.example',
};

/** Sends requests with the client of a run, whose token is stored. */
async function simulateRun(count: number, server: SimulatedServer, maxParallelRequests = 128): Promise<RunStatistics> {
	const startedAt = simulatedTime.now;
	const statistics: RunStatistics = { durationMs: 0, maxInFlight: 0, lostCount: 0, rejectedCount: 0 };
	let inFlight = 0;
	const sendToServer = async () => {
		inFlight += 1;
		statistics.maxInFlight = Math.max(statistics.maxInFlight, inFlight);
		const response = toHttpResponse(await server());
		if (response.status === 429) statistics.rejectedCount += 1;
		inFlight -= 1;
		statistics.durationMs = simulatedTime.now - startedAt;
		return toFullResponse(response);
	};
	const context = {
		helpers: { httpRequestWithAuthentication: sendToServer },
		getCredentials: async () => await Promise.resolve(CREDENTIAL),
		logger: { debug: () => undefined },
	} as unknown as ILoadOptionsFunctions;
	const client = new Client(context, { timeoutSeconds: 60, maxParallelRequests });
	const send = async (_: unknown, index: number) =>
		await client.send({ method: 'GET', path: `/${index}` }).catch(() => (statistics.lostCount += 1));
	const all = Promise.all(Array.from({ length: count }, send));
	await simulatedTime.runUntilIdle();
	await all;
	return statistics;
}

test.each([1, 16, 19, 128])('a server without a limit receives %i requests in parallel', async (maxConcurrency) => {
	const { durationMs, maxInFlight } = await simulateRun(1000, fastServer, maxConcurrency);
	expect(maxInFlight).toBe(maxConcurrency);
	// Rounds of 16, 32 and 64, and an incomplete last round.
	expect(durationMs).toBeLessThanOrEqual((1000 / maxConcurrency + 4) * LATENCY_MS);
});

/** Latency of 200 ms, and 3 s for every tenth request. */
const getLatencyWithOutliers = (count: number): number => (count % 10 === 0 ? 3000 : 200);

/**
 * Models of servers, the number of requests, and the bound of the duration in seconds: 15 % above the time of an
 * algorithm that measured response times, with a limit of connections 40 %.
 */
const MODELS: Array<[model: string, count: number, maxSeconds: number, createServer: () => SimulatedServer]> = [
	['responses after 50 ms', 1000, 1.15 * 0.55, () => fastServer],
	['responses after 200 ms', 1000, 1.15 * 2.2, () => createServerWithLatency(() => 200)],
	['responses after 200 ms, some after 3 s', 1000, 1.15 * 6.2, () => createServerWithLatency(getLatencyWithOutliers)],
	['fast at first, then 200 ms', 1000, 1.15 * 2, () => createServerWithLatency((count) => (count <= 16 ? 5 : 200))],
	['5 per second, Retry-After', 200, 1.15 * 41.23, () => createWindowServer(5, 1000)],
	['20 per second, burst of 5', 200, 1.15 * 11.28, () => createLimitReqServer(20, 5, false)],
	['20 per second, burst of 5 without delay', 200, 1.15 * 12.11, () => createLimitReqServer(20, 5, true)],
	['300 per minute, responses after 1.5 s', 3000, 1.15 * 572.52, () => createWindowServer(300, MINUTE_MS, 1500)],
	['24 workers', 1000, 1.15 * 2.1, () => createWorkerPoolServer(24)],
	['6 connections, else a temporary failure', 200, 1.4 * 2.03, () => createLimitConnServer(6)],
	['6 connections, else a temporary failure', 1000, 1.4 * 8.68, () => createLimitConnServer(6)],
];

test.each(MODELS)('%s: %i requests in at most %d s, none is lost', async (_, count, maxSeconds, createServer) => {
	const { durationMs, lostCount } = await simulateRun(count, createServer());
	expect(lostCount).toBe(0);
	expect(durationMs / 1000).toBeLessThanOrEqual(maxSeconds);
});

test("the client's own work per request does not limit the run", async () => {
	const milliseconds = 0.6;
	const { durationMs } = await simulateRun(2000, withClientWork(milliseconds, fastServer));
	const fixedWidthMs = Math.max(2000 * milliseconds, (2000 / 128) * LATENCY_MS);
	expect(durationMs).toBeLessThanOrEqual(1.1 * fixedWidthMs + 4 * LATENCY_MS);
});

test('5,000 requests at 300 per minute: none is lost, although the run waits for more than ten minutes in total', async () => {
	const { durationMs, lostCount, rejectedCount } = await simulateRun(5000, createWindowServer(300, MINUTE_MS));
	expect(lostCount).toBe(0);
	const minuteCount = Math.ceil(5000 / 300);
	expect(durationMs).toBeLessThanOrEqual(minuteCount * MINUTE_MS);
	// After each minute the limit is halved, and it grows by one per round until the quota of the next minute is used up.
	expect(rejectedCount).toBeLessThanOrEqual(128 + 30 * (minuteCount - 1));
});

test('one failure in twenty does not reduce the concurrency below that of the start', async () => {
	let count = 0;
	const { durationMs, lostCount } = await simulateRun(1000, async () => {
		await fastServer();
		count += 1;
		return count % 20 === 0 ? 'failed' : 'completed';
	});
	expect(lostCount).toBe(0);
	expect(durationMs).toBeLessThanOrEqual((1000 / 16) * LATENCY_MS + 2000);
});

describe('pauses', () => {
	/** Creates a limiter that 16 requests have passed, and sends 16 others. */
	async function createBusyLimiter() {
		const limiter = new ConcurrencyLimiter(16);
		limiter.start();
		const sentAt = await Promise.all(Array.from({ length: 16 }, async () => await limiter.acquire()));
		return { limiter, sentAt: sentAt[0] ?? 0 };
	}

	test('further rejections of requests that were sent before a pause count once, and may extend it', async () => {
		const { limiter, sentAt } = await createBusyLimiter();
		for (const retryAfterMs of [1000, 1000, 3000, 2000]) {
			expect(limiter.pause(sentAt, retryAfterMs, 60_000)).toBe(true);
			limiter.release(sentAt, 'ignored');
		}
		expect([limiter.pausedMs, limiter.pauseLeftMs]).toEqual([3000, 3000]);
	});

	test('without Retry-After, pauses in a row become longer, and end at the maximum', async () => {
		const limiter = new ConcurrencyLimiter(16);
		const pausesMs: number[] = [];
		for (let isPaused = true; isPaused; ) {
			const sentAt = await new Promise<number>((resolve) => {
				void limiter.acquire().then(resolve);
				void simulatedTime.runUntilIdle();
			});
			const before = limiter.pausedMs;
			isPaused = limiter.pause(sentAt, undefined, 20_000);
			limiter.release(sentAt, 'ignored');
			pausesMs.push(limiter.pausedMs - before);
		}
		expect(pausesMs).toEqual([375, 750, 1500, 3000, 6000, 0]);
	});

	test('an accepted request starts the waiting time again, unless it was sent before the pause', async () => {
		const { limiter, sentAt } = await createBusyLimiter();
		expect(limiter.pause(sentAt, 8000, 10_000)).toBe(true);
		limiter.release(sentAt, 'ignored');
		limiter.release(sentAt, 'completed');
		const later = simulatedTime.now + 8000;
		expect(limiter.pause(later, 8000, 10_000)).toBe(false);
		limiter.release(later, 'completed');
		expect(limiter.pause(later, 8000, 10_000)).toBe(true);
	});
});
