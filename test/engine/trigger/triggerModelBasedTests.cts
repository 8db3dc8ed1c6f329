import fc from 'fast-check';
import { createTriggerScenarios } from '../modelBased/triggerScenarios.cts';
import { TriggerSimulation, PollTally } from '../modelBased/triggerSimulation.cts';
import { clock, ExecutionFixture } from '../executionFixture.cts';

/** Numbers of scenarios. In fewer of them too little may happen for the counts below. */
const SCENARIO_COUNT = 180;
const DURABLE_SCENARIO_COUNT = 150;
/** Number of scenarios with all customers, of each poller. */
const ALL_CUSTOMERS_SCENARIO_COUNT = 80;

const fixture = new ExecutionFixture();
const realNow = clock.now;
beforeAll(async () => await fixture.start());
afterAll(async () => {
	clock.now = realNow;
	await fixture.stop();
});

async function checkScenarios(numRuns: number, isDurable: boolean, watchesAll = false): Promise<void> {
	const pollTally = new PollTally();
	await fc.assert(
		fc.asyncProperty(createTriggerScenarios(watchesAll), async (scenario) => {
			const simulation = new TriggerSimulation(fixture, scenario, pollTally, isDurable);
			for (const command of scenario.existingEvents) await simulation.execute(command);
			await simulation.execute({ kind: 'activate', ...scenario.firstPollFaults });
			for (const command of scenario.commands) await simulation.execute(command);
			await simulation.execute({ kind: 'poll', failingCodes: [] });
			await simulation.execute({ kind: 'poll', failingCodes: [] });
		}),
		{ numRuns },
	);
	// Scenarios in which little happens would prove little.
	expect(pollTally.pollCount).toBeGreaterThan(8 * numRuns);
	expect(pollTally.emittedCount).toBeGreaterThan(numRuns / 2);
	expect(pollTally.reportCount).toBeGreaterThan(numRuns / 50);
	expect(pollTally.errorCount).toBeGreaterThan(numRuns / 50);
	expect(pollTally.optionalCount).toBeLessThan(pollTally.emittedCount / 10);
	expect(pollTally.unansweredCount > numRuns / 5).toBe(isDurable);
}

test(`${SCENARIO_COUNT} simulated workflows: every event exactly once`, async () =>
	await checkScenarios(SCENARIO_COUNT, false));

test(`${DURABLE_SCENARIO_COUNT} simulated workflows with the durable poller`, async () =>
	await checkScenarios(DURABLE_SCENARIO_COUNT, true));

test(`${ALL_CUSTOMERS_SCENARIO_COUNT} simulated workflows of all customers, which join, leave and return`, async () =>
	await checkScenarios(ALL_CUSTOMERS_SCENARIO_COUNT, false, true));

test(`${ALL_CUSTOMERS_SCENARIO_COUNT} simulated workflows of all customers with the durable poller`, async () =>
	await checkScenarios(ALL_CUSTOMERS_SCENARIO_COUNT, true, true));
