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
])('requests a list once, with %s', async (_, filters, expected) => {
	const { items } = await fixture.runOperation('getAll', { resource: 'expense', expenseTypeId: 1003, filters });
	expect(items).toHaveLength(50);
	expect(fixture.getSentBodies('findExpenses')).toStrictEqual([{ expenseTypeId: 1003, ...expected }]);
});

test('sends the type None', async () => {
	const result = await fixture.runOperation('getAll', { resource: 'expense', expenseTypeId: 0, returnAll: true });
	expect(result.items).toHaveLength(60);
	expect(fixture.findRequests('findExpenses')[0]?.body).toBe('{"expenseTypeId":0}');
});
