import { ConcurrencyLimiter, type RequestResult } from '../../nodes/GoFive/api/transport/concurrencyLimiter';
import { clock } from '../../nodes/GoFive/time/clock';

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
});
afterEach(() => void Object.assign(clock, realClock));

/** Simulated server: resolves when a request has its result. */
type SimulatedServer = () => Promise<RequestResult>;

const LATENCY_MS = 50;
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

/** Adds a stall of a number of ms, starting `from` ms after now. */
function withStall(from: number, milliseconds: number, server: SimulatedServer): SimulatedServer {
	const [begin, end] = [simulatedTime.now + from, simulatedTime.now + from + milliseconds];
	return async () => {
		const outcome = await server();
		if (simulatedTime.now > begin && simulatedTime.now < end) await simulatedTime.sleep(end - simulatedTime.now);
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
			return 'rejected';
		}
		excess = next;
		lastRequestAt = simulatedTime.now;
		await simulatedTime.sleep((nodelay ? 0 : (excess * 1000) / perSecond) + LATENCY_MS);
		return 'completed';
	};
}

/** Creates a server with nginx's `limit_conn`: requests above the number of connections get a 503. */
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

/** Creates a server with a token bucket, which is full at the start. */
function createTokenBucketServer(perSecond: number, milliseconds: number): SimulatedServer {
	let [tokens, lastRequestAt] = [perSecond, simulatedTime.now];
	return async () => {
		tokens = Math.min(perSecond, tokens + ((simulatedTime.now - lastRequestAt) * perSecond) / 1000);
		lastRequestAt = simulatedTime.now;
		const isRejected = tokens < 1;
		if (!isRejected) tokens -= 1;
		await simulatedTime.sleep(milliseconds);
		return isRejected ? 'rejected' : 'completed';
	};
}

interface RunStatistics {
	/** Duration of the run in ms. */
	durationMs: number;
	/** Requests in flight: average over time, and maximum. */
	averageInFlight: number;
	maxInFlight: number;
	/** Number of rejections by the rate limit, and of requests that failed five times. */
	rejectedCount: number;
	lostCount: number;
}

/** Sends requests through a limiter and retries them as the client does. */
async function simulateRun(count: number, server: SimulatedServer, maxConcurrency = 128): Promise<RunStatistics> {
	const limiter = new ConcurrencyLimiter(maxConcurrency);
	limiter.enableConcurrency();
	const startedAt = simulatedTime.now;
	const statistics: RunStatistics = {
		durationMs: 0,
		averageInFlight: 0,
		maxInFlight: 0,
		rejectedCount: 0,
		lostCount: 0,
	};
	let [inFlight, inFlightTime, lastChangeAt] = [0, 0, startedAt];
	const changeInFlight = (by: number) => {
		inFlightTime += inFlight * (simulatedTime.now - lastChangeAt);
		lastChangeAt = simulatedTime.now;
		inFlight += by;
		statistics.maxInFlight = Math.max(statistics.maxInFlight, inFlight);
	};
	const getBackoffMs = (times: number): number => 500 * 2 ** (times - 1) * 0.75;
	const sendWithRetries = async () => {
		for (let [rateLimitCount, failureCount] = [0, 0]; ; ) {
			const slot = await limiter.acquire(rateLimitCount + failureCount > 0);
			changeInFlight(1);
			const outcome = await server();
			changeInFlight(-1);
			if (outcome === 'rejected') {
				statistics.rejectedCount += 1;
				limiter.pause(getBackoffMs(++rateLimitCount));
			}
			limiter.release(slot, outcome);
			statistics.durationMs = simulatedTime.now - startedAt;
			if (outcome === 'completed') return;
			if (outcome === 'failed' && ++failureCount === 5) {
				statistics.lostCount += 1;
				return;
			}
			if (outcome === 'failed') await simulatedTime.sleep(getBackoffMs(failureCount));
		}
	};
	const all = Promise.all(Array.from({ length: count }, sendWithRetries));
	await simulatedTime.runUntilIdle();
	await all;
	return { ...statistics, averageInFlight: inFlightTime / statistics.durationMs };
}

