// Records that do not change: from when the days count, and when a record is reported.
// Forms, output and requests are in engine/trigger/triggerUnchangedTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { DAY_MS, HOUR_MS } from '../../nodes/GoFive/shared/units';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import {
	describeSilence,
	trackSilence,
	unchangedRecords,
	type SilenceRule,
} from '../../nodes/GoFive/trigger/kinds/unchangedRecords';
import { sources } from '../../nodes/GoFive/trigger/sources';
import { buildDeal, dateOf, DEAL_RULE, listIds, UnchangedPolls } from '../support/unchangedPolls.cts';

const NOW = Date.parse('2025-06-15T05:00:00Z');
const NOW_HOUR = NOW / HOUR_MS;
const daysAgo = (days: number) => NOW_HOUR - 24 * days;

interface Case {
	record?: IDataObject;
	before?: { unchangedSince?: number; reportedDays?: number };
	isChanged?: boolean;
	isIncluded?: boolean;
	rule?: Partial<SilenceRule>;
}

const track = ({ record = {}, before, isChanged = false, isIncluded = false, rule }: Case) =>
	trackSilence(record, { before, isChanged, isIncluded }, { ...DEAL_RULE, ...rule }, NOW);

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
	expect(track(input).stored.unchangedSince).toBe(daysAgo(days));
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
	expect(result).toEqual({ stored: { unchangedSince, reportedDays: stored }, isDue });
});

test('a change starts the days again', () => {
	const result = track({ before: { unchangedSince: daysAgo(30), reportedDays: 14 }, isChanged: true });
	expect(result).toEqual({ stored: { unchangedSince: NOW_HOUR, reportedDays: undefined }, isDue: false });
});

test('a state that New or Changed stored goes on: no record is reported at once, and each of them once when it is due', () => {
	const polls = new UnchangedPolls();
	const old = buildDeal(1, 1, dateOf(daysAgo(60)));
	const recent = buildDeal(2, 1, dateOf(daysAgo(10)));
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
	expect(polls.poll([old, buildDeal(2, 5)], undefined, NOW + 92 * DAY_MS).records).toMatchObject([
		{ change: 'changed' },
	]);
});

test('with other watched fields, the days start again without a report', () => {
	const polls = new UnchangedPolls();
	polls.poll([buildDeal(1)], {}, NOW);
	polls.store();
	polls.restart('other');
	expect(listIds(polls.poll([buildDeal(1)], {}, NOW + 20 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([buildDeal(1)], {}, NOW + 33 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([buildDeal(1)], {}, NOW + 34 * DAY_MS))).toEqual([1]);
});

const addedFieldsSince = (hour: number) => describeSilence(hour, NOW, DEAL_RULE.timeZone);

test('included existing records are reported by the first poll, and by no later one', () => {
	const polls = new UnchangedPolls(true);
	const { records } = polls.poll([buildDeal(1, 1, dateOf(daysAgo(60))), buildDeal(2)], {}, NOW);
	expect(records).toMatchObject([
		{ partKey: '', change: 'unchanged', addedFields: addedFieldsSince(daysAgo(60)), record: { dealsId: 1 } },
	]);
	expect(listIds(polls.poll([buildDeal(1), buildDeal(2), buildDeal(3, 1, dateOf(daysAgo(60)))], {}, NOW))).toEqual([]);
});

test('a test shows a record that changed lately', () => {
	const { records } = new UnchangedPolls(true).poll([buildDeal(1, 1, dateOf(daysAgo(3)))], {}, NOW, true);
	expect(records).toMatchObject([{ change: 'unchanged', addedFields: addedFieldsSince(daysAgo(3)) }]);
});

test('the output shows the hour in the time zone, and whole days', () => {
	expect(describeSilence(NOW_HOUR - 47, NOW, 'Asia/Bangkok')).toEqual({
		unchangedSince: '2025-06-13T13:00:00+07:00',
		daysWithoutChange: 1,
	});
});

test('a change between two polls starts the days again', () => {
	const polls = new UnchangedPolls();
	polls.poll([buildDeal(1)], {}, NOW);
	expect(listIds(polls.poll([buildDeal(1, 2)], {}, NOW + 13 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([buildDeal(1, 2)], {}, NOW + 26 * DAY_MS))).toEqual([]);
	expect(listIds(polls.poll([buildDeal(1, 2)], {}, NOW + 27 * DAY_MS))).toEqual([1]);
});

/** Creates the rule of a trigger that reports unchanged records after 14 days. */
function createRule(sourceName: string, { lookBack, fieldsToWatch }: { lookBack?: number; fieldsToWatch?: string[] }) {
	const source = sources.find(({ value }) => value === sourceName)!;
	const values = { options: readNodeOptions({ lookBack }), daysWithoutChange: 14, fieldsToWatch } as never;
	return unchangedRecords.createRule(source, values, NOW);
}

test.each([13, 14])(
	'Look Back of %d days is rejected, because no record is watched for more than 14 days',
	(lookBack) => {
		const expectedError: unknown = expect.objectContaining({
			message: `'Look Back' cannot be ${lookBack}`,
			description:
				"Enter more than 14 days, the value of 'Days Without Change', so that the expenses are watched for long enough.",
		});
		expect(() => createRule('Expense', { lookBack })).toThrow(expectedError as Error);
	},
);

test.each([
	['Expense', 15],
	['Deal', 14],
])('%s: Look Back of %d days is accepted', (sourceName, lookBack) => {
	expect(createRule(sourceName, { lookBack })).toBeDefined();
});

test.each([
	[undefined, ['dealStageId', 'dealStageName', 'statusId', 'statusName']],
	[[], ['dealStageId', 'dealStageName', 'statusId', 'statusName']],
	[['dealValue'], ['dealValue']],
])('with %j in Fields to Watch, %j are watched', (fieldsToWatch, expected) => {
	expect(createRule('Deal', { fieldsToWatch }).watchedColumns).toEqual(expected);
});

test.each<[string, IDataObject[]]>([
	['no records', []],
	['a record with one of the watched fields', [{ dealsId: 1, dealStageId: 2 }]],
	['a record with an empty watched field', [{ dealsId: 1, statusId: null }]],
	[
		'a record without the watched fields next to one with a watched field',
		[{ dealsId: 1 }, { dealsId: 2, statusId: 1 }],
	],
])('%s can be compared', (_, records) => {
	expect(() => createRule('Deal', {}).assertComparable?.(records)).not.toThrow();
});

test('records without any of the watched fields are rejected, because no change would be seen', () => {
	const records = [{ dealsId: 1, dealsName: 'x' }, { dealsId: 2 }];
	const expectedError: unknown = expect.objectContaining({
		kind: 'unclear',
		message: 'GoFive returned deals without the watched fields',
		description:
			"The trigger cannot see whether the records change. Select other fields in 'Fields to Watch'. The first record contains the fields dealsId, dealsName.",
	});
	expect(() => createRule('Deal', {}).assertComparable?.(records)).toThrow(expectedError as Error);
});
