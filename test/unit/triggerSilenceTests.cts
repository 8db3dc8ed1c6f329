// Records that do not change: from when the days count, and when a record is reported.
// Forms, output and requests are in engine/trigger/triggerUnchangedTests.cts.
import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { DAY_MS, HOUR_MS } from '../../nodes/GoFive/shared/units';
import { compareParts, type PollComparison } from '../../nodes/GoFive/trigger/compareParts';
import { trackSilence, type SilenceRule } from '../../nodes/GoFive/trigger/silence';
import { sources } from '../../nodes/GoFive/trigger/sources';
import * as triggerState from '../../nodes/GoFive/trigger/triggerState';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import { runSilenceScenario, silenceScenario, type ModelDeal, type SilenceDriver } from '../support/silenceModel.cts';

const NOW = Date.parse('2025-06-15T05:00:00Z');
const NOW_HOUR = NOW / HOUR_MS;
const source = sources.find(({ name }) => name === 'Deal')!;
const RULE: SilenceRule = {
	days: 14,
	repeats: false,
	dateColumns: ['dateModified', 'dateCreated'],
	entity: source.entity,
	timeZone: 'Asia/Bangkok',
};
const daysAgo = (days: number) => NOW_HOUR - 24 * days;
const dateOf = (hour: number) => new Date(hour * HOUR_MS).toISOString();

interface Case {
	record?: IDataObject;
	before?: { unchangedSince?: number; reportedDays?: number };
	isChanged?: boolean;
	isIncluded?: boolean;
	rule?: Partial<SilenceRule>;
}

const track = ({ record = {}, before, isChanged = false, isIncluded = false, rule }: Case) =>
	trackSilence(record, { before, isChanged, isIncluded }, { ...RULE, ...rule }, NOW);

const OLD = { dateModified: dateOf(daysAgo(60)) };

test.each<[string, Case, number]>([
	['an unchanged record keeps its hour', { before: { unchangedSince: daysAgo(9) }, record: OLD }, 9],
	['a change without a date counts from the poll', { before: { unchangedSince: daysAgo(9) }, isChanged: true }, 0],
	[
		'a change with a later date counts from the date',
		{ before: { unchangedSince: daysAgo(9) }, isChanged: true, record: { dateModified: dateOf(daysAgo(4)) } },
		4,
	],
	[
		'a change with an older date counts from the poll',
		{ before: { unchangedSince: daysAgo(9) }, isChanged: true, record: { dateModified: dateOf(daysAgo(10)) } },
		0,
	],
	[
		'a change whose date is the stored hour counts from the poll',
		{ before: { unchangedSince: daysAgo(9) }, isChanged: true, record: { dateModified: dateOf(daysAgo(9)) } },
		0,
	],
	['an existing record counts from the poll', { record: OLD }, 0],
	['a record of another kind of trigger counts from the poll', { before: {}, record: OLD }, 0],
	['a change of a record of another kind of trigger', { before: {}, isChanged: true, record: OLD }, 0],
	['an included record counts from its modification', { isIncluded: true, record: { ...OLD, dateCreated: 'x' } }, 60],
	[
		'an included record that was never modified counts from its creation',
		{ isIncluded: true, record: { dateModified: null, dateCreated: dateOf(daysAgo(7)) } },
		7,
	],
	[
		'an included record without the date of a modification counts from the poll',
		{ isIncluded: true, record: { dateCreated: dateOf(daysAgo(7)) } },
		0,
	],
	['a date in the future is now', { isIncluded: true, record: { dateModified: dateOf(daysAgo(-5)) } }, 0],
	['not a date', { isIncluded: true, record: { dateModified: 'yesterday' } }, 0],
	[".NET's empty date", { isIncluded: true, record: { dateModified: '0001-01-01T00:00:00' } }, 0],
	['a source without dates', { isIncluded: true, record: OLD, rule: { dateColumns: [] } }, 0],
])('%s', (_, input, days) => {
	expect(track(input).silence.unchangedSince).toBe(daysAgo(days));
});

test.each<[number, number | undefined, Partial<SilenceRule>, boolean, number | undefined]>([
	[13.99, undefined, {}, false, undefined],
	[14, undefined, {}, true, 14],
	[40, 14, {}, false, 14],
	[40, 14, { days: 7 }, false, 14],
	[10, undefined, { days: 7 }, true, 7],
	[30, 14, { days: 30 }, true, 30],
	[29, 14, { days: 30 }, false, 14],
	[27, 14, { repeats: true }, false, 14],
	[28, 14, { repeats: true }, true, 28],
	[100, 14, { repeats: true }, true, 98],
	[-3, undefined, {}, false, undefined],
])('after %d days, reported at %p, with %j: due %p', (days, reportedDays, rule, isDue, stored) => {
	const unchangedSince = Math.ceil(daysAgo(days));
	const result = track({ before: { unchangedSince, reportedDays }, rule });
	expect(result).toEqual({ silence: { unchangedSince, reportedDays: stored }, isDue });
});

