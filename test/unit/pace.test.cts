import { Pace, type Ended } from '../../nodes/GoFive/api/send/pace';
import { clock } from '../../nodes/GoFive/time/clock';

/** Events of a model, by a clock of its own. */
class Time {
	now = 1_000_000;
	private readonly events: Array<{ at: number; happen(): void }> = [];

	at(at: number, happen: () => void): void {
		const place = this.events.findIndex((event) => event.at > at);
		this.events.splice(place < 0 ? this.events.length : place, 0, { at, happen });
	}

	async after(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.now + milliseconds, resolve));
	}

	/** Lets time go on until nothing is left to happen. */
	async pass(): Promise<void> {
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			const next = this.events.shift();
			if (!next) return;
			this.now = next.at;
			next.happen();
		}
	}
}

let time: Time;
const real = { ...clock };
beforeEach(() => {
	time = new Time();
	clock.now = () => Math.floor(time.now);
	clock.sleep = async (milliseconds) => await time.after(milliseconds);
	clock.random = () => 0.5;
});
afterEach(() => void Object.assign(clock, real));

/** Answers one request; resolves once it is answered. */
type Server = () => Promise<Ended>;

const LATENCY = 50;
const quick: Server = async () => {
	await time.after(LATENCY);
	return 'answered';
};

/** Works on so many at a time, and lets the rest wait. */
function workers(count: number, milliseconds = LATENCY): Server {
	const free = Array.from({ length: count }, () => 0);
	return async () => {
		const soonest = free.indexOf(Math.min(...free));
		free[soonest] = Math.max(free[soonest] ?? 0, time.now) + milliseconds;
		await time.after((free[soonest] ?? 0) - time.now);
		return 'answered';
	};
}

/** The client's own work before and after each request, for which it has one core. */
function withOwnWork(milliseconds: number, server: Server): Server {
	const work = workers(1, milliseconds / 2);
	return async () => {
		await work();
		const ended = await server();
		await work();
		return ended;
	};
}

/** Stands still once, from a moment on for so many milliseconds. */
function withStall(from: number, milliseconds: number, server: Server): Server {
	const [begin, end] = [time.now + from, time.now + from + milliseconds];
	return async () => {
		const ended = await server();
		if (time.now > begin && time.now < end) await time.after(end - time.now);
		return ended;
	};
}

/** Is one server at first, for so many milliseconds, then another. */
function changing(milliseconds: number, before: Server, after: Server): Server {
	const end = time.now + milliseconds;
	return async () => await (time.now < end ? before() : after());
}

/** nginx's `limit_req`: what comes too fast waits, or with `nodelay` goes at once, up to a burst; the rest is refused. */
function limitReq(perSecond: number, burst: number, nodelay: boolean): Server {
	let excess = -1;
	let last = time.now;
	return async () => {
		const next = Math.max(0, excess - ((time.now - last) * perSecond) / 1000) + (excess < 0 ? 0 : 1);
		if (next > burst) {
			await time.after(2);
			return 'turnedAway';
		}
		excess = next;
		last = time.now;
		await time.after((nodelay ? 0 : (excess * 1000) / perSecond) + LATENCY);
		return 'answered';
	};
}

/** nginx's `limit_conn`: what comes beyond so many connections has a 503. */
function limitConn(most: number): Server {
	let open = 0;
	return async () => {
		if (open >= most) {
			await time.after(2);
			return 'brokeDown';
		}
		open += 1;
		await time.after(LATENCY);
		open -= 1;
		return 'answered';
	};
}

/** Every so manyth request breaks down, whatever the width. */
function withFlaws(every: number, server: Server): Server {
	let count = 0;
	return async () => {
		const ended = await server();
		count += 1;
		return count % every === 0 ? 'brokeDown' : ended;
	};
}

interface Ran {
	/** Milliseconds. */
	took: number;
	/** Requests under way, on average over the time and at most. */
	width: number;
	widest: number;
	/** How often a request was turned away, and how many broke down for the fifth time. */
	turnedAway: number;
	lost: number;
}

