import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

test.each([
	[
		'days',
		{ dateStart: '2026-06-01T00:00:00', dateEnd: '2026-06-30T00:00:00' },
		{ dateStart: '2026-05-31T17:00:00.000Z', dateEnd: '2026-06-30T16:59:59.000Z' },
	],
	[
		'times',
		{ dateStart: '2026-06-01T10:00:00', dateEnd: '2026-06-30T10:00:00+07:00' },
		{ dateStart: '2026-06-01T03:00:00.000Z', dateEnd: '2026-06-30T03:00:00.000Z' },
	],
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
