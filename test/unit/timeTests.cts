import { DateTime, Duration, Interval } from 'luxon';
import { clock, waitUntil } from '../../nodes/GoFive/time/clock';
import * as ranges from '../../nodes/GoFive/time/range';
import { formatOffset, parseGoFiveDate, toIsoDate } from '../../nodes/GoFive/time/goFiveDate';
import { parseDate } from '../../nodes/GoFive/time/parseDate';
import { toInstant, isTimeZone, toWallTime, formatWallTime } from '../../nodes/GoFive/time/zone';

const BANGKOK = 'Asia/Bangkok';
const NEW_YORK = 'America/New_York';
/** A Sunday morning in Bangkok that is Saturday in UTC. */
const SUNDAY = '2025-03-01T18:30:00Z';
const JANUARY = DateTime.fromISO('2025-01-01T00:00:00Z');
/** Interval as n8n passes it on: its two dates are texts, so its methods throw. */
const SERIALIZED_INTERVAL = Object.assign(Interval.after(JANUARY, { days: 1 }), { s: '2025-01-01', e: '2025-01-02' });
const toEpochMs = (text: string) => Date.parse(text);
/** Luxon's wall time of an instant. */
const toLocalText = (instant: number, zone: string) =>
	String(DateTime.fromMillis(instant, { zone }).toISO({ includeOffset: false, suppressMilliseconds: true }));

