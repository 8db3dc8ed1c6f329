import type { IDataObject } from 'n8n-workflow';
import { filterByDate, filterByName, filterByText, joinFilters } from '../../nodes/GoFive/operation/records/filters';
import type { Entity } from '../../nodes/GoFive/operation/entity';
import { createDateRange } from '../../nodes/GoFive/time/range';

const ZONE = 'Asia/Bangkok';
const JANUARY = [Date.parse('2025-01-01T00:00:00+07:00'), Date.parse('2025-01-31T23:59:59+07:00')] as const;
const ENTITY: Entity = {
	pluralName: 'deals',
	columns: {
		closeDate: { displayName: 'Close Date', paths: ['closeDate', 'details.closeDate'] },
		plainDate: { displayName: 'Plain Date' },
		status: { displayName: 'Status', paths: ['status', 'details.status'] },
	},
};

const filter = (records: IDataObject[], [from, to]: ReadonlyArray<number | undefined> = JANUARY, key = 'closeDate') =>
	filterByDate(createDateRange(from, to, ZONE), ENTITY, key)?.(records);

test('a range of all dates needs no filter', () => {
	expect(filterByDate(createDateRange(undefined, undefined, ZONE), ENTITY, 'closeDate')).toBeUndefined();
});

const BEFORE = { closeDate: '2024-12-31T23:59:59' };
const FIRST = { closeDate: '2025-01-01' };
const LAST = { details: { closeDate: '2025-01-31T23:59:59' } };
const AFTER = { closeDate: '2025-02-01' };

test.each<[string, ReadonlyArray<number | undefined>, IDataObject[]]>([
	['both sides', JANUARY, [FIRST, LAST]],
	['an open start', [undefined, JANUARY[1]], [BEFORE, FIRST, LAST]],
	['an open end', [JANUARY[0], undefined], [FIRST, LAST, AFTER]],
])('keeps the records of a range with %s, in their order', (_, range, kept) => {
	expect(filter([BEFORE, FIRST, LAST, AFTER], range)).toEqual(kept);
});

test('omits a record whose date is empty, and keeps one whose date cannot be read', () => {
	const unreadable = { closeDate: 'soon' };
	expect(filter([{ closeDate: null }, { closeDate: ' ' }, {}, unreadable, FIRST])).toEqual([unreadable, FIRST]);
	expect(filter([{ closeDate: null }])).toEqual([]);
});

test('reads a column without paths', () => {
	expect(filter([{ plainDate: '2025-01-02' }, { plainDate: '2025-02-02' }], JANUARY, 'plainDate')).toEqual([
		{ plainDate: '2025-01-02' },
	]);
});

test('an empty list is empty, and a list without the date is an error', () => {
	expect(filter([])).toEqual([]);
	const expectedError: unknown = expect.objectContaining({
		kind: 'unclear',
		message: "GoFive returned deals without 'Close Date'",
		description:
			"The deals cannot be limited to a date range. Select 'All Dates' in 'Date Range'. The first record contains the fields dealNo, dealName.",
	});
	expect(() => filter([{ dealNo: 'D1', dealName: 'A' }, {}])).toThrow(expectedError as Error);
});

const STATUS_RECORDS = [{ status: 'Draft' }, { details: { status: 'PAID' } }, { status: 3 }, { status: null }];

test.each<[string, Array<string | number>, IDataObject[]]>([
	['a text, regardless of case', ['draft', 'Paid'], STATUS_RECORDS.slice(0, 2)],
	['a number that GoFive returns', ['3'], [STATUS_RECORDS[2] as IDataObject]],
	['a text that no record has', ['Sent'], []],
])('keeps the records with %s', (_, accepted, kept) => {
	expect(filterByText(accepted, ENTITY, 'status', 'Statuses')?.(STATUS_RECORDS)).toEqual(kept);
});

test.each([[[]], [null], [undefined]])('needs no filter for the accepted texts %p', (accepted) => {
	expect(filterByText(accepted, ENTITY, 'status', 'Statuses')).toBeUndefined();
});

test('names the filter if no record has its column', () => {
	const description =
		"The deals cannot be limited by 'Statuses'. Remove this filter. The first record contains the fields dealNo.";
	const expectedError: unknown = expect.objectContaining({ description });
	expect(() => filterByText(['Draft'], ENTITY, 'status', 'Statuses')?.([{ dealNo: 'D1' }])).toThrow(
		expectedError as Error,
	);
});

test.each<[string, string[], IDataObject[], string[]]>([
	['are all found', ['draft', 'Paid'], STATUS_RECORDS, []],
	[
		'are not all found',
		['Draft', 'Payd', 'sent'],
		[...STATUS_RECORDS, { status: ' draft ' }],
		[
			"None of the deals that GoFive returned has Payd, sent in 'Status'. The values there are draft, PAID, 3. Check 'Statuses' in 'Filters'.",
		],
	],
	['belong to records without a status', ['Payd'], [{ status: null }, { status: '' }], []],
	['belong to an empty list', ['Payd'], [], []],
])('names that %s', (_, names, records, hints) => {
	const shownHints: string[] = [];
	const kept = filterByName(names, ENTITY, 'status', 'Statuses')?.(records, (text) => shownHints.push(text));
	expect(kept).toEqual(filterByText(names, ENTITY, 'status', 'Statuses')?.(records));
	expect(shownHints).toEqual(hints);
});

test('no names need no filter, and their filter needs no receiver of hints', () => {
	for (const names of [[], null, undefined]) expect(filterByName(names, ENTITY, 'status', 'Statuses')).toBeUndefined();
	expect(filterByName(['Payd'], ENTITY, 'status', 'Statuses')?.(STATUS_RECORDS)).toEqual([]);
});

test('joined filters pass their hints', () => {
	const hints: string[] = [];
	const joined = joinFilters(filterByName(['Payd'], ENTITY, 'status', 'Statuses'));
	joined?.([{ status: 'Paid' }], (text) => hints.push(text));
	expect(hints).toHaveLength(1);
});

test('joins filters in their order, and omits undefined filters', () => {
	const withStatus = filterByText(['Draft'], ENTITY, 'status', 'Statuses');
	const inJanuary = filterByDate(createDateRange(...JANUARY, ZONE), ENTITY, 'closeDate');
	const kept = { ...FIRST, status: 'Draft' };
	const records = [kept, { ...AFTER, status: 'Draft' }, { ...FIRST, status: 'Paid' }];
	expect(joinFilters(withStatus, undefined, inJanuary)?.(records)).toEqual([kept]);
	expect(joinFilters(undefined, undefined)).toBeUndefined();
});
