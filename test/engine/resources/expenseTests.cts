import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

test.each([
	[
		'days',
		{ dateRange: 'custom', dateFrom: '2026-06-01T00:00:00', dateTo: '2026-06-30T00:00:00' },
		{ dateStart: '2026-05-31T17:00:00.000Z', dateEnd: '2026-06-30T16:59:59.000Z' },
	],
	[
		'times',
		{ dateRange: 'custom', dateFrom: '2026-06-01T10:00:00', dateTo: '2026-06-30T10:00:00+07:00' },
		{ dateStart: '2026-06-01T03:00:00.000Z', dateEnd: '2026-06-30T03:00:00.000Z' },
	],
	['an open start', { dateRange: 'custom', dateTo: '2026-06-30' }, { dateEnd: '2026-06-30T16:59:59.000Z' }],
	['all dates', { dateRange: 'allDates' }, {}],
	[
		'days in another time zone',
		{ dateRange: 'custom', dateFrom: '2026-06-01', options: { timeZone: 'Asia/Tokyo' } },
		{ dateStart: '2026-05-31T15:00:00.000Z' },
	],
])('requests a list with %s', async (_, parameters, changes) => {
	await fixture.expectBodyChanges('expense.getAll', { returnAll: true, ...parameters }, changes);
});

test.each([
	[
		'codes',
		{ staffCodes: 'staff01, staff02', statusIds: '302' },
		{ staffCodes: ['staff01', 'staff02'], statusIds: ['302'] },
	],
	['a separator without codes', { statusIds: '={{ "," }}' }, {}],
	['a list without codes', { statusIds: '={{ ["", null] }}' }, {}],
])('requests a list with %s', async (_, filters, changes) => {
	await fixture.expectBodyChanges('expense.getAll', { returnAll: true, filters }, changes);
});

test('requests the complete list of each type once, and returns an expense of several types once', async () => {
	const count = fixture.sandbox.records.expenses.records.length;
	const single = await fixture.runExample('expense.getAll', { expenseTypeIds: [0], returnAll: true });
	expect(single.items).toHaveLength(count);
	expect(fixture.getSentBodies('findExpenses')).toEqual([{ expenseTypeId: 0 }]);
	const all = await fixture.runExample('expense.getAll', { expenseTypeIds: [], returnAll: true });
	expect(all.items).toHaveLength(count);
	expect(fixture.getSentBodies('findExpenses')).toHaveLength(10);
});

/** All columns of the output. */
const ALL_COLUMNS = { output: 'selected', fields: [], expenseTypeIds: [], returnAll: true };

test('returns the same expenses if GoFive groups them by status', async () => {
	const rows = await fixture.runExample('expense.getAll', ALL_COLUMNS);
	expect(new Set(rows.items.map(({ statusName }) => statusName))).toEqual(new Set(['รออนุมัติ', 'อนุมัติแล้ว']));
	fixture.sandbox.setBehaviour({ groupsRows: true });
	const groups = await fixture.runExample('expense.getAll', ALL_COLUMNS);
	expect(groups.hints).toEqual([]);
	const sortById = (items: IDataObject[]) => [...items].sort((a, b) => Number(a.expenseId) - Number(b.expenseId));
	expect(sortById(groups.items)).toEqual(sortById(rows.items));
});

const EXPENSE = { expenseId: 7, expenseNo: 'EX7', subject: 'Taxi' };
const GROUPED: IDataObject = { ...EXPENSE, statusName: 'Approved' };

