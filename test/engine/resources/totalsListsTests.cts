// Get Totals of deals, quotations and expenses. What all lists share is in totalsEventsTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });

/** Wednesday, 10:00 in Thailand. */
const NOW = Date.parse('2026-12-02T10:00:00+07:00');
beforeEach(() => void (clock.now = () => NOW));

const getMessages = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);
const pick = (items: IDataObject[], ...keys: string[]) => items.map((item) => keys.map((key) => item[key]));

describe('deals', () => {
	const addDeals = (deals: IDataObject[]) => {
		const list = fixture.sandbox.records.deals;
		list.records = [];
		for (const [index, deal] of deals.entries()) list.create({ dealsId: index + 1, ...deal });
	};
	/** Responds with deals that the contract does not describe. */
	const respondWithDeals = (...deals: IDataObject[]) => {
		fixture.respondWithData('findDeals', deals);
		fixture.respondWithData('findDeals', []);
	};
	const run = async (parameters: IDataObject, options = {}) =>
		await fixture.runExample('deal.getTotals', { groupBy: 'none', dateRange: 'allDates', ...parameters }, options);
	const FORECAST = {
		dateRange: 'custom',
		dateFrom: '2026-11-01',
		dateTo: '2027-02-28',
		groupBy: 'month',
		filters: { statusNames: 'open' },
	};

	test('forecast per month, with months without deals, and without other statuses', async () => {
		addDeals([
			{ dealsValue: 100, probability: 50, expectedCloseDate: '2026-12-31T23:59:59+0700', statusName: 'Open' },
			{ dealsValue: 0.1, probability: 100, expectedCloseDate: '2026-12-01T00:00:00+0700', statusName: 'Open' },
			{ dealsValue: 0.2, probability: 100, expectedCloseDate: '2026-12-05', statusName: 'OPEN' },
			{ dealsValue: 300, probability: 10, expectedCloseDate: '2027-02-01T00:00:00+0700', statusName: 'Open' },
			{ dealsValue: 900, probability: 90, expectedCloseDate: '2027-02-01T00:00:00+0700', statusName: 'Won' },
			{ dealsValue: 5, probability: null, expectedCloseDate: '2027-02-28T12:00:00+0700', statusName: 'Open' },
			// The year 2569 is 2026.
			{ dealsValue: 1000, probability: 1, expectedCloseDate: '2569-11-30T23:59:59+0700', statusName: 'Open' },
		]);
		const { items, hints, error } = await run(FORECAST);
		expect(error).toBeUndefined();
		expect(Object.keys(items[0] ?? {})).toEqual(['month', 'count', 'dealValue', 'weightedValue', 'bar', 'period']);
		expect(pick(items, 'month', 'count', 'dealValue', 'weightedValue', 'bar')).toEqual([
			['2026-11', 1, 1000, 10, '████████████'],
			['2026-12', 3, 100.3, 50.3, '█'],
			['2027-01', 0, 0, 0, ''],
			['2027-02', 2, 305, 30, '████'],
		]);
		expect(items[0]?.period).toBe('1 Nov 2026 to 28 Feb 2027');
		expect(getMessages(hints)).toEqual([
			"Deals without a value for 'Weighted Value (Value × Probability)': 1 of 6. They count as 0 in this sum.",
		]);
		// Large pages, as in every list with a date range.
		expect(fixture.getSentBodies('findDeals')[0]).toMatchObject({ pageLength: 1000, skip: 0 });
		expect(fixture.getSentBodies('findDeals')[0]).not.toHaveProperty('statusNames');
	});

	test('per quarter of all dates: quarters between the first and the last deal, and no date at the end', async () => {
		addDeals([
			{ dealsValue: 1, expectedCloseDate: null },
			{ dealsValue: 2, expectedCloseDate: '2569-09-15T00:00:00+0700' },
			{ dealsValue: 4, expectedCloseDate: '2025-12-31T23:59:59+0700' },
			{ dealsValue: 8, expectedCloseDate: '0001-01-01T00:00:00' },
		]);
		const { items } = await run({ groupBy: 'quarter' });
		expect(pick(items, 'quarter', 'count', 'dealValue', 'period')).toEqual([
			['2025-Q4', 1, 4, 'all dates'],
			['2026-Q1', 0, 0, 'all dates'],
			['2026-Q2', 0, 0, 'all dates'],
			['2026-Q3', 1, 2, 'all dates'],
			[null, 2, 9, 'all dates'],
		]);
	});

	test('per stage against the previous period, with each sum', async () => {
		const deal = (dealStageName: string, day: string, dealsValue: number) => ({
			dealStageName,
			dealsValue,
			probability: 50,
			expectedCloseDate: `${day}T12:00:00+0700`,
		});
		addDeals([
			deal('Offer', '2026-10-31', 10),
			deal('Offer', '2026-10-01', 5),
			deal('Offer', '2026-11-30', 30),
			deal('Talk', '2026-11-01', 12),
			deal('Talk', '2026-09-30', 1000),
		]);
		const { items } = await run({ groupBy: 'dealStage', dateRange: 'lastMonth', compareWith: 'previousPeriod' });
		expect(Object.entries(items[0] ?? {})).toEqual([
			['dealStageName', 'Offer'],
			...[
				['previousCount', 2],
				['count', 1],
				['change', -1],
				['changePercent', -50],
			],
			...[
				['previousDealValue', 15],
				['dealValue', 30],
				['changeDealValue', 15],
				['changePercentDealValue', 100],
			],
			['previousWeightedValue', 7.5],
			['weightedValue', 15],
			['changeWeightedValue', 7.5],
			['changePercentWeightedValue', 100],
			['bar', '████████████'],
			['period', '1 to 30 Nov 2026'],
			['previousPeriod', '1 to 31 Oct 2026'],
		]);
		expect(items[1]).toMatchObject({ dealStageName: 'Talk', previousCount: 0, count: 1, changePercent: null });
	});

	test('percentages have one decimal', async () => {
		addDeals(
			['2026-11-01', '2026-11-02', '2026-10-01', '2026-10-02', '2026-10-03'].map((day) => ({
				dealsValue: day.startsWith('2026-11') ? 10 : 7,
				expectedCloseDate: day,
			})),
		);
		const { items } = await run({ dateRange: 'lastMonth', compareWith: 'previousPeriod' });
		expect(items).toMatchObject([{ changePercent: -33.3, changeDealValue: -1, changePercentDealValue: -4.8 }]);
	});

	test('the bar is scaled to the largest first sum, and empty for 0 and negative values', async () => {
		const deal = (dealStageName: string, dealsValue: number) => ({
			dealStageName,
			dealsValue,
			expectedCloseDate: null,
		});
		addDeals([deal('A', 1200), deal('B', 600), deal('C', 1), deal('D', 0), deal('E', -600), deal('E', 0)]);
		const { items } = await run({ groupBy: 'dealStage' });
		expect(pick(items, 'dealStageName', 'bar')).toEqual([
			['E', ''],
			['A', '████████████'],
			['B', '██████'],
			['C', '█'],
			['D', ''],
		]);
		addDeals([deal('A', 0), deal('B', 0)]);
		expect(pick((await run({ groupBy: 'dealStage' })).items, 'bar')).toEqual([[''], ['']]);
	});

	test('no deals: zeros without groups, and If Nothing Found with groups', async () => {
		addDeals([]);
		const total = { count: 0, dealValue: 0, weightedValue: 0, bar: '', period: 'all dates' };
		expect((await run({})).items).toEqual([total]);
		expect((await run({ groupBy: 'status' })).items).toEqual([]);
		expect((await run({ groupBy: 'month' })).items).toEqual([]);
		const emptyItem = { options: { ifNothingFound: 'emptyItem' } };
		expect((await run({ groupBy: 'status', ...emptyItem })).items).toEqual([{ statusName: null, ...total }]);
		expect((await run({ groupBy: 'month', ...emptyItem })).items).toEqual([{ month: null, ...total }]);
		const { error } = await run({ options: { ifNothingFound: 'error' } });
		expect(error?.message).toBe('No matching deals found');
		const compared = await run({ dateRange: 'thisMonth', compareWith: 'previousPeriod' });
		expect(compared.items).toMatchObject([{ previousCount: 0, count: 0, change: 0, changePercent: null }]);
	});

	test('a list without the probability has no weighted value, and a hint names it', async () => {
		respondWithDeals({ dealsId: 1, dealsValue: 10 });
		const { items, hints } = await run({ returnAll: true });
		expect(items).toMatchObject([{ count: 1, dealValue: 10, weightedValue: null }]);
		expect(getMessages(hints)).toEqual([
			"GoFive returned no value for 'Weighted Value (Value × Probability)', so its sum is empty.",
		]);
		respondWithDeals({ dealsId: 1, expectedCloseDate: '2026-11-02' });
		const compared = await run({ dateRange: 'lastMonth', compareWith: 'previousPeriod' });
		expect(compared.items).toMatchObject([
			{ dealValue: null, changeDealValue: null, changePercentDealValue: null, bar: '████████████' },
		]);
	});

	test.each([
		['status', { groupBy: 'status' }, 'Status Name'],
		['customer', { groupBy: 'customer' }, 'Customer Code'],
		['month', { groupBy: 'month' }, 'Expected Close Date'],
		['comparison', { dateRange: 'lastMonth', compareWith: 'previousPeriod' }, 'Expected Close Date'],
	])('a list without the field of a %s is a message', async (_, parameters, column) => {
		respondWithDeals({ dealsId: 1, dealsValue: 10 });
		const { error } = await run(parameters);
		expect(error?.message).toBe(`GoFive returned deals without '${column}'`);
	});

	test('a list that GoFive may have cut says so in its title', async () => {
		// GoFive ignores the page.
		const deals = Array.from({ length: 1000 }, (_, index) => ({ dealsId: index + 1, dealsValue: 1 }));
		fixture.respondWithData('findDeals', deals, { times: 'always' });
		const { items, hints } = await run({});
		expect(items).toMatchObject([{ count: 1000, dealValue: 1000, period: 'all dates (the list may be incomplete)' }]);
		expect(getMessages(hints)[0]).toContain('and may have more');
	});

	test('sorts by the highest count, then by name in Thai order, with numbers by value', async () => {
		const names = ['เจรจา', 'ขั้น 10', 'ขั้น 2', 'กำลังปิด', 'ฯลฯ', 'Offer', null, 'Won', 'Won'];
		addDeals(names.map((dealStageName) => ({ dealStageName, expectedCloseDate: null })));
		const { items } = await run({ groupBy: 'dealStage' });
		const sorted = ['Won', 'กำลังปิด', 'ขั้น 2', 'ขั้น 10', 'เจรจา', 'ฯลฯ', 'Offer', null];
		expect(items.map(({ dealStageName }) => dealStageName)).toEqual(sorted);
	});

	test('a deal without an ID and a date is counted', async () => {
		respondWithDeals({ dealsValue: 10, customerCode: 'A' }, { dealsValue: 5, customerCode: 'A' });
		expect((await run({ groupBy: 'customer' })).items).toMatchObject([{ customerCode: 'A', count: 2, dealValue: 15 }]);
	});

	test('Selected Fields has the weighted value, and the days since a date and its month', async () => {
		respondWithDeals(
			{ dealsId: 1, dealsValue: '33.33', probability: 33, expectedCloseDate: '2026-12-01T23:59:59+0700' },
			{ dealsId: 2, dealsValue: 10, probability: null, expectedCloseDate: '2569-12-03' },
			{ dealsId: 3, dealsValue: '1,000', probability: 10, expectedCloseDate: 'soon' },
		);
		const fields = ['daysSinceExpectedCloseDate', 'expectedCloseMonth', 'weightedValue'];
		const { items } = await fixture.runExample('deal.getAll', { output: 'selected', fields });
		expect(items).toEqual([
			{ daysSinceExpectedCloseDate: 1, expectedCloseMonth: '2026-12', weightedValue: 11, dealId: 1 },
			{ daysSinceExpectedCloseDate: -1, expectedCloseMonth: '2026-12', weightedValue: null, dealId: 2 },
			{ daysSinceExpectedCloseDate: null, expectedCloseMonth: null, weightedValue: null, dealId: 3 },
		]);
	});
});

