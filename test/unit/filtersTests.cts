import type { IDataObject } from 'n8n-workflow';
import { filterByDate } from '../../nodes/GoFive/operation/records/filters';
import type { Entity } from '../../nodes/GoFive/operation/entity';
import { createDateRange } from '../../nodes/GoFive/time/range';

const ZONE = 'Asia/Bangkok';
const JANUARY = [Date.parse('2025-01-01T00:00:00+07:00'), Date.parse('2025-01-31T23:59:59+07:00')] as const;
const ENTITY: Entity = {
	pluralName: 'deals',
	columns: {
		closeDate: { displayName: 'Close Date', paths: ['closeDate', 'details.closeDate'] },
		plainDate: { displayName: 'Plain Date' },
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
		message: "GoFive's list of deals does not contain the Close Date",
		description:
			"The deals cannot be limited to a date range. Select 'All Dates' in 'Date Range'. The first record contains the fields dealNo, dealName.",
	});
	expect(() => filter([{ dealNo: 'D1', dealName: 'A' }, {}])).toThrow(expectedError as Error);
});
