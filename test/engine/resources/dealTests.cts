import { withUpdateFields } from '../../support/operationParameters.cts';
import { setupExecutionFixture } from '../executionFixture.cts';
import { buildLimitHint } from '../resultAssertions.cts';

const fixture = setupExecutionFixture();

describe.each([
	['deal.update', 'updateFields'],
	['deal.create', 'additionalFields'],
])('%s', (operation, collectionName) => {
	test.each([
		[
			'fields were added and left empty',
			{ note: '', dealQuantity: '', dealDate: '', dealLabels: '', dealStageId: ' ' },
			{},
		],
		['a value is zero', { dealQuantity: 0 }, { dealQuantity: 0 }],
		[
			'lists are text',
			{ dealLabels: '1002,1003', participantCodes: 'staff02\nstaff03' },
			{ dealLabels: [1002, 1003], participantCodes: ['staff02', 'staff03'] },
		],
		['a day was selected', { dateFollowUp: '2026-07-01T00:00:00' }, { dateFollowUp: '2026-07-01T00:00:00+0700' }],
	])('request if %s', async (_, addedFields, changes) => {
		const isUpdate = collectionName === 'updateFields';
		const parameters = isUpdate ? withUpdateFields(operation, addedFields) : { [collectionName]: addedFields };
		await fixture.expectBodyChanges(operation, parameters, changes);
	});
});

test('an update sends flags that are turned off', async () => {
	const parameters = withUpdateFields('deal.update', { cancelAllOrder: false, markAllTaskAsDone: false });
	await fixture.expectBodyChanges('deal.update', parameters, { cancleAllOrder: false, markAllTaskAsDone: false });
});

test('requests the deals of several stages', async () => {
	await fixture.expectBodyChanges('deal.getAll', { filters: { dealStageIds: '11, 12' } }, { dealStageIds: [11, 12] });
});

const JANUARY = { dateRange: 'custom', dateFrom: '2025-01-01', dateTo: '2025-01-31', output: 'raw' };

// Which dates are in a range is in unit/filtersTests.cts.
describe('date range of Get Many', () => {
	const createDeals = (dates: unknown[]) => {
		const { deals } = fixture.sandbox.records;
		deals.records = [];
		for (const [index, expectedCloseDate] of dates.entries())
			deals.create({ dealsId: index + 1, ...(expectedCloseDate !== undefined && { expectedCloseDate }) });
	};
	const DATES = [
		'2024-12-31T23:59:59+0700',
		'2025-01-01T00:00:00+0700',
		null,
		'2025-01-31T23:00:00+0700',
		'2025-02-01',
	];

	test('keeps the deals by their expected close date', async () => {
		createDeals(DATES);
		const { items, hints } = await fixture.runExample('deal.getAll', JANUARY);
		expect(items.map(({ dealsId }) => dealsId).sort()).toEqual([2, 4]);
		expect(hints).toEqual([]);
	});

	test('reads the whole list in large pages, and the limit counts the kept deals', async () => {
		createDeals([...Array.from({ length: 300 }, () => '2024-01-01'), '2025-01-02', '2025-01-03']);
		const { items, hints } = await fixture.runExample('deal.getAll', { ...JANUARY, limit: 1 });
		expect(items).toHaveLength(1);
		expect(hints).toEqual([expect.objectContaining({ message: buildLimitHint('1 of 2 deals') })]);
		expect(fixture.findRequests('findDeals')).toHaveLength(2);
	});
});

test('Status Names filters by the name, and a list without names is a message', async () => {
	const { deals } = fixture.sandbox.records;
	deals.records = [];
	for (const statusName of ['Open', 'Won', 'Lost', null]) deals.create({ statusName });
	const parameters = { output: 'selected', fields: ['statusName'], filters: { statusNames: ' won, LOST' } };
	const { items } = await fixture.runExample('deal.getAll', parameters);
	expect(items.map(({ statusName }) => statusName).sort()).toEqual(['Lost', 'Won']);
	expect(fixture.getSentBodies('findDeals')[0]).not.toHaveProperty('statusNames');
	fixture.respondWithData('findDeals', [{ dealsId: 1 }]);
	fixture.respondWithData('findDeals', []);
	const { error } = await fixture.runExample('deal.getAll', parameters);
	expect(error?.message).toBe("GoFive returned deals without 'Status Name'");
	expect(error?.description).toContain("The deals cannot be limited by 'Status Names'. Remove this filter.");
});

test.each([
	['next to one that deals have', 'won, Opne', 2],
	['alone', 'Opne', 0],
])(
	'a name in Status Names that no deal has is a hint with the names that deals have, %s',
	async (_, statusNames, kept) => {
		const { deals } = fixture.sandbox.records;
		deals.records = [];
		const deal = { dealsValue: 100, probability: 50, expectedCloseDate: '2025-01-15' };
		for (const statusName of ['Open', 'Won', 'Won', null]) deals.create({ ...deal, statusName });
		const totals = { groupBy: 'none' };
		const runs = [
			['deal.getAll', {}],
			['deal.getTotals', totals],
			['deal.getTotals', { ...JANUARY, ...totals, compareWith: 'previousPeriod' }],
		] as const;
		for (const [name, parameters] of runs) {
			const { items, hints } = await fixture.runExample(name, { ...parameters, filters: { statusNames } });
			expect(items[0]?.count ?? items.length).toBe(kept);
			expect(hints.map(({ message }) => message)).toEqual([
				"None of the deals that GoFive returned has Opne in 'Status Name'. The values there are Won, Open. Check 'Status Names' in 'Filters'.",
			]);
		}
	},
);

test('the number of a deal is no ID, and the message says where the ID is', async () => {
	const { error } = await fixture.runExample('deal.get', { dealId: 'D261000044' });
	expect(error?.message).toBe('\'Deal ID\' cannot be "D261000044"');
	expect(error?.description).toContain('Enter the ID, a whole number, as in the field dealId of Deal > Get Many.');
});
