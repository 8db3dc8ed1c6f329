// Get Totals of customer events. Other lists are in totalsListsTests.cts, and periods in unit/comparisonTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { buildFromAiValue } from '../../support/fromAiExpression.cts';
import { findOperation } from '../../support/operationParameters.cts';
import { clock, setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { runTool } from '../harness.cts';

const fixture = setupFixtureWithSimulatedClock(undefined, { hasToken: true });

/** Wednesday, 10:00 in Thailand. */
const NOW = Date.parse('2026-12-02T10:00:00+07:00');
beforeEach(() => void (clock.now = () => NOW));

const getMessages = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);
const pick = (items: IDataObject[], ...keys: string[]) => items.map((item) => keys.map((key) => item[key]));

function addCustomers(owners: Record<string, string[] | undefined>) {
	const { customers, customerEvents } = fixture.sandbox.records;
	customers.records = [];
	customerEvents.records = [];
	for (const [customerCode, customerOwnersStr] of Object.entries(owners))
		customers.create({ customerCode, customerName: `Name ${customerCode}`, customerType: 11300, customerOwnersStr });
}

function addEvents(events: Array<[customerCode: string, eventDate: string, values?: IDataObject]>) {
	const { customerEvents } = fixture.sandbox.records;
	const existing = customerEvents.records.length;
	for (const [index, [customerCode, eventDate, values]] of events.entries())
		customerEvents.create({
			eventId: existing + index + 1,
			customerCode,
			eventDate,
			eventType: 1,
			eventName: `Event ${existing + index + 1}`,
			...values,
		});
}

/** Responds with events that the sandbox would not return for this range. */
const respond = (customerCode: string, ...events: IDataObject[]) =>
	fixture.respondWithData({ operationId: 'getCustomerEvents', customerCode }, events);

const run = async (parameters: IDataObject, options = {}) =>
	await fixture.runExample(
		'customerEvent.getTotals',
		{ customerStateIds: [11300], eventTypes: [], groupBy: 'none', ...parameters },
		options,
	);
const LAST_WEEK = { dateRange: 'lastWeek', groupBy: 'salesperson', compareWith: 'previousPeriod' };