describe('quotations', () => {
	const addQuotations = (quotations: IDataObject[]) => {
		const list = fixture.sandbox.records.quotations;
		list.records = [];
		for (const [index, quotation] of quotations.entries())
			list.create({ quotationNo: `Q${index + 1}`, subTotalWithDiscount: 1, ...quotation });
	};
	const run = async (parameters: IDataObject) =>
		await fixture.runExample('quotation.getTotals', { groupBy: 'none', dateRange: 'allDates', ...parameters });

	test('per owner: the code, and with Add Names the name', async () => {
		const [first = {}, second = {}] = fixture.sandbox.records.employees.records as IDataObject[];
		addQuotations([
			{ staffCode: first.staffCode, subTotal: 0.1 },
			{ staffCode: first.staffCode, subTotal: 0.2 },
			{ staffCode: second.staffCode, subTotal: 5 },
		]);
		const { items, error } = await run({ groupBy: 'salesperson' });
		expect(error).toBeUndefined();
		expect(pick(items, 'staffCode', 'staffName', 'count', 'subTotal')).toEqual([
			[first.staffCode, undefined, 2, 0.3],
			[second.staffCode, undefined, 1, 5],
		]);
		expect(fixture.findRequests('findEmployees')).toEqual([]);
		const { items: named } = await run({ groupBy: 'salesperson', options: { addNames: true } });
		expect(Object.keys(named[0] ?? {}).slice(0, 3)).toEqual(['staffCode', 'staffName', 'count']);
		expect(pick(named, 'staffName')).toEqual([[first.fullname], [second.fullname]]);
		expect(fixture.findRequests('findEmployees').length).toBeGreaterThan(0);
		expect(fixture.findRequests('getCustomer')).toEqual([]);
	});

	test('per customer: with Add Names one request per customer, and without them none', async () => {
		const [customer = {}] = fixture.sandbox.records.customers.records as IDataObject[];
		const { customerCode } = customer;
		addQuotations([{ customerCode }, { customerCode }, { customerCode: 'C999' }]);
		expect(pick((await run({ groupBy: 'customer' })).items, 'customerCode', 'count')).toEqual([
			[customerCode, 2],
			['C999', 1],
		]);
		expect(fixture.findRequests('getCustomer')).toEqual([]);
		const { items } = await run({ groupBy: 'customer', options: { addNames: true } });
		expect(pick(items, 'customerCode', 'customerName')).toEqual([
			[customerCode, customer.customerName],
			['C999', 'C999'],
		]);
		expect(fixture.findRequests('getCustomer')).toHaveLength(2);
	});

	test('the currency is a part of the group if a quotation has one', async () => {
		addQuotations([
			{ customerCode: 'A', subTotal: 100, currencyCode: 'THB' },
			{ customerCode: 'A', subTotal: 50, currencyCode: 'THB' },
			{ customerCode: 'A', subTotal: 7, currencyCode: 'USD' },
			{ customerCode: 'B', subTotal: 75, currencyCode: 'THB' },
		]);
		const { items } = await run({ groupBy: 'customer' });
		expect(pick(items, 'customerCode', 'currencyCode', 'count', 'subTotal', 'bar')).toEqual([
			['A', 'THB', 2, 150, '████████████'],
			['A', 'USD', 1, 7, '████████████'],
			['B', 'THB', 1, 75, '██████'],
		]);
		expect(pick((await run({})).items, 'currencyCode', 'count')).toEqual([
			['THB', 3],
			['USD', 1],
		]);
	});
});

