// Totals of the records with which the sandbox starts, against the same numbers computed from the raw records.
import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });

const ZONE = 'Asia/Bangkok';
const parse = (date: unknown) => DateTime.fromISO((date ?? '') as string, { zone: ZONE });
const getNow = () => DateTime.fromMillis(clock.now(), { zone: ZONE });
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const sumOf = (records: IDataObject[], key: string) => Math.round(100 * sum(records.map((r) => Number(r[key])))) / 100;

/** Groups records by a key, in any order. */
const groupBy = (records: IDataObject[], toKey: (record: IDataObject) => string): Record<string, IDataObject[]> =>
	Object.fromEntries(
		[...new Set(records.map(toKey))].map((key) => [key, records.filter((record) => toKey(record) === key)]),
	);

/** Returns the values of items by the column of the group. */
const toObject = (items: IDataObject[], group: string, ...keys: string[]): Record<string, unknown> =>
	Object.fromEntries(items.map((item) => [(item[group] ?? '') as string, keys.map((key) => item[key])]));

test('events of last week against the week before, per salesperson', async () => {
	const { customers, customerEvents } = fixture.sandbox.records;
	const startOfWeek = getNow().startOf('week');
	const isIn = (weeksBefore: number, { eventDate }: IDataObject) =>
		parse(eventDate)
			.startOf('week')
			.equals(startOfWeek.minus({ weeks: weeksBefore }));
	const expected: Record<string, [number, number]> = {};
	for (const { customerCode, customerState, customerOwnersStr } of customers.records) {
		if (customerState !== 3) continue;
		const events = (customerEvents.records as IDataObject[]).filter((event) => event.customerCode === customerCode);
		const counts = (expected[((customerOwnersStr ?? []) as string[]).join(', ')] ??= [0, 0]);
		counts[0] += events.filter((event) => isIn(1, event)).length;
		counts[1] += events.filter((event) => isIn(2, event)).length;
	}
	const { items, error } = await fixture.runExample('customerEvent.getTotals', {
		customerStateIds: [11300],
		eventTypes: [],
		dateRange: 'lastWeek',
		groupBy: 'salesperson',
		compareWith: 'previousPeriod',
	});
	expect(error).toBeUndefined();
	expect(toObject(items, 'ownerNames', 'count', 'previousCount')).toEqual(expected);
	expect(sum(items.map(({ count }) => count as number))).toBeGreaterThan(0);
	const changes = items.map(({ change }) => change as number);
	expect(changes).toEqual(changes.toSorted((a, b) => a - b));
});

test('forecast of the open deals per month', async () => {
	const today = getNow().startOf('day');
	const open = (fixture.sandbox.records.deals.records as IDataObject[]).filter(
		({ expectedCloseDate, statusName }) => parse(expectedCloseDate) >= today && statusName === 'Open',
	);
	const weighted = open.map((deal) => ({
		...deal,
		weighted: (Number(deal.dealsValue) * Number(deal.probability)) / 100,
	}));
	const months = groupBy(weighted, ({ expectedCloseDate }) => parse(expectedCloseDate).toFormat('yyyy-MM'));
	const { items, error } = await fixture.runExample('deal.getTotals', {
		dateRange: 'custom',
		dateFrom: today.toISODate(),
		dateTo: '',
		filters: { statusNames: 'Open' },
		groupBy: 'month',
	});
	expect(error).toBeUndefined();
	const filled = items.filter(({ count }) => count !== 0);
	expect(toObject(filled, 'month', 'count', 'dealValue', 'weightedValue')).toEqual(
		Object.fromEntries(
			Object.entries(months).map(([month, deals]) => [
				month,
				[deals.length, sumOf(deals, 'dealsValue'), sumOf(deals, 'weighted')],
			]),
		),
	);
	expect(filled.length).toBeGreaterThan(0);
});

test('expenses per creator', async () => {
	const { records } = fixture.sandbox.records.expenses;
	const employees = groupBy(records as IDataObject[], ({ createdByUserId }) => createdByUserId as string);
	const { items, error } = await fixture.runExample('expense.getTotals', {
		expenseTypeIds: [],
		groupBy: 'createdBy',
	});
	expect(error).toBeUndefined();
	expect(toObject(items, 'createdByUserId', 'count', 'totalBaht')).toEqual(
		Object.fromEntries(
			Object.entries(employees).map(([id, expenses]) => [id, [expenses.length, sumOf(expenses, 'totalBaht')]]),
		),
	);
});
