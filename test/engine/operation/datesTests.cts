import { clock, setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();
const realNow = clock.now;
afterEach(() => void (clock.now = realNow));

async function getEvents(parameters: object, options = {}) {
	const result = await fixture.runOperation(
		'getByCustomerCode',
		{ customerCode: 'C000055', output: 'raw', ...parameters },
		options,
	);
	const { body = '' } = fixture.findRequests('getCustomerEvents')[0] ?? {};
	return {
		...result,
		range: body === '' ? undefined : (JSON.parse(body) as object),
		hintMessages: result.hints.map(({ message }) => message),
	};
}

describe('dates in the request', () => {
	test.each([
		[
			'a selected day',
			{ dateFrom: '2025-01-31T00:00:00', dateTo: '2025-01-31T00:00:00' },
			{ DateFrom: '2025-01-31T00:00:00', DateTo: '2025-01-31T23:59:59' },
		],
		['Z', { dateFrom: '2025-01-31T17:30:00Z' }, { DateFrom: '2025-02-01T00:30:00' }],
		['an offset', { dateTo: '2025-01-31T10:00:00-05:00' }, { DateTo: '2025-01-31T22:00:00' }],
		[
			'Buddhist Era',
			{ dateFrom: '2568-01-01', dateTo: '2568-01-31' },
			{ DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' },
		],
		[
			'Luxon',
			{ dateFrom: "={{ DateTime.fromISO('2025-01-31T10:00:00', { zone: 'Asia/Tokyo' }) }}" },
			{ DateFrom: '2025-01-31T08:00:00' },
		],
		[
			'Luxon as text',
			{ dateFrom: "={{ DateTime.fromISO('2025-01-31T10:00:00', { zone: 'Asia/Tokyo' }).toISO() }}" },
			{ DateFrom: '2025-01-31T08:00:00' },
		],
		['a Date', { dateFrom: "={{ new Date('2025-01-31T03:00:00Z') }}" }, { DateFrom: '2025-01-31T10:00:00' }],
		['an open start', { dateTo: '', dateFrom: '={{ null }}' }, undefined],
		[
			'another zone',
			{ dateFrom: '2025-01-31', options: { timeZone: 'America/New_York' } },
			{ DateFrom: '2025-01-31T00:00:00' },
		],
		[
			'another zone for an offset',
			{ dateFrom: '2025-01-31T00:00:00Z', options: { timeZone: 'America/New_York' } },
			{ DateFrom: '2025-01-30T19:00:00' },
		],
	])('%s', async (_, parameters, range) => {
		const result = await getEvents(parameters);
		expect(result.error).toBeUndefined();
		expect(result.range).toEqual(range);
	});

	test.each([
		['From', { dateFrom: '31/01/2025' }, `'From' cannot be "31/01/2025"`],
		['To', { dateTo: '={{ 45688 }}' }, "'To' cannot be 45688"],
		['To', { dateTo: '9999-12-31T23:59:59Z' }, `'To' cannot be "9999-12-31T23:59:59Z"`],
		['From', { dateFrom: '0001-01-01T00:00:00Z' }, `'From' cannot be "0001-01-01T00:00:00Z"`],
		['From', { dateFrom: '={{ DateTime.fromISO("x") }}' }, "'From' cannot be an invalid date"],
		['From', { dateFrom: "={{ new Date('x') }}" }, "'From' cannot be an invalid date"],
		[
			'To',
			{ dateTo: "={{ DateTime.fromISO('2025-01-31').until(DateTime.fromISO('2025-02-01')) }}" },
			expect.stringMatching(/^'To' cannot be /),
		],
		['To', { dateTo: '2025-02-30' }, `'To' cannot be "2025-02-30"`],
		[
			'From after To',
			{ dateFrom: '2025-02-01', dateTo: '2025-01-31' },
			"'From' (2025-02-01 00:00:00) is after 'To' (2025-01-31 23:59:59)",
		],
		['Date Range', { dateRange: '={{ "next year" }}' }, `'Date Range' cannot be "next year"`],
		['Time Zone', { options: { timeZone: 'Bangkok' } }, `'Time Zone' cannot be "Bangkok"`],
		['Max Parallel Requests', { options: { maxParallelRequests: 0 } }, "'Max Parallel Requests' cannot be 0"],
		['Timeout', { options: { timeout: '={{ "soon" }}' } }, `'Timeout' cannot be "soon"`],
		['Limit', { returnAll: false, limit: '={{ -1 }}' }, "'Limit' cannot be -1"],
		['Sort', { options: { sort: '={{ "up" }}' } }, `'Sort' cannot be "up"`],
		['Output', { output: '={{ "xml" }}' }, `'Output' cannot be "xml"`],
		['Fields', { output: 'selected', fields: '={{ ["name"] }}' }, `'Fields' cannot contain "name"`],
	])('rejected before any request, with the field and the accepted values: %s', async (_, parameters, message) => {
		const { error } = await getEvents(parameters);
		expect(error?.message).toEqual(message);
		expect(error?.description).toMatch(/Select a day|Swap|Enter|Use|The fields are/);
		expect(fixture.sandbox.requestLog).toHaveLength(0);
	});

	test("presets cover whole days in GoFive's zone, in any zone of n8n", async () => {
		clock.now = () => Date.parse('2025-01-31T18:00:00Z');
		const { range } = await getEvents(
			{ dateRange: 'today', dateFrom: 'ignored' },
			{ instanceTimezone: 'America/New_York' },
		);
		expect(range).toEqual({ DateFrom: '2025-02-01T00:00:00', DateTo: '2025-02-01T23:59:59' });
	});
});

describe('hints', () => {
	test('shows a year of the Buddhist Era', async () => {
		const { hintMessages } = await getEvents({ dateFrom: '2568-01-01' });
		expect(hintMessages).toEqual(["'From': the year 2568 is a year of the Buddhist Era. 2025 was sent to GoFive."]);
	});

	test('converts $today of an instance in another zone and names both zones', async () => {
		const { hintMessages, range } = await getEvents(
			{ dateFrom: '={{ $today }}' },
			{ instanceTimezone: 'America/New_York' },
		);
		expect(range).toEqual({ DateFrom: expect.stringMatching(/T1[12]:00:00$/) });
		expect(hintMessages).toEqual([
			expect.stringMatching(/^'From' is midnight in America\/New_York, which is .* in Asia\/Bangkok/),
		]);
	});

	test("reports that $today in To excludes the day if the instance is in GoFive's zone", async () => {
		const { hintMessages } = await getEvents({ dateTo: '={{ $today }}' }, { instanceTimezone: 'Asia/Bangkok' });
		expect(hintMessages).toEqual([expect.stringContaining('the rest of that day is not included')]);
	});

	test('converts the end of a day in another zone and names both zones', async () => {
		const { hintMessages, range } = await getEvents(
			{ dateTo: "={{ DateTime.fromISO('2025-01-31').endOf('day') }}" },
			{ instanceTimezone: 'America/New_York' },
		);
		expect(range).toEqual({ DateTo: '2025-02-01T11:59:59' });
		expect(hintMessages).toEqual([
			expect.stringMatching(
				/^'To' is the end of a day in America\/New_York, which is 2025-02-01 11:59:59 in Asia\/Bangkok/,
			),
		]);
		fixture.sandbox.reset();
		const bangkokResult = await getEvents(
			{ dateTo: "={{ DateTime.fromISO('2025-01-31').endOf('day') }}" },
			{ instanceTimezone: 'Asia/Bangkok' },
		);
		expect([bangkokResult.range, bangkokResult.hintMessages]).toEqual([{ DateTo: '2025-01-31T23:59:59' }, []]);
	});

	test('shows one hint for many items', async () => {
		const items = Array.from({ length: 5 }, (_, index) => ({ day: `2025-01-0${index + 1}T00:00:00Z` }));
		const { hintMessages } = await getEvents({ dateFrom: '={{ $json.day }}' }, { items });
		expect(hintMessages).toEqual([
			expect.stringMatching(
				/^'From' is midnight in UTC, which is 2025-01-01 07:00:00 in Asia\/Bangkok.* This applies to 5 items\.$/,
			),
		]);
	});

	test('converts a Date of the Buddhist Era', async () => {
		const { range, hintMessages } = await getEvents({ dateFrom: "={{ new Date('2568-01-31T03:00:00Z') }}" });
		expect(range).toEqual({ DateFrom: '2025-01-31T10:00:00' });
		expect(hintMessages).toEqual([expect.stringContaining('the year 2568')]);
	});

	test('shows no hint for unambiguous dates', async () => {
		const { hintMessages } = await getEvents({ dateFrom: '2025-01-01', dateTo: '={{ $now }}' });
		expect(hintMessages).toEqual([]);
	});
});
