// Random scenarios of Unchanged in both pollers of n8n. The model is in support/silenceModel.cts.
import fc from 'fast-check';
import type { TriggerPollResult } from '../harness.cts';
import {
	runSilenceScenario,
	silenceScenario,
	type ModelDeal,
	type SilenceDriver,
} from '../../support/silenceModel.cts';
import { setupTriggerFixture } from '../triggerFixture.cts';

const HOUR_MS = 3_600_000;
const START_HOUR = Date.parse('2025-06-15T05:00:00Z') / HOUR_MS;
/** Number of scenarios of each poller. Five found each fault, and reported 18 to 74 records in 30 runs. */
const SCENARIO_COUNT = 5;

const fixture = setupTriggerFixture();

function createDriver(includeExistingRecords: boolean, isDurable: boolean): SilenceDriver {
	const workflow = fixture.createWorkflow(
		{ triggerOn: 'unchangedDeal', options: { includeExistingRecords } },
		isDurable,
	);
	const prepare = (deals: ModelDeal[], hour: number) => {
		fixture.now = hour * HOUR_MS;
		fixture.sandbox.records.deals.records = deals.map(({ index, stage, changeHour }) => ({
			dealsId: index + 1,
			dealStageId: stage,
			dateModified: new Date(changeHour * HOUR_MS).toISOString(),
		}));
	};
	const getIndexes = ({ items, error }: TriggerPollResult): number[] => {
		if (error) throw error;
		return items.map(({ dealsId }) => Number(dealsId) - 1);
	};
	return {
		isDurable,
		async activate(deals, hour, { days, repeats }) {
			prepare(deals, hour);
			const options = { includeExistingRecords, repeat: repeats };
			return getIndexes(await workflow.publish({ daysWithoutChange: days, options }));
		},
		async poll(deals, hour) {
			prepare(deals, hour);
			return getIndexes(await workflow.poll());
		},
		async failPoll(hour) {
			fixture.now = hour * HOUR_MS;
			fixture.addFault('findDeals', { status: 500 });
			expect((await workflow.poll()).error?.message).toContain('HTTP 500');
		},
	};
}

test.each([
	['the default poller', false],
	['the durable poller', true],
])(
	`${SCENARIO_COUNT} scenarios in %s: each silence is reported once, never early, and not lost`,
	async (_, isDurable) => {
		let reportCount = 0;
		await fc.assert(
			fc.asyncProperty(silenceScenario, async (scenario) => {
				fixture.resetForTest();
				const driver = createDriver(scenario.includeExistingRecords, isDurable);
				reportCount += await runSilenceScenario(scenario, driver, START_HOUR);
			}),
			{ numRuns: SCENARIO_COUNT },
		);
		expect(reportCount).toBeGreaterThan(SCENARIO_COUNT);
	},
);
