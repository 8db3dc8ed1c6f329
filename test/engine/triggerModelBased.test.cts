import fc from 'fast-check';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/index.mts';
import { isN8nV1 } from './harness.cts';
import { triggerScenarios } from './modelBased/triggerScenarios.cts';
import { TriggerSimulation, pollTally } from './modelBased/triggerSimulation.cts';
import { clock, ExecutionFixture } from './executionFixture.cts';

/** Half of the 2,000 lives of `npm test`: the other half runs in the other engine. */
const SCENARIO_COUNT = 1000;
const DURABLE_SCENARIO_COUNT = 250;

const fixture = new ExecutionFixture();
const realNow = clock.now;
beforeAll(async () => await fixture.start());
beforeEach(
	() =>
		void Object.assign(pollTally, {
			pollCount: 0,
			emittedCount: 0,
			errorCount: 0,
			optionalCount: 0,
			reportCount: 0,
			unansweredCount: 0,
		}),
);
afterAll(async () => {
	clock.now = realNow;
	await fixture.stop();
});

async function checkScenarios(numRuns: number, isDurable: boolean): Promise<void> {
	const credential = {
		...fixture.credential,
		authentication: 'accessToken',
		accessToken: SANDBOX_CREDENTIAL_DATA.accessToken,
	};
	await fc.assert(
		fc.asyncProperty(triggerScenarios, async (scenario) => {
			const simulation = new TriggerSimulation(fixture.sandbox, credential, scenario, isDurable);
			for (const command of scenario.existingEvents) await simulation.execute(command);
			await simulation.execute({ kind: 'activate', failingCodes: [], lateCodes: scenario.lateCodes });
			for (const command of scenario.commands) await simulation.execute(command);
			await simulation.execute({ kind: 'poll', failingCodes: [] });
			await simulation.execute({ kind: 'poll', failingCodes: [] });
		}),
		{ numRuns },
	);
	// Lives in which little happens would prove little.
	expect(pollTally.pollCount).toBeGreaterThan(8 * numRuns);
	expect(pollTally.emittedCount).toBeGreaterThan(numRuns / 2);
	expect(pollTally.reportCount).toBeGreaterThan(numRuns / 50);
	expect(pollTally.errorCount).toBeGreaterThan(numRuns / 50);
	expect(pollTally.optionalCount).toBeLessThan(pollTally.emittedCount / 10);
	if (isDurable) expect(pollTally.unansweredCount).toBeGreaterThan(numRuns / 5);
}

test(
	`${SCENARIO_COUNT} simulated lives: every event exactly once`,
	async () => await checkScenarios(SCENARIO_COUNT, false),
	600_000,
);

// Only n8n 2.x has the durable poller.
if (!isN8nV1()) {
	test(
		`${DURABLE_SCENARIO_COUNT} lives with the durable poller`,
		async () => await checkScenarios(DURABLE_SCENARIO_COUNT, true),
		300_000,
	);
}
