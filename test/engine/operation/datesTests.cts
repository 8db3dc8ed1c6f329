// Dates as an expression or a form returns them, and their hints. Which text is which date is in unit/timeTests.cts.
import type { IDataObject } from 'n8n-workflow';
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
			'Luxon',
			{ dateFrom: "={{ DateTime.fromISO('2025-01-31T10:00:00', { zone: 'Asia/Tokyo' }) }}" },
			{ DateFrom: '2025-01-31T08:00:00' },
		],
		['a Date', { dateFrom: "={{ new Date('2025-01-31T03:00:00Z') }}" }, { DateFrom: '2025-01-31T10:00:00' }],
		['an open start', { dateTo: '', dateFrom: '={{ null }}' }, undefined],
		[
			'another zone',
			{ dateFrom: '2025-01-31', options: { timeZone: 'America/New_York' } },
			{ DateFrom: '2025-01-31T00:00:00' },
		],
	])('%s', async (_, parameters, range) => {
		const result = await getEvents(parameters);
		expect(result.error).toBeUndefined();
		expect(result.range).toEqual(range);
	});

	test.each([
		['From', { dateRange: 'custom', dateFrom: '31/01/2025' }, `'From' cannot be "31/01/2025"`],
		['To', { dateRange: 'custom', dateTo: '={{ 2025 }}' }, "'To' cannot be 2025"],
		[
			'From after To',
			{ dateRange: 'custom', dateFrom: '2025-02-01', dateTo: '2025-01-31' },
			"'From' (2025-02-01 00:00:00) is after 'To' (2025-01-31 23:59:59)",
		],
		['Date Range', { dateRange: '={{ "next year" }}' }, `'Date Range' cannot be "next year"`],
		['Time Zone', { options: { timeZone: 'Bangkok' } }, `'Time Zone' cannot be "Bangkok"`],
		['Max Parallel Requests', { options: { maxParallelRequests: 0 } }, "'Max Parallel Requests' cannot be 0"],
		['Timeout', { options: { timeoutSeconds: '={{ "soon" }}' } }, `'Timeout' cannot be "soon"`],
		['Limit', { returnAll: false, limit: '={{ -1 }}' }, "'Limit' cannot be -1"],
		['Sort', { options: { sort: '={{ "up" }}' } }, `'Sort' cannot be "up"`],
		['Output', { output: '={{ "xml" }}' }, `'Output' cannot be "xml"`],
	])('rejected before any request, with the field and the accepted values: %s', async (_, parameters, message) => {
		const advice = /Select a date|Swap|Enter|Use/;
		await fixture.expectRejection('customerEvent.getByCustomerCode', parameters, message, advice);
	});

	test.each<[string, unknown]>([
		['a date that is ambiguous', '01/02/2025'],
		['a day that does not exist', '31/2/2568'],
	])('%s is rejected with the form to enter', async (_, date) => {
		const parameters = { dateFrom: '={{ $json.date }}', customerCode: 'C000055' };
		const { error } = await fixture.runOperation('getByCustomerCode', parameters, { items: [{ date } as IDataObject] });
		expect(error?.message).toContain(`'From' cannot be "${String(date)}"`);
		expect(error?.description).toContain('Enter the date as 2025-01-31');
		expect(error?.description?.startsWith('The order of day and month differs')).toBe(date === '01/02/2025');
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test.each<[string, unknown, string, string]>([
		[
			'the number of a date',
			31107,
			'1985-03-01T00:00:00',
			"'Event Date' contains the serial number of a date in a sheet, which was read as 1985-03-01.",
		],
		[
			'a date with a Thai year',
			'15/3/2568',
			'2025-03-15T00:00:00',
			"'Event Date' contains a date with a Thai year, which was read as 2025-03-15.",
		],
	])('a write sends %s of a sheet, and a hint shows how it was read', async (_, date, sentDate, hint) => {
		const parameters = { eventDate: '={{ $json.date }}', output: 'raw' };
		const options = { items: [{ date } as IDataObject] };
		const { hints, error } = await fixture.runExample('customerEvent.create', parameters, options);
		expect(error).toBeUndefined();
		expect(fixture.getSentBodies('createCustomerEvent')[0]?.eventDate).toMatch(sentDate);
		expect(hints.map(({ message }) => message)).toContain(hint);
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
	const NO_HINT = /^$/;
	const END_OF_DAY = "={{ DateTime.fromISO('2025-01-31').endOf('day') }}";

	test.each<[string, object, string, object, RegExp?]>([
		[
			'a year of the Buddhist Era',
			{ dateFrom: '2568-01-01', dateTo: '2025-01-31' },
			'America/New_York',
			{ DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' },
			/^'From' contains the year 2568 of the Buddhist Era \(B\.E\.\), which was read as 2025\.$/,
		],
		[
			'$today of an instance in another zone',
			{ dateFrom: '={{ $today }}' },
			'America/New_York',
			{ DateFrom: expect.stringMatching(/T1[12]:00:00$/) as string },
			/^'From' is midnight in America\/New_York\. In the time zone of your GoFive account \(Asia\/Bangkok\), this is /,
		],
		[
			"$today in To, in GoFive's zone",
			{ dateTo: '={{ $today }}' },
			'Asia/Bangkok',
			{ DateTo: expect.stringMatching(/T00:00:00$/) as string },
			/To specify the end of that day/,
		],
		[
			'the end of a day in another zone',
			{ dateTo: END_OF_DAY },
			'America/New_York',
			{ DateTo: '2025-02-01T11:59:59' },
			/^'To' is the end of a day in America\/New_York\. In the time zone of your GoFive account \(Asia\/Bangkok\), this is 2025-02-01 11:59:59/,
		],
		[
			"none for the end of a day in GoFive's zone",
			{ dateTo: END_OF_DAY },
			'Asia/Bangkok',
			{ DateTo: '2025-01-31T23:59:59' },
		],
	])('%s', async (_, parameters, instanceTimezone, expectedRange, hint = NO_HINT) => {
		const { range, hintMessages } = await getEvents(parameters, { instanceTimezone });
		expect(range).toEqual(expectedRange);
		expect(hintMessages).toEqual(hint === NO_HINT ? [] : [expect.stringMatching(hint)]);
	});

	test('shows one hint for many items', async () => {
		const items = Array.from({ length: 5 }, (_, index) => ({ day: `2025-01-0${index + 1}T00:00:00Z` }));
		const { hintMessages } = await getEvents({ dateFrom: '={{ $json.day }}' }, { items });
		expect(hintMessages).toEqual([
			expect.stringMatching(
				/^'From' is midnight in UTC\. In the time zone of your GoFive account \(Asia\/Bangkok\), this is 2025-01-01 07:00:00\..* This applies to 5 items\.$/,
			),
		]);
	});
});

describe('a date that is the same for all items', () => {
	const zones = ['Asia/Bangkok', 'UTC', 'Asia/Bangkok'].map((zone) => ({ zone }));
	const createEvents = async (eventDate: string) =>
		await fixture.runExample(
			'customerEvent.create',
			{ eventDate, options: { timeZone: '={{ $json.zone }}' } },
			{ items: zones, onError: 'continueRegularOutput' },
		);

	test('is read in the time zone of each item, and a hint counts the items', async () => {
		const { hints } = await createEvents('2568-02-01T10:00:00+07:00');
		const dates = fixture.getSentBodies('createCustomerEvent').map(({ eventDate }) => eventDate);
		expect(dates).toEqual(['2025-02-01T10:00:00', '2025-02-01T03:00:00', '2025-02-01T10:00:00']);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/of the Buddhist Era .* This applies to 3 items\.$/),
		]);
	});

	test('fails each item if it is invalid, with the code of the item', async () => {
		const { items } = await createEvents('31/01/2025');
		const error: unknown = expect.stringMatching(/^'Event Date' cannot be "31\/01\/2025"/);
		expect(items).toEqual(zones.map(({ zone }) => ({ customerCode: 'C000055', zone, error })));
		expect(fixture.apiRequests).toEqual([]);
	});
});