test.each([1, 3, 16, 19, 100, 128])(
	'a server without a limit receives %i requests in parallel',
	async (maxConcurrency) => {
		const { durationMs, maxInFlight } = await simulateRun(1000, fastServer, maxConcurrency);
		expect(maxInFlight).toBe(maxConcurrency);
		// Rounds of 16, 32 and 64, and an incomplete last round.
		expect(durationMs).toBeLessThanOrEqual((1000 / maxConcurrency + 4) * LATENCY_MS);
	},
);

// With a fixed concurrency of 128 the average is 93 for 1,000 requests.
test.each([
	[200, 56],
	[1000, 56],
	[5000, 44],
])('a server with 24 workers is kept busy with a short queue: %i requests', async (count, mostInFlight) => {
	const { durationMs, averageInFlight } = await simulateRun(count, createWorkerPoolServer(24));
	expect(durationMs).toBeLessThanOrEqual((1.15 * count * LATENCY_MS) / 24);
	expect(averageInFlight).toBeLessThanOrEqual(mostInFlight);
});

test.each([6, 12, 48, 100])('a server with %i workers is kept busy', async (workerCount) => {
	expect((await simulateRun(2000, createWorkerPoolServer(workerCount))).durationMs).toBeLessThanOrEqual(
		(1.15 * 2000 * LATENCY_MS) / workerCount,
	);
});

test.each([0.3, 0.6, 1.2])(
	"the client's own work of %d ms per request is not treated as a queue at the server",
	async (milliseconds) => {
		const { durationMs } = await simulateRun(2000, withClientWork(milliseconds, fastServer));
		const fixedWidthMs = Math.max(2000 * milliseconds, (2000 / 128) * LATENCY_MS);
		expect(durationMs).toBeLessThanOrEqual(1.1 * fixedWidthMs + 4 * LATENCY_MS);
	},
);

test('a short stall of the server at any time does not limit the run', async () => {
	for (let from = 20; from <= 400; from += 20) {
		const { durationMs } = await simulateRun(1000, withStall(from, 150, fastServer));
		expect({ from, isSlow: durationMs > (1000 / 128 + 8) * LATENCY_MS + 150 }).toEqual({ from, isSlow: false });
	}
});

test('a server that is busy at first does not limit the run permanently', async () => {
	const busyServer = createWorkerPoolServer(24);
	const end = simulatedTime.now + 2000;
	const server: SimulatedServer = async () => await (simulatedTime.now < end ? busyServer() : fastServer());
	const { durationMs, maxInFlight } = await simulateRun(5000, server);
	expect(maxInFlight).toBe(128);
	expect(durationMs).toBeLessThanOrEqual(2000 + 2 * (4000 / 128) * LATENCY_MS);
});

test.each([[false], [true]])(
	'20 requests per second with a burst of 5, others rejected without Retry-After; nodelay: %s',
	async (nodelay) => {
		const { durationMs, rejectedCount } = await simulateRun(200, createLimitReqServer(20, 5, nodelay));
		expect(durationMs).toBeLessThanOrEqual(1.35 * (200 / 20) * 1000);
		expect(rejectedCount).toBeLessThanOrEqual(50);
	},
);

test.each([50, 100, 200])(
	'20 requests per second as a token bucket, and responses after %i ms',
	async (milliseconds) => {
		const { durationMs } = await simulateRun(200, createTokenBucketServer(20, milliseconds));
		expect(durationMs).toBeLessThanOrEqual(1.25 * ((200 - 20) / 20) * 1000);
	},
);

test.each([200, 1000])('6 connections and 503 for others: %i requests, none is lost', async (count) => {
	const { lostCount, durationMs } = await simulateRun(count, createLimitConnServer(6));
	expect(lostCount).toBe(0);
	expect(durationMs).toBeLessThanOrEqual((2 * count * LATENCY_MS) / 6);
});

test('one failure in twenty does not reduce the concurrency', async () => {
	let count = 0;
	const { durationMs } = await simulateRun(1000, async () => {
		const outcome = await fastServer();
		count += 1;
		return count % 20 === 0 ? 'failed' : outcome;
	});
	expect(durationMs).toBeLessThanOrEqual(5 * 1000);
});