test.each<[string, unknown, IDataObject[]]>([
	['a list of groups', [{ statusName: 'Approved', expenses: [EXPENSE] }], [GROUPED]],
	['a single group', { statusName: 'Approved', expenses: [EXPENSE] }, [GROUPED]],
	['a group next to a total', { total: 1, value: [{ statusName: 'Approved', expenses: [EXPENSE] }] }, [GROUPED]],
	['a group without the name of its status', [{ expenses: [EXPENSE] }], [EXPENSE]],
	[
		'an expense with a status of its own',
		[{ statusName: 'Approved', expenses: [{ ...EXPENSE, statusName: 'Paid' }, EXPENSE] }],
		[{ ...EXPENSE, statusName: 'Paid' }],
	],
	['an empty group', [{ statusName: 'Approved', expenses: [] }], []],
	['a group without a list', { statusName: 'Approved', expenses: null }, []],
])('Get and Get Many read %s', async (_, data, expected) => {
	for (const [name, operationId] of [
		['expense.getAll', 'findExpenses'],
		['expense.get', 'getExpense'],
	] as const) {
		fixture.respondWithData(operationId, data);
		const { items, error } = await fixture.runExample(name, { output: 'raw' });
		expect(error).toBeUndefined();
		// Get returns both records of a group.
		expect(items.slice(0, expected.length || undefined)).toEqual(expected);
	}
});

describe('a new expense', () => {
	const create = async (details: object[], parameters: IDataObject = {}) =>
		await fixture.runExample('expense.create', { subject: 'Trip', expenseDetails: { row: details }, ...parameters });
	const FUEL = { expenseTypeId: 1003, amount: 250, milesStart: 100, milesEnd: 150 };

	test('is sent with the fields of each type, and empty ones are omitted', async () => {
		const details = [
			{ expenseTypeId: 1001, amount: '1350', night: 1, note: '' },
			{ ...FUEL, usedFuelCard: true },
			{ expenseTypeId: 1005, amount: 4500, trainingTitle: 'Barista', hours: 6, minutes: 30, person: 2 },
			{ expenseTypeId: 'Travelling', amount: 0, taxi: 320, tollway: 50, parking: 40 },
			{ expenseTypeId: 0, amount: 1, note: 'Other' },
		];
		const { error, items } = await create(details, {
			additionalFields: { remark: 'Phuket', otherFieldsJson: '{"activityId": "120345"}' },
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ subject: 'Trip', detailCount: 5, totalBaht: 6101 })]);
		expect(fixture.getSentBodies('createExpense')).toEqual([
			{
				...{ subject: 'Trip', remark: 'Phuket', activityId: '120345' },
				ExpenseDetails: [
					{ expenseTypeId: 1001, amount: 1350, night: 1 },
					details[1],
					details[2],
					{ ...details[3], expenseTypeId: 1006 },
					details[4],
				],
			},
		]);
	});

	test.each<[string, object, string, string]>([
		['without a type', { amount: 1 }, "Row 2: 'Expense Type' is empty", 'Enter a value'],
		['without an amount', { expenseTypeId: 1004 }, "Row 2: 'Amount' is empty", 'Enter a value'],
		['with a negative amount', { expenseTypeId: 1004, amount: -1 }, "Row 2: 'Amount' cannot be -1", 'at least 0'],
		['without nights', { expenseTypeId: 1001, amount: 1 }, "Row 2: 'Nights' is empty", "'Accommodation'"],
		['without a mileage', { ...FUEL, milesEnd: '' }, "Row 2: 'Mileage End' is empty", "'Fuel'"],
		['without minutes', { expenseTypeId: 1005, amount: 1, hours: 1 }, "Row 2: 'Minutes' is empty", "'Training'"],
		[
			'with a mileage that runs backwards',
			{ ...FUEL, milesEnd: 99 },
			"Row 2: 'Mileage End' (99) is not greater than 'Mileage Start' (100)",
			'before the trip',
		],
	])('is rejected if it has a detail %s', async (_, detail, message, advice) => {
		// In the form, n8n itself rejects a row without a required value.
		const parameters = { expenseDetailsInput: 'json', expenseDetailsJson: JSON.stringify([FUEL, detail]) };
		await fixture.expectRejection('expense.create', parameters, message, advice);
	});

	test('is rejected without details', async () => {
		await fixture.expectRejection('expense.create', { expenseDetails: {} }, "'Details' is empty", 'Add a row');
	});
});
