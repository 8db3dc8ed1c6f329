// Random scenarios of Unchanged. The model is in support/silenceModel.cts, and both pollers run it in
// engine/trigger/triggerUnchangedModelTests.cts.
import fc from 'fast-check';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import { HOUR_MS } from '../../nodes/GoFive/shared/units';
import type { SilenceRule } from '../../nodes/GoFive/trigger/kinds/unchangedRecords';
import { runSilenceScenario, silenceScenario, type ModelDeal, type SilenceDriver } from '../support/silenceModel.cts';
import { buildDeal, dateOf, listIds, UnchangedPolls } from '../support/unchangedPolls.cts';

const START_HOUR = Date.parse('2025-06-15T05:00:00Z') / HOUR_MS;

/** Creates the driver of a scenario that compares in this process, with the store of n8n's default engine. */
function createDriver(includeExistingRecords: boolean): SilenceDriver {
	const polls = new UnchangedPolls(includeExistingRecords);
	let rule: Partial<SilenceRule> = {};
	const run = (deals: ModelDeal[], hour: number) => {
		const records = deals.map(({ index, stage, changeHour }) => buildDeal(index + 1, stage, dateOf(changeHour)));
		return listIds(polls.poll(records, rule, hour * HOUR_MS)).map((id) => Number(id) - 1);
	};
	return {
		isDurable: false,
		async activate(deals, hour, settings) {
			rule = settings;
			if (polls.memory) polls.restart();
			const ids = run(deals, hour);
			polls.store();
			return ids;
		},
		async poll(deals, hour) {
			const ids = run(deals, hour);
			if (ids.length > 0) polls.store();
			return ids;
		},
		async failPoll(hour) {
			const error = new GoFiveError({ message: 'No', description: 'Not now.', httpCode: '500' });
			expect(polls.poll(error, rule, hour * HOUR_MS).records).toEqual([]);
		},
	};
}

test('random scenarios: each silence is reported once per number of days, never early, and not lost by restarts', async () => {
	let reportCount = 0;
	await fc.assert(
		fc.asyncProperty(silenceScenario, async (scenario) => {
			reportCount += await runSilenceScenario(scenario, createDriver(scenario.includeExistingRecords), START_HOUR);
		}),
		// A fault was found after 19 scenarios at most.
		{ numRuns: 100 },
	);
	expect(reportCount).toBeGreaterThan(100);
});