/** Sends so many requests through a pace and repeats them, as the client does. */
async function run(count: number, server: Server, most = 128): Promise<Ran> {
	const pace = new Pace(most);
	pace.start();
	const began = time.now;
	const ran: Ran = { took: 0, width: 0, widest: 0, turnedAway: 0, lost: 0 };
	let [underWay, area, since] = [0, 0, began];
	const change = (by: number) => {
		area += underWay * (time.now - since);
		since = time.now;
		underWay += by;
		ran.widest = Math.max(ran.widest, underWay);
	};
	const backOff = (times: number): number => 500 * 2 ** (times - 1) * 0.75;
	const one = async () => {
		for (let [limited, broken] = [0, 0]; ; ) {
			const turn = await pace.enter(limited + broken > 0);
			change(1);
			const ended = await server();
			change(-1);
			if (ended === 'turnedAway') {
				ran.turnedAway += 1;
				pace.pause(backOff(++limited));
			}
			pace.leave(turn, ended);
			ran.took = time.now - began;
			if (ended === 'answered') return;
			if (ended === 'brokeDown' && ++broken === 5) {
				ran.lost += 1;
				return;
			}
			if (ended === 'brokeDown') await time.after(backOff(broken));
		}
	};
	const all = Promise.all(Array.from({ length: count }, one));
	await time.pass();
	await all;
	return { ...ran, width: area / ran.took };
}

test.each([1, 3, 16, 19, 100, 128])('a server that bears all has %i at a time', async (most) => {
	const { took, widest } = await run(1000, quick, most);
	expect(widest).toBe(most);
	// The rounds of 16, 32 and 64, and what the last round does not fill.
	expect(took).toBeLessThanOrEqual(((1000 / most) + 4) * LATENCY);
});

// At a fixed width of 128 it is 93 with 1,000 requests.
test.each([
	[200, 56],
	[1000, 56],
	[5000, 44],
])('a server that works on 24 at a time is kept busy, and few wait there: %i requests', async (count, most) => {
	const { took, width } = await run(count, workers(24));
	expect(took).toBeLessThanOrEqual((1.15 * count * LATENCY) / 24);
	expect(width).toBeLessThanOrEqual(most);
});

test.each([6, 12, 48, 100])('one that works on %i at a time is kept busy as well', async (slots) => {
	expect((await run(2000, workers(slots))).took).toBeLessThanOrEqual((1.15 * 2000 * LATENCY) / slots);
});

test.each([0.3, 0.6, 1.2])("the client's own work of %d ms per request is not taken for a queue at the server", async (milliseconds) => {
	const { took } = await run(2000, withOwnWork(milliseconds, quick));
	const fixed = Math.max(2000 * milliseconds, (2000 / 128) * LATENCY);
	expect(took).toBeLessThanOrEqual(1.1 * fixed + 4 * LATENCY);
});

test('a server that stands still for a moment, whenever that is, does not keep the run narrow', async () => {
	for (let from = 20; from <= 400; from += 20) {
		const { took } = await run(1000, withStall(from, 150, quick));
		expect({ from, isSlow: took > (1000 / 128 + 8) * LATENCY + 150 }).toEqual({ from, isSlow: false });
	}
});

test('a server that is busy at first does not keep the run narrow for good', async () => {
	const { took, widest } = await run(5000, changing(2000, workers(24), quick));
	expect(widest).toBe(128);
	expect(took).toBeLessThanOrEqual(2000 + 2 * (4000 / 128) * LATENCY);
});

test.each([[false], [true]])('20 a second and a burst of 5, the others refused without Retry-After; nodelay: %s', async (nodelay) => {
	const { took, turnedAway } = await run(200, limitReq(20, 5, nodelay));
	expect(took).toBeLessThanOrEqual(1.35 * (200 / 20) * 1000);
	expect(turnedAway).toBeLessThanOrEqual(50);
});

test.each([200, 1000])('6 connections, a 503 beyond: %i requests, and none is lost', async (count) => {
	const { lost, took } = await run(count, limitConn(6));
	expect(lost).toBe(0);
	expect(took).toBeLessThanOrEqual((2 * count * LATENCY) / 6);
});

test('one breakdown in twenty does not make it narrow', async () => {
	const { took } = await run(1000, withFlaws(20, quick));
	expect(took).toBeLessThanOrEqual(5 * 1000);
});