test('a change starts the days again', () => {
	const result = track({ before: { unchangedSince: daysAgo(30), reportedDays: 14 }, isChanged: true });
	expect(result).toEqual({ silence: { unchangedSince: NOW_HOUR, reportedDays: undefined }, isDue: false });
});

const FINGERPRINTS = { scope: 'abcdef', watched: 'abcdef' };
const WATCHED = ['dealStageId'];

/** Trigger with one part, whose state is stored as n8n's default engine stores it. */
class Polls {
	/** @param emitExisting - Whether existing records are included */
	constructor(private readonly emitExisting = false) {}

	memory?: triggerState.TriggerState;
	stored: unknown;

	poll(records: IDataObject[] | GoFiveError, silence: Partial<SilenceRule> | undefined, now: number): PollComparison {
		const settings = {
			source,
			values: { options: readNodeOptions({}) } as never,
			watchedColumns: WATCHED,
			silence: silence && { ...RULE, ...silence },
			parts: new Map([['', {}]]),
			now,
		};
		const before = this.memory ?? triggerState.createFirstState([''], this.emitExisting);
		const comparison = compareParts(settings, before, new Map([['', records]]));
		this.memory = comparison.state;
		return comparison;
	}

	store(): void {
		this.stored = JSON.parse(JSON.stringify(triggerState.serializeTriggerState(this.memory!, FINGERPRINTS)));
	}

	restart(watched = FINGERPRINTS.watched): void {
		this.memory = triggerState.parseTriggerState(this.stored, { ...FINGERPRINTS, watched });
	}
}

const listIds = ({ records }: PollComparison) => records.map(({ record }) => record.dealsId);
const deal = (dealsId: number, dealStageId = 1, dateModified: string | null = null) => ({
	dealsId,
	dealStageId,
	dateModified,
});

test('a state that New or Changed stored goes on: no record is reported at once, and each of them once when it is due', () => {
	const polls = new Polls();
	const old = deal(1, 1, dateOf(daysAgo(60)));
	const recent = deal(2, 1, dateOf(daysAgo(10)));
	expect(polls.poll([old, recent], undefined, NOW).records).toEqual([]);
	polls.store();
	expect(polls.stored).toMatchObject({ parts: [['', { seen: expect.stringMatching(/^1\.[\w-]{6} 2\.[\w-]{6}$/) }]] });
	polls.restart();
	expect(listIds(polls.poll([old, recent], {}, NOW))).toEqual([]);
	expect(listIds(polls.poll([old, recent], {}, NOW + 13 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([old, recent], {}, NOW + 14 * DAY_MS))).toEqual([1, 2]);
	expect(listIds(polls.poll([old, recent], {}, NOW + 90 * DAY_MS))).toEqual([]);
	// The other way, nothing is new or changed, and later changes are.
	polls.store();
	polls.restart();
	expect(polls.poll([old, recent], undefined, NOW + 91 * DAY_MS).records).toEqual([]);
	expect(polls.poll([old, deal(2, 5)], undefined, NOW + 92 * DAY_MS).records).toMatchObject([{ change: 'changed' }]);
});

test('with other watched fields, the days start again without a report', () => {
	const polls = new Polls();
	polls.poll([deal(1)], {}, NOW);
	polls.store();
	polls.restart('other');
	expect(listIds(polls.poll([deal(1)], {}, NOW + 20 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([deal(1)], {}, NOW + 33 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([deal(1)], {}, NOW + 34 * DAY_MS))).toEqual([1]);
});

/** Creates the driver of a scenario that compares in this process, with the store of n8n's default engine. */
function createDriver(emitExisting: boolean): SilenceDriver {
	const polls = new Polls(emitExisting);
	let rule: Partial<SilenceRule> = {};
	const run = (deals: ModelDeal[], hour: number) => {
		const records = deals.map(({ index, stage, changeHour }) => deal(index, stage, dateOf(changeHour)));
		return listIds(polls.poll(records, rule, hour * HOUR_MS)).map(Number);
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
			reportCount += await runSilenceScenario(scenario, createDriver(scenario.emitExisting), NOW_HOUR);
		}),
		{ numRuns: 300 },
	);
	expect(reportCount).toBeGreaterThan(300);
});