describe('expenses', () => {
	const addExpenses = (expenses: IDataObject[]) => {
		const list = fixture.sandbox.records.expenses;
		list.records = [];
		for (const [index, expense] of expenses.entries())
			list.create({
				expenseId: index + 1,
				expenseDetails: [{ expenseTypeId: 1006, amount1: 1 }],
				...expense,
			});
	};
	const run = async (parameters: IDataObject, options = {}) =>
		await fixture.runExample('expense.getTotals', { groupBy: 'none', expenseTypeIds: [1006], ...parameters }, options);
	const NOVEMBER = { dateRange: 'custom', dateFrom: '2026-11-01', dateTo: '2026-11-30' };

	test('against the previous period: one read from its first day on', async () => {
		addExpenses([
			{ dateTransaction: '2026-10-31T23:59:59+0700', totalBaht: 10, statusId: 302, statusName: 'Waiting' },
			{ dateTransaction: '2026-10-01T00:00:00+0700', totalBaht: 20, statusId: 303, statusName: 'Approved' },
			{ dateTransaction: '2026-11-01T00:00:00+0700', totalBaht: 40, statusId: 302, statusName: 'Waiting' },
			{ dateTransaction: '2026-11-30T23:59:59+0700', totalBaht: 80, statusId: 302, statusName: 'Waiting' },
			{ dateTransaction: '2026-12-01T00:00:00+0700', totalBaht: 160, statusId: 302, statusName: 'Waiting' },
		]);
		const { items, hints, error } = await run({
			...NOVEMBER,
			groupBy: 'status',
			compareWith: 'previousPeriod',
		});
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(pick(items, 'statusName', 'previousCount', 'count', 'previousTotalBaht', 'totalBaht')).toEqual([
			['Approved', 1, 0, 20, 0],
			['Waiting', 1, 2, 10, 120],
		]);
		expect(pick(items.slice(0, 1), 'period', 'previousPeriod')).toEqual([['1 to 30 Nov 2026', '1 to 31 Oct 2026']]);
		expect(fixture.getSentBodies('findExpenses')).toEqual([
			expect.objectContaining({ dateStart: '2026-09-30T17:00:00.000Z', dateEnd: '2026-11-30T16:59:59.000Z' }),
		]);
	});

	test('against the same days of the month before: the days between them are no gap', async () => {
		addExpenses([
			{ dateTransaction: '2026-11-02T23:59:59+0700', totalBaht: 10 },
			{ dateTransaction: '2026-11-03T00:00:00+0700', totalBaht: 20 },
			{ dateTransaction: '2026-11-30T23:59:59+0700', totalBaht: 40 },
			{ dateTransaction: '2026-12-01T00:00:00+0700', totalBaht: 80 },
		]);
		const { items, hints } = await run({ dateRange: 'thisMonth', compareWith: 'previousPeriod' });
		expect(pick(items, 'previousTotalBaht', 'totalBaht', 'period')).toEqual([[10, 80, '1 to 2 Dec 2026']]);
		expect(hints).toEqual([]);
	});

	test('per month: each month of the range', async () => {
		addExpenses([{ dateTransaction: '2026-11-15T00:00:00+0700', totalBaht: 40 }]);
		const range = { dateRange: 'custom', dateFrom: '2026-10-01', dateTo: '2026-12-31' };
		const { items } = await run({ ...range, groupBy: 'month' });
		expect(pick(items, 'month', 'count', 'totalBaht', 'period')).toEqual(
			[
				['2026-10', 0, 0],
				['2026-11', 1, 40],
				['2026-12', 0, 0],
			].map((row) => [...row, '1 Oct to 31 Dec 2026']),
		);
	});

	test('a status without a name is its ID', async () => {
		addExpenses([{ statusId: 302, statusName: null }, { statusId: 302, statusName: null }, { statusId: 303 }]);
		fixture.sandbox.records.expenses.records.forEach((expense) => delete (expense as IDataObject).statusName);
		const { items } = await run({ groupBy: 'status' });
		expect(pick(items, 'statusName', 'count', 'period')).toEqual([
			[302, 2, 'all dates'],
			[303, 1, 'all dates'],
		]);
	});

	test('a comparison without both days is a message', async () => {
		const { error } = await run({ ...NOVEMBER, dateTo: '', compareWith: 'previousPeriod' });
		expect(error?.message).toBe("'Compare With' requires a first and a last day");
		expect(error?.description).toContain("enter both 'From' and 'To', or set 'Compare With' to 'None'.");
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test('the title says which types could not be read', async () => {
		addExpenses([{ totalBaht: 40 }]);
		fixture.addFault('findExpenses', { status: 500 });
		const { items } = await run({ expenseTypeIds: [1001, 1006] }, { onError: 'continueRegularOutput' });
		expect(items[0]).toMatchObject({ count: 1, period: 'all dates (1 expense type could not be read)' });
	});
});
