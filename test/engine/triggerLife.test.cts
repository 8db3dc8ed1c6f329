import fc from 'fast-check';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';
import { isFirstMajor } from './harness.cts';
import { lives } from './life/commands.cts';
import { SimulatedLife, tally } from './life/simulated.cts';
import { clock, World } from './world.cts';

/** Half of the 2,000 lives of `npm test`: the other half runs in the other engine. */
const LIVES = 1000;
const DURABLE_LIVES = 250;

const world = new World();
const realNow = clock.now;
beforeAll(async () => await world.open());
beforeEach(() => void Object.assign(tally, { polls: 0, emitted: 0, refused: 0, undecided: 0, reports: 0, cut: 0 }));
afterAll(async () => {
	clock.now = realNow;
	await world.close();
});

async function live(numRuns: number, durable: boolean): Promise<void> {
	const credential = { ...world.credential, authentication: 'accessToken', accessToken: SANDBOX_SIGN_IN.accessToken };
	await fc.assert(
		fc.asyncProperty(lives, async (life) => {
			const simulated = new SimulatedLife(world.sandbox, credential, life, durable);
			for (const command of life.existing) await simulated.take(command);
			await simulated.take({ do: 'activate', failing: [], late: life.late });
			for (const command of life.commands) await simulated.take(command);
			await simulated.take({ do: 'poll', failing: [] });
			await simulated.take({ do: 'poll', failing: [] });
		}),
		{ numRuns },
	);
	// Lives in which little happens would prove little.
	expect(tally.polls).toBeGreaterThan(8 * numRuns);
	expect(tally.emitted).toBeGreaterThan(numRuns / 2);
	expect(tally.reports).toBeGreaterThan(numRuns / 50);
	expect(tally.refused).toBeGreaterThan(numRuns / 50);
	expect(tally.undecided).toBeLessThan(tally.emitted / 10);
	if (durable) expect(tally.cut).toBeGreaterThan(numRuns / 5);
}

test(`${LIVES} simulated lives: every event exactly once`, async () => await live(LIVES, false), 600_000);

// Only n8n 2.x has the durable poller.
if (!isFirstMajor()) {
	test(`${DURABLE_LIVES} lives with the durable poller`, async () => await live(DURABLE_LIVES, true), 300_000);
}