describe('of last week against the week before, per salesperson', () => {
	beforeEach(() => {
		addCustomers({ A: ['สมหญิง'], B: ['สมหญิง', 'สมชาย'], C: [], D: ['เอก'], E: ['กมล'] });
		addEvents([
			['A', '2026-11-15T23:59:59+0700'],
			['A', '2026-11-22T23:59:59+0700'],
			['A', '2026-11-23T00:00:00+0700'],
			['A', '2026-11-29T23:59:59+0700'],
			['A', '2026-11-30T00:00:00+0700'],
			['B', '2026-11-16T00:00:00+0700'],
			['B', '2026-11-17T09:00:00+0700'],
			['C', '2026-11-25T09:00:00+0700'],
		]);
	});

	test('has the columns in the order of a report', async () => {
		const { items, hints, error } = await run(LAST_WEEK);
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(Object.entries(items[0] ?? {})).toEqual([
			['ownerNames', 'สมหญิง, สมชาย'],
			['previousCount', 2],
			['count', 0],
			['change', -2],
			['changePercent', -100],
			['customerCount', 0],
			['bar', ''],
			['period', '23 to 29 Nov 2026'],
			['previousPeriod', '16 to 22 Nov 2026'],
		]);
	});

	test('includes salespersons without events, with the biggest drop first, and ties in Thai order', async () => {
		const { items } = await run(LAST_WEEK);
		expect(pick(items, 'ownerNames', 'previousCount', 'count', 'change', 'changePercent', 'bar')).toEqual([
			['สมหญิง, สมชาย', 2, 0, -2, -100, ''],
			['กมล', 0, 0, 0, null, ''],
			['เอก', 0, 0, 0, null, ''],
			['สมหญิง', 1, 2, 1, 100, '████████████'],
			[null, 0, 1, 1, null, '██████'],
		]);
	});

	test('reads both periods in one request per customer, and the list of customers once', async () => {
		await run(LAST_WEEK);
		expect(fixture.getSentBodies('getCustomerEvents')).toEqual(
			Array(5).fill({ DateFrom: '2026-11-16T00:00:00', DateTo: '2026-11-29T23:59:59' }),
		);
		const requests = fixture.apiRequests.length;
		fixture.sandbox.reset();
		await fixture.runExample('customerEvent.getAll', { customerStateIds: [11300], dateRange: 'lastWeek' });
		expect(fixture.apiRequests.length).toBeGreaterThanOrEqual(requests);
	});

	test('each title says that customers could not be read', async () => {
		const fail = (customerCode: string) =>
			fixture.addFault({ operationId: 'getCustomerEvents', customerCode }, { status: 400 }, { times: 'always' });
		fail('A');
		const { items, hints } = await run(LAST_WEEK, { onError: 'continueRegularOutput' });
		const period = '23 to 29 Nov 2026 (1 customer could not be read)';
		expect(pick(items, 'ownerNames', 'period')).toEqual([
			['สมหญิง, สมชาย', period],
			['กมล', period],
			['เอก', period],
			[null, period],
			[undefined, undefined],
		]);
		expect(items.at(-1)?.error).toContain("for customer code 'A'");
		expect(getMessages(hints)).toEqual([expect.stringContaining('1 of the requests failed')]);
		fail('B');
		const { items: others } = await run(LAST_WEEK, { onError: 'continueRegularOutput' });
		expect(others[0]?.period).toBe('23 to 29 Nov 2026 (2 customers could not be read)');
	});

	test('each title says that the list of customers may be incomplete', async () => {
		fixture.sandbox.records.customers.create({ customerCode: 'L', customerType: 11100, customerOwnersStr: ['เอก'] });
		fixture.addFault('findCustomers', { status: 500 });
		const parameters = { ...LAST_WEEK, customerStateIds: [11100, 11300] };
		const { items } = await run(parameters, { onError: 'continueRegularOutput' });
		expect(items[0]?.period).toBe('23 to 29 Nov 2026 (the list may be incomplete)');
	});

	test('a limit and Include of Get Many have no effect', async () => {
		const { items } = await run({ ...LAST_WEEK, returnAll: false, limit: 1, include: 'customersWithoutEvents' });
		expect(items).toHaveLength(5);
	});

	test('an expression may select all of it by name', async () => {
		const parameters = {
			groupBy: '={{ "Salesperson (Customer Owner)" }}',
			compareWith: '={{ "Previous Period" }}',
		};
		const { items } = await run({ ...LAST_WEEK, ...parameters, returnAll: false, limit: 1 });
		expect(items).toEqual((await run(LAST_WEEK)).items);
	});

	test('an event without a readable date is in neither period, and a hint says so', async () => {
		respond('E', { eventId: 9, customerCode: 'E', eventDate: 'soon' }, { eventId: 10, customerCode: 'E' });
		const { items, hints } = await run(LAST_WEEK);
		expect(items.find(({ ownerNames }) => ownerNames === 'กมล')).toMatchObject({ count: 0, previousCount: 0 });
		expect(getMessages(hints)).toEqual([
			"Customer events whose 'Event Date' is in neither of the two periods: 2. They are not counted.",
		]);
	});

	test('a year of the Buddhist Era is in its period', async () => {
		respond(
			'E',
			{ eventId: 9, customerCode: 'E', eventDate: '2569-11-29T23:59:59+0700' },
			{ eventId: 10, customerCode: 'E', eventDate: '2569-11-16' },
		);
		const { items } = await run(LAST_WEEK);
		expect(items.find(({ ownerNames }) => ownerNames === 'กมล')).toMatchObject({ count: 1, previousCount: 1 });
	});

	test('an AI agent gets the totals', async () => {
		const { resource, operation } = findOperation('customerEvent.getTotals');
		const parameters = {
			resource,
			operation: operation.value,
			customerStateIds: [11300],
			...LAST_WEEK,
		};
		const call = async (groupBy: ReturnType<typeof buildFromAiValue>, args: IDataObject) =>
			await runTool({ parameters: { ...parameters, groupBy }, credential: fixture.credentialWithToken, args });
		const tool = await call('salesperson', {});
		expect(tool.argumentDescriptions).toEqual({});
		expect(JSON.parse(tool.output)).toEqual((await run(LAST_WEEK)).items);
		// A user may leave the group to the model. If it enters another one, the message lists the groups.
		const groupBy = buildFromAiValue('Group_By');
		expect(JSON.parse((await call(groupBy, { Group_By: 'salesperson' })).output)).toEqual(JSON.parse(tool.output));
		const { output } = await call(groupBy, { Group_By: 'Region' });
		expect(output).toContain('Use one of these values: none, customer, eventType, salesperson, week, month, quarter.');
	});

	test.each([
		['All Dates', { dateRange: 'allDates' }],
		['an open range', { dateRange: 'custom', dateFrom: '2026-11-01', dateTo: '' }],
	])('rejects %s before any request', async (_, dates) => {
		const { error } = await run({ ...LAST_WEEK, ...dates });
		expect(error?.message).toBe("'Compare With' requires a first and a last day");
		expect(error?.description).toContain(
			"Select another value in 'Date Range', enter both 'From' and 'To', or set 'Compare With' to 'None'.",
		);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test.each([
		// The second events of 22 and 29 November are on the next day in Tokyo.
		['Asia/Tokyo', 2, 1],
		// It is still Tuesday there, and the events at 00:00 are on the day before.
		['Pacific/Honolulu', 2, 2],
		['America/New_York', 2, 2],
	])('the days are those of the zone: %s', async (timeZone, count, previousCount) => {
		const records = fixture.sandbox.records.customerEvents.records as IDataObject[];
		respond('A', ...records.filter(({ customerCode }) => customerCode === 'A'));
		const { items } = await run({ ...LAST_WEEK, options: { timeZone } });
		const owner = items.find(({ ownerNames }) => ownerNames === 'สมหญิง');
		expect(owner).toMatchObject({ count, previousCount, period: '23 to 29 Nov 2026' });
	});

	test('This Week ends today in both periods', async () => {
		addEvents([
			['A', '2026-11-24T12:00:00+0700'],
			['A', '2026-11-26T12:00:00+0700'],
			['A', '2026-12-03T12:00:00+0700'],
		]);
		const { items } = await run({ ...LAST_WEEK, groupBy: 'none', dateRange: 'thisWeek' });
		expect(items).toMatchObject([
			{ previousCount: 3, count: 1, period: '30 Nov to 2 Dec 2026', previousPeriod: '23 to 25 Nov 2026' },
		]);
	});

	test('begins with the fields of the input item, of which each item has its own copy', async () => {
		const options = { options: { includeInputFields: true } };
		const input = { items: [{ team: { name: 'North' } }] };
		const { items } = await run({ ...LAST_WEEK, ...options, groupBy: 'none' }, input);
		expect(items).toEqual([
			{
				team: { name: 'North' },
				previousCount: 3,
				count: 3,
				change: 0,
				changePercent: 0,
				bar: '████████████',
				period: '23 to 29 Nov 2026',
				previousPeriod: '16 to 22 Nov 2026',
			},
		]);
		const { items: owners } = await run({ ...LAST_WEEK, ...options }, input);
		expect(owners[0]?.team).toEqual({ name: 'North' });
		expect(owners[0]?.team).not.toBe(owners[1]?.team);
	});

	test('per event type: its name, and its ID if the names cannot be loaded', async () => {
		addEvents([['A', '2026-11-25T00:00:00+0700', { eventId: 9, eventType: 2 }]]);
		const parameters = { ...LAST_WEEK, groupBy: 'eventType', compareWith: 'none' };
		const { items } = await run(parameters);
		expect(items).toEqual([
			{ eventTypeName: 'Meeting', count: 3, bar: '████████████', period: '23 to 29 Nov 2026' },
			expect.objectContaining({ eventTypeName: expect.any(String) as string, count: 1 }),
		]);
		fixture.addFault('getCustomerEventTypes', { status: 400 }, { times: 'always' });
		expect(pick((await run(parameters)).items, 'eventTypeName', 'count')).toEqual([
			[1, 3],
			[2, 1],
		]);
	});

	test('per week: each week of a closed range, also without events', async () => {
		const dates = { dateRange: 'custom', dateFrom: '2026-11-09', dateTo: '2026-11-30' };
		const { items } = await run({ ...dates, groupBy: 'week' });
		expect(pick(items, 'week', 'count', 'bar')).toEqual([
			['2026-11-09', 1, '████'],
			['2026-11-16', 3, '████████████'],
			['2026-11-23', 3, '████████████'],
			['2026-11-30', 1, '████'],
		]);
		const { items: weeks } = await run({ groupBy: 'week', dateRange: 'lastMonth', filters: { searchText: 'Name D' } });
		expect(pick(weeks, 'week', 'count', 'bar')).toEqual(
			['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'].map((week) => [week, 0, '']),
		);
	});

	test('per month in an open range: the months between the first and the last event', async () => {
		addEvents([
			['A', '2026-08-31T23:59:59+0700'],
			['A', '2026-12-01T00:00:00+0700'],
		]);
		const { items } = await run({ groupBy: 'month', dateRange: 'allDates' });
		expect(pick(items, 'month', 'count', 'period')).toEqual([
			['2026-08', 1, 'all dates'],
			['2026-09', 0, 'all dates'],
			['2026-10', 0, 'all dates'],
			['2026-11', 8, 'all dates'],
			['2026-12', 1, 'all dates'],
		]);
	});

	test('a date of the year 9999 adds no other weeks', async () => {
		respond('A', { eventId: 9, eventDate: '9999-12-31T00:00:00+0700' });
		const { items } = await run({ groupBy: 'week', dateRange: 'allDates' });
		expect(pick(items, 'week', 'count')).toEqual([
			['2026-11-16', 2],
			['2026-11-23', 1],
			['9999-12-27', 1],
		]);
	});
});

describe('per customer', () => {
	const BY_CUSTOMER = { dateRange: 'allDates', groupBy: 'customer' };
	const LATEST_KEYS = ['customerCode', 'count', 'daysSinceLastEvent', 'lastEventName', 'nextEventDate'];
	const RANGE_HINT =
		"The last event may be outside the date range. To include it and the days since then, select 'All Dates' in 'Date Range'.";

	test('shows the last and the next event, with the longest time first', async () => {
		addCustomers({ A: ['สมหญิง'], B: [], C: [], D: [], E: [] });
		addEvents([
			// Exactly now.
			['A', '2026-12-02T10:00:00+0700'],
			['A', '2026-12-24T10:00:00+0700'],
			['A', '2026-12-03T10:00:00+0700'],
			['B', '2026-12-01T23:59:59+0700'],
			// At the same time, the highest ID counts.
			['C', '2026-11-02T10:00:00+0700'],
			['C', '2026-11-02T10:00:00+0700'],
			['D', '2026-12-02T10:00:01+0700'],
		]);
		const { items, hints } = await run(BY_CUSTOMER);
		expect(hints).toEqual([]);
		expect(pick(items, ...LATEST_KEYS)).toEqual([
			['D', 1, null, null, '2026-12-02T10:00:01+07:00'],
			['E', 0, null, null, null],
			['C', 2, 30, 'Event 6', null],
			['B', 1, 1, 'Event 4', null],
			['A', 3, 0, 'Event 1', '2026-12-03T10:00:00+07:00'],
		]);
		expect(Object.entries(items.at(-1) ?? {})).toEqual([
			['customerCode', 'A'],
			['customerName', 'Name A'],
			['ownerNames', 'สมหญิง'],
			['count', 3],
			['lastEventDate', '2026-12-02T10:00:00+07:00'],
			['lastEventTypeName', 'Meeting'],
			['lastEventName', 'Event 1'],
			['daysSinceLastEvent', 0],
			['nextEventDate', '2026-12-03T10:00:00+07:00'],
			['bar', '████████████'],
			['period', 'all dates'],
		]);
	});

	test('reads a day without a time, and a year of the Buddhist Era, and skips an unreadable date', async () => {
		addCustomers({ A: [], B: [], C: [] });
		respond('A', { eventId: 1, eventDate: '2026-12-02' });
		respond('B', { eventId: 2, eventDate: '2569-11-30T10:00:00+0700' });
		respond(
			'C',
			{ eventId: 3, eventDate: 'soon' },
			{ eventId: 4, eventDate: null },
			{ eventId: 5, eventDate: '0001-01-01T00:00:00' },
		);
		const { items } = await run(BY_CUSTOMER);
		expect(pick(items, 'customerCode', 'count', 'daysSinceLastEvent', 'lastEventDate')).toEqual([
			['C', 3, null, null],
			['B', 1, 2, '2569-11-30T10:00:00+07:00'],
			['A', 1, 0, '2026-12-02'],
		]);
	});

	test.each([
		['To alone, up to today', { dateRange: 'custom', dateFrom: '', dateTo: '2026-12-02' }, true],
		['To alone, in the past', { dateRange: 'custom', dateFrom: '', dateTo: '2026-12-01' }, false],
		['From alone', { dateRange: 'custom', dateFrom: '2026-11-01', dateTo: '' }, false],
		['Last Week', { dateRange: 'lastWeek' }, false],
	])('the last event is shown only if the range cannot omit it: %s', async (_, dates, isShown) => {
		addCustomers({ A: [], B: [] });
		addEvents([
			['A', '2026-11-24T10:00:00+0700'],
			['B', '2026-11-24T10:00:00+0700'],
			['B', '2026-11-25T10:00:00+0700'],
		]);
		const { items, hints } = await run({ ...BY_CUSTOMER, ...dates });
		expect(pick(items, 'customerCode', 'count', 'daysSinceLastEvent')).toEqual(
			isShown
				? [
						['A', 1, 8],
						['B', 2, 7],
					]
				: [
						['B', 2, undefined],
						['A', 1, undefined],
					],
		);
		expect(getMessages(hints).includes(RANGE_HINT)).toBe(!isShown);
	});

	test('a comparison shows no last event, and needs no hint', async () => {
		addCustomers({ A: [] });
		const { items, hints } = await run({ ...BY_CUSTOMER, dateRange: 'lastWeek', compareWith: 'previousPeriod' });
		expect(Object.keys(items[0] ?? {})).toEqual([
			...['customerCode', 'customerName', 'ownerNames', 'previousCount', 'count', 'change', 'changePercent'],
			...['bar', 'period', 'previousPeriod'],
		]);
		expect(hints).toEqual([]);
	});

	test('in an empty account, If Nothing Found applies', async () => {
		addCustomers({});
		const runWith = async (ifNothingFound: string, parameters = {}) =>
			await run({ ...BY_CUSTOMER, ...parameters, options: { ifNothingFound } });
		expect((await runWith('nothing')).items).toEqual([]);
		expect((await runWith('emptyItem')).items).toEqual([
			{
				...{ customerCode: null, customerName: null, ownerNames: null, count: 0, lastEventDate: null },
				...{ lastEventTypeName: null, lastEventName: null, daysSinceLastEvent: null, nextEventDate: null },
				...{ bar: '', period: 'all dates' },
			},
		]);
		expect((await runWith('error')).error?.message).toBe('No matching customer events found');
		expect((await runWith('nothing', { groupBy: 'none' })).items).toEqual([{ count: 0, bar: '', period: 'all dates' }]);
		expect((await runWith('nothing', { ...LAST_WEEK })).items).toEqual([]);
	});

	test('Fail applies if no customer has an event', async () => {
		addCustomers({ A: [] });
		expect((await run({ ...BY_CUSTOMER, options: { ifNothingFound: 'error' } })).error?.message).toBe(
			'No matching customer events found',
		);
		expect((await run(BY_CUSTOMER)).items).toMatchObject([{ customerCode: 'A', count: 0 }]);
	});
});

describe('of one customer per input item', () => {
	const runFor = async (parameters: IDataObject, codes = ['A', 'B']) =>
		await fixture.runExample(
			'customerEvent.getTotals',
			{
				customerSelection: 'codes',
				customerCodes: '={{ $json.code }}',
				dateRange: 'allDates',
				groupBy: 'none',
				...parameters,
			},
			{ items: codes.map((code) => ({ code })) },
		);

	beforeEach(() => {
		addCustomers({ A: [], B: [] });
		addEvents([
			['A', '2026-11-24T10:00:00+0700'],
			['A', '2026-09-24T10:00:00+0700', { eventType: 2 }],
		]);
	});

	test('Include Input Fields adds the customer code to each item, also without events', async () => {
		const { items } = await runFor({ groupBy: 'customer' });
		expect(pick(items, 'customerCode', 'count', 'daysSinceLastEvent')).toEqual([
			['A', 2, 8],
			['B', 0, null],
		]);
		const options = { includeInputFields: true };
		const { items: totals } = await runFor({ options });
		expect(pick(totals, 'code', 'count')).toEqual([
			['A', 2],
			['B', 0],
		]);
		const { items: months } = await runFor({ groupBy: 'month', options });
		expect(pick(months, 'code', 'month', 'count')).toEqual([
			['A', '2026-09', 1],
			['A', '2026-10', 0],
			['A', '2026-11', 1],
		]);
		const { items: compared } = await runFor({ dateRange: 'lastMonth', compareWith: 'previousPeriod', options });
		expect(pick(compared, 'code', 'previousCount', 'count')).toEqual([
			['A', 0, 1],
			['B', 0, 0],
		]);
	});

	test('several codes are counted together, with one request for each', async () => {
		const { items } = await runFor({ customerCodes: 'A, B', groupBy: 'eventType' }, ['A']);
		expect(pick(items, 'eventType', 'count')).toHaveLength(2);
		expect(fixture.findRequests('getCustomerEvents')).toHaveLength(2);
		expect(fixture.findRequests('findCustomers')).toEqual([]);
	});

	test('the salesperson of a customer code is not known, which a message says before any request', async () => {
		const { error } = await runFor({ groupBy: 'salesperson' });
		expect(error?.message).toBe("'Group By' cannot be Salesperson for customer codes");
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});