describe('zones', () => {
	test.each([BANGKOK, NEW_YORK, 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'])(
		'%s: wall time and instant agree with Luxon, hour by hour over two years',
		(zone) => {
			const start = toEpochMs('2024-06-01T00:30:00Z');
			const instants = Array.from({ length: 2503 }, (_, index) => start + index * 7 * 3_600_000);
			const wallTimes = instants.map((instant) => toWallTime(instant, zone));
			expect(wallTimes.map(formatWallTime)).toEqual(instants.map((instant) => toLocalText(instant, zone)));
			expect(wallTimes.map((wallTime) => toWallTime(toInstant(wallTime, zone), zone))).toEqual(wallTimes);
		},
	);

	test('an hour that summer time skips becomes the next hour', () => {
		expect(toInstant(toEpochMs('2025-03-09T02:30:00Z'), NEW_YORK)).toBe(toEpochMs('2025-03-09T07:30:00Z'));
		expect(toInstant(toEpochMs('2025-10-05T02:15:00Z'), 'Australia/Lord_Howe')).toBe(toEpochMs('2025-10-04T15:45:00Z'));
	});

	test.each([
		['2025-10-26T02:30:00Z', 'Europe/Berlin', '2025-10-26T01:30:00Z'],
		['2025-04-06T02:30:00Z', 'Australia/Sydney', '2025-04-05T16:30:00Z'],
		['2025-11-02T01:30:00Z', NEW_YORK, '2025-11-02T05:30:00Z'],
		['2025-10-26T00:30:00Z', 'Atlantic/Azores', '2025-10-26T00:30:00Z'],
	])(
		'the hour of %s in %s, which occurs twice, is the second one east of UTC and the first one west of it',
		(...texts) => {
			const [wallTime, zone, instant] = texts;
			expect(toInstant(toEpochMs(wallTime), zone)).toBe(toEpochMs(instant));
		},
	);

	test.each(['America/Santiago', 'America/Havana', 'Atlantic/Azores', 'Africa/Cairo', 'Asia/Beirut', 'Pacific/Apia'])(
		'%s: a day begins after the last second of the previous day if summer time skips midnight',
		(zone) => {
			const days = Array.from({ length: 1096 }, (_, index) => toEpochMs('2023-01-01T00:00:00Z') + index * 86_400_000);
			const starts = days.map((day) => toInstant(day, zone));
			const toDates = (texts: string[]) => texts.map((text) => text.slice(0, 10));
			const toLocalTexts = (instants: number[]) => instants.map((instant) => toLocalText(instant, zone));
			expect(toDates(toLocalTexts(starts))).toEqual(toDates(days.map(formatWallTime)));
			expect(toLocalTexts(starts.map((start) => start - 1000))).toEqual(days.map((day) => formatWallTime(day - 1000)));
			const ends = starts.map((start) => ranges.getEndOfDay(start, zone));
			expect(toLocalTexts(ends)).toEqual(days.map((day) => formatWallTime(day + 86_399_000)));
		},
	);

	test('recognizes the names of zones', () => {
		const names = [BANGKOK, 'UTC', 'asia/bangkok', 'Bangkok', '', 'Asia/Nowhere'];
		expect(names.map(isTimeZone)).toEqual([true, true, true, false, false, false]);
	});

	test('an offset of seconds is rounded to minutes', () => {
		expect([24_124_000, -24_124_000, -2_670_000].map(formatOffset)).toEqual(['+06:42', '-06:42', '-00:45']);
		expect(toWallTime(toEpochMs('1919-01-01T00:00:00Z'), BANGKOK)).toBe(toEpochMs('1919-01-01T06:42:04Z'));
	});
});

describe('waits', () => {
	afterEach(() => void jest.restoreAllMocks());

	/** Waits with a clock that advances by each step and a drift. The execution is cancelled after `maxSteps`. */
	async function getSteps(durationMs: number, driftMs = 0, maxSteps = Infinity) {
		const controller = new AbortController();
		const steps: number[] = [];
		let now = 1000;
		jest.spyOn(clock, 'now').mockImplementation(() => now);
		jest.spyOn(clock, 'sleep').mockImplementation(async (stepMs) => {
			now += stepMs + driftMs;
			if (steps.push(stepMs) === maxSteps) controller.abort();
		});
		await waitUntil(now + durationMs, controller.signal);
		return steps;
	}

	test('wait in steps until the instant or the end of the execution, and not longer if the clock is set back', async () => {
		expect(await getSteps(600)).toEqual([250, 250, 100]);
		expect(await getSteps(600, 200)).toEqual([250, 150]);
		expect(await getSteps(600, -10_000)).toEqual([250, 250, 100]);
		expect(await getSteps(600, 0, 2)).toEqual([250, 250]);
		expect([await getSteps(0), await getSteps(-5)]).toEqual([[], []]);
	});
});

describe('dates of users', () => {
	test.each<[string, string, boolean]>([
		['2025-01-31', '2025-01-30T17:00:00Z', true],
		['2025-01-31 00:00:00', '2025-01-30T17:00:00Z', true],
		[' 2025-01-31T10:20:30 ', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20', '2025-01-31T03:20:00Z', false],
		['2025-01-31T10:20:30.1234567', '2025-01-31T03:20:30.123Z', false],
		['2025-01-31T00:00:00.001', '2025-01-30T17:00:00.001Z', false],
		['2025-01-31T03:20:30.000z', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20:30+0700', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20:30-0330', '2025-01-31T13:50:30Z', false],
		['2025-01-31T10:20:30+14:59', '2025-01-30T19:21:30Z', false],
		['1900-01-01T00:00:00Z', '1900-01-01T00:00:00Z', false],
		// Years of the Buddhist Era.
		['2400-01-01T00:00:00Z', '1857-01-01T00:00:00Z', false],
		['2567-02-29T10:00:00+07:00', '2024-02-29T03:00:00Z', false],
		['2700-12-31T00:00:00Z', '2157-12-31T00:00:00Z', false],
	])('%s', (text, instant, isWholeDay) => {
		expect(parseDate(text, BANGKOK)).toMatchObject({ instantMs: toEpochMs(instant), isWholeDay });
	});

	test.each<[string, ...unknown[]]>([
		['another form', '31/01/2025', 'tomorrow', '2025-1-1', '20250131', 'Jan 31, 2025', '๒๕๖๘-๐๑-๓๑'],
		['a day that does not exist', '2025-02-30', '2025-13-01', '2023-02-29', '2568-02-29'],
		['a time that does not exist', '2025-01-31T25:00:00', '2025-01-31T10:60:00', '2025-01-31T10:00:00.1234567890'],
		['an offset that does not exist', '2025-01-31T10:00:00+15:00', '2025-01-31T10:00:00+14:60', '2025-01-31+07:00'],
		['a date and other text', 'on 2025-01-31', '2025-01-31 soon', '2025-01-31T'],
		['a year that is not supported', '1899-12-31', '2701-01-01'],
		['a span of time', Duration.fromISO('P1D'), Interval.after(JANUARY, { days: 1 }), SERIALIZED_INTERVAL],
		['an object whose method returns no text', { toISO: () => 2025 }, { toISO: () => ({}) }],
		['a value that is not a date', 1738281600000, true, {}, [], new Date(NaN), DateTime.invalid('x')],
	])('%s is rejected', (_, ...values) => {
		expect(values.map((value) => parseDate(value, BANGKOK))).toEqual(values.map(() => undefined));
	});

	test('years of the Buddhist Era', () => {
		const buddhistYear = { input: 2568, converted: 2025 };
		const instantMs = toEpochMs('2025-01-30T17:00:00Z');
		expect(parseDate('2568-01-31', BANGKOK)).toEqual({ instantMs, buddhistYear, isWholeDay: true });
		const dateTime = DateTime.fromISO('2568-01-31T10:00:00', { zone: BANGKOK });
		for (const value of [dateTime, dateTime.toJSDate()])
			expect(parseDate(value, BANGKOK)).toMatchObject({ instantMs: toEpochMs('2025-01-31T03:00:00Z'), buddhistYear });
	});

	test.each<[object | undefined, ...string[]]>([
		[{ side: 'start', zone: 'UTC' }, '2025-01-31T00:00:00Z', '2025-01-31T00:00:00z'],
		[{ side: 'start', zone: '+07:00' }, '2025-01-31T00:00+07:00'],
		[{ side: 'end', zone: '-05' }, '2025-01-31T23:59:59-05'],
		[{ side: 'end', zone: 'UTC' }, '2025-01-31T23:59:59.999Z'],
		[undefined, '2025-01-31T23:59:58Z', '2025-01-31T00:00:01Z', '2025-01-31T23:59:59', '2025-01-31'],
	])('first or last second of a day: %j for %s', (boundary, ...texts) => {
		expect(texts.map((text) => parseDate(text, BANGKOK)?.boundary)).toEqual(texts.map(() => boundary));
	});

	test('Luxon and Date values are instants, and the first second of a day in another zone is reported', () => {
		const midnight = DateTime.fromISO('2025-01-31', { zone: NEW_YORK });
		const boundary = { side: 'start', zone: NEW_YORK };
		expect(parseDate(midnight, BANGKOK)).toEqual({ instantMs: midnight.toMillis(), isWholeDay: false, boundary });
		const withoutZone = { toISO: () => '2025-01-31T00:00:00+07:00', zoneName: null };
		expect(parseDate(withoutZone, BANGKOK)?.boundary).toEqual({ side: 'start', zone: '+07:00' });
		const date = new Date('2025-01-31T01:02:03Z');
		expect(parseDate(date, BANGKOK)).toMatchObject({ instantMs: date.getTime(), isWholeDay: false });
	});
});

describe('ranges', () => {
	test('includes the complete last second, years of the Buddhist Era, and unreadable dates', () => {
		const end = ranges.getEndOfDay(toEpochMs('2025-01-30T17:00:00Z'), BANGKOK);
		const range = ranges.createDateRange(toEpochMs('2024-12-31T17:00:00Z'), end, BANGKOK);
		expect(range).toMatchObject({ from: '2025-01-01T00:00:00', to: '2025-01-31T23:59:59' });
		const otherDates = ['2024-12-31T23:59:59+0700', '2025-02-01T00:00:00+0700', '2025-01-31T17:00:00Z', '2568-02-01'];
		const januaryDates = [
			...['2025-01-01T00:00:00+0700', '2025-01-31T23:59:59.999+07:00', '2025-01-31T23:59:59'],
			// Years of the Buddhist Era.
			...['2568-01-01T00:00:00+0700', '2568-01-31', ' 2568-01-31 23:59:59'],
		];
		const unreadableDates = ['soon', null, undefined];
		expect(otherDates.filter(range.includes)).toEqual([]);
		expect(januaryDates.filter(range.includes)).toEqual(januaryDates);
		expect(unreadableDates.filter(range.includes)).toEqual(unreadableDates);
	});

	test.each<[ranges.DateRangePreset, string, string, string?]>([
		['today', '2025-03-02', '2025-03-02'],
		['yesterday', '2025-03-01', '2025-03-01'],
		['tomorrow', '2025-03-03', '2025-03-03'],
		['thisWeek', '2025-02-24', '2025-03-02'],
		['lastWeek', '2025-02-17', '2025-02-23'],
		['nextWeek', '2025-03-03', '2025-03-09'],
		['last7Days', '2025-02-24', '2025-03-02'],
		['next7Days', '2025-03-02', '2025-03-08'],
		['last30Days', '2025-02-01', '2025-03-02'],
		['next30Days', '2025-03-02', '2025-03-31'],
		['thisMonth', '2025-03-01', '2025-03-31'],
		['lastMonth', '2025-02-01', '2025-02-28'],
		['nextMonth', '2025-04-01', '2025-04-30'],
		['thisQuarter', '2025-01-01', '2025-03-31'],
		['lastQuarter', '2024-10-01', '2024-12-31'],
		['thisYear', '2025-01-01', '2025-12-31'],
		['lastYear', '2024-01-01', '2024-12-31'],
		['lastMonth', '2024-12-01', '2024-12-31', '2025-01-10T00:00:00Z'],
		['thisQuarter', '2024-10-01', '2024-12-31', '2024-12-31T16:59:59Z'],
		['lastQuarter', '2024-07-01', '2024-09-30', '2024-12-31T16:59:59Z'],
		['lastQuarter', '2024-10-01', '2024-12-31', '2024-12-31T17:00:00Z'],
		['thisQuarter', '2024-04-01', '2024-06-30', '2024-05-15T00:00:00Z'],
	])('%s is %s to %s', (preset, from, to, now = SUNDAY) => {
		const range = ranges.createPresetRange(preset, toEpochMs(now), BANGKOK);
		expect(range).toMatchObject({ from: `${from}T00:00:00`, to: `${to}T23:59:59` });
	});

	test('a number of days before and after today', () => {
		const range = ranges.createDaysRange(2, 30, toEpochMs(SUNDAY), BANGKOK);
		expect(range).toMatchObject({ from: '2025-02-28T00:00:00', to: '2025-04-01T23:59:59' });
	});

	test('a range begins and ends with whole seconds, and an open side includes everything', () => {
		const [from, to] = [toEpochMs('2025-01-01T00:00:00.700Z'), toEpochMs('2025-01-02T00:00:00.300Z')];
		const dates = ['2024-12-31T23:59:59.999', '2025-01-01T00:00:00', '2025-01-02T00:00:00.999', '2025-01-02T00:00:01'];
		const getIncluded = (start?: number, end?: number) => dates.map(ranges.createDateRange(start, end, 'UTC').includes);
		expect(getIncluded(from, to)).toEqual([false, true, true, false]);
		expect(getIncluded(from)).toEqual([false, true, true, true]);
		expect(getIncluded(undefined, to)).toEqual([true, true, true, false]);
		expect(ranges.createDateRange(undefined, undefined, 'UTC')).toMatchObject({ from: undefined, to: undefined });
	});
});

describe('dates of GoFive', () => {
	test.each<[string, string, string?]>([
		['2025-01-29T15:38:43+0700', '2025-01-29T15:38:43+07:00'],
		['2025-02-05T17:35:53.693+0700', '2025-02-05T17:35:53.693+07:00'],
		['2025-01-29T15:38:43-0330', '2025-01-29T15:38:43-03:30'],
		['2025-01-29T15:38:43', '2025-01-29T15:38:43+07:00'],
		[' 2025-06-18 00:00:00 ', '2025-06-18T00:00:00+07:00'],
		['1900-01-01T00:00:00', '1900-01-01T00:00:00+06:42'],
		['1950-01-01T00:00:00', '1950-01-01T00:00:00-00:45', 'Africa/Monrovia'],
		['2025-01-01T00:00:00', '2025-01-01T00:00:00+00:00', 'UTC'],
	])('%s becomes %s', (text, iso, zone = BANGKOK) => {
		expect(toIsoDate(text, zone)).toBe(iso);
	});

	test.each([
		['ISO 8601', '2025-06-18', '2025-01-29T08:38:43Z', '2025-01-29T08:38:43z'],
		['before 1900', '1899-12-31T23:59:59', '0001-01-01T00:00:00', '0001-01-01 00:00:00'],
		['no date', 'soon', '', '2025-06-18T99:00:00', '2025-06-181 10:00:00'],
		['another form', '29/01/2025 15:38:43+0700', 'Wed, 29 Jan 2025 08:38:43 Z'],
	])('%s stays unchanged', (_, ...texts) => {
		expect(texts.map((text) => toIsoDate(text, BANGKOK))).toEqual(texts);
	});

	test.each([BANGKOK, NEW_YORK])('instants before 1900 without an offset are the same as UTC, in %s', (zone) => {
		const texts = ['0001-01-01T00:00:00', '0001-01-01 00:00:00', '0001-01-01', '1899-12-31T23:59:59'];
		const instants = ['0001-01-01', '0001-01-01', '0001-01-01', '1899-12-31T23:59:59Z'].map(toEpochMs);
		expect(texts.map((text) => parseGoFiveDate(text, zone))).toEqual(instants);
	});

	test('instants', () => {
		const texts = ['2025-01-29T15:38:43+0700', '2025-06-18', '2025-01-29T15:38'];
		const instants = ['2025-01-29T08:38:43Z', '2025-06-17T17:00:00Z', '2025-01-29T08:38:00Z'].map(toEpochMs);
		expect(texts.map((text) => parseGoFiveDate(text, BANGKOK))).toEqual(instants);
		const otherValues = [7, null, 'soon', '01/31/2025 10:00:00', '2025-01-29T15:38 soon'];
		expect(otherValues.map((value) => parseGoFiveDate(value, BANGKOK))).toEqual(otherValues.map(() => undefined));
	});
});

describe('dates of a spreadsheet', () => {
	const parse = (value: unknown) => {
		const parsed = parseDate(value, 'Asia/Bangkok');
		return (
			parsed && [
				new Date(parsed.instantMs + 7 * 3_600_000).toISOString().slice(0, 19),
				parsed.isWholeDay,
				parsed.sheetDate?.text,
			]
		);
	};

	test.each<[unknown, string, boolean, string]>([
		[31107, '1985-03-01T00:00:00', true, '1985-03-01'],
		['45688', '2025-01-31T00:00:00', true, '2025-01-31'],
		[45688.4375, '2025-01-31T10:30:00', false, '2025-01-31 10:30:00'],
		[45688.99999999, '2025-02-01T00:00:00', true, '2025-02-01'],
		['1/2/2568', '2025-02-01T00:00:00', true, '2025-02-01'],
		['31.01.2568', '2025-01-31T00:00:00', true, '2025-01-31'],
		['31-1-2568 9:05', '2025-01-31T09:05:00', false, '2025-01-31 09:05:00'],
	])('reads %j', (value, wallTime, isWholeDay, text) => {
		expect(parse(value)).toEqual([wallTime, isWholeDay, text]);
	});

	// A year, a number of seconds, an unknown order, a day that does not exist, mixed separators.
	test.each([2025, 2568, 9999, 80_000, 1_738_000_000, '01/02/2025', '31/31/2568', '1/2-2568', '1/2/68', -45_688, NaN])(
		'rejects %j',
		(value) => {
			expect(parse(value)).toBeUndefined();
		},
	);
});
