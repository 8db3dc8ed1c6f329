import { DateTime } from 'luxon';
import { clock, waitUntil } from '../../nodes/GoFive/time/clock';
import * as ranges from '../../nodes/GoFive/time/range';
import { formatOffset, parseGoFiveDate, toIsoDate } from '../../nodes/GoFive/time/goFiveDate';
import { parseDate } from '../../nodes/GoFive/time/parseDate';
import { toInstant, isTimeZone, toWallTime, formatWallTime } from '../../nodes/GoFive/time/zone';
import { readCases } from './readCases.cts';

const cases = readCases<{
	userDate: Array<[string, string, boolean]>;
	notADate: string[];
	boundary: Array<[string, string | null, string | null]>;
	inJanuary: Array<[unknown, boolean]>;
	preset: Array<[ranges.DateRangePreset, string, string, string, string]>;
	goFiveDate: Array<[string, string]>;
	instant: Array<[unknown, string | null]>;
	offset: Array<[string, string, string]>;
}>('timeCases');

const BANGKOK = 'Asia/Bangkok';
const NEW_YORK = 'America/New_York';
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

	test.each(cases.offset)('offset of %s in %s: %s', (text, zone, offset) => {
		expect(toIsoDate(text, zone)).toBe(text + offset);
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
	test.each(cases.userDate)('%s', (text, instant, isWholeDay) => {
		expect(parseDate(text, BANGKOK)).toMatchObject({ instantMs: toEpochMs(instant), isWholeDay });
	});

	const otherValues = [1738281600000, true, {}, [], new Date(NaN), DateTime.invalid('x')];
	test.each([...cases.notADate, ...otherValues])('%p is not a date', (value) => {
		expect(parseDate(value, BANGKOK)).toBeUndefined();
	});

	test('years of the Buddhist Era', () => {
		const buddhistYear = { input: 2568, converted: 2025 };
		const instantMs = toEpochMs('2025-01-30T17:00:00Z');
		expect(parseDate('2568-01-31', BANGKOK)).toEqual({ instantMs, buddhistYear, isWholeDay: true });
		const dateTime = DateTime.fromISO('2568-01-31T10:00:00', { zone: BANGKOK });
		expect(parseDate(dateTime, BANGKOK)).toMatchObject({ instantMs: toEpochMs('2025-01-31T03:00:00Z'), buddhistYear });
	});

	test.each(cases.boundary)('%s is the %s of a day in %s', (text, side, zone) => {
		expect(parseDate(text, BANGKOK)?.boundary).toEqual(side === null ? undefined : { side, zone });
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
	test('includes the complete last second and unreadable dates', () => {
		const end = ranges.getEndOfDay(toEpochMs('2025-01-30T17:00:00Z'), BANGKOK);
		const range = ranges.createDateRange(toEpochMs('2024-12-31T17:00:00Z'), end, BANGKOK);
		expect(range).toMatchObject({ from: '2025-01-01T00:00:00', to: '2025-01-31T23:59:59' });
		for (const [date, isIncluded] of cases.inJanuary) expect([date, range.includes(date)]).toEqual([date, isIncluded]);
		expect(range.includes(undefined)).toBe(true);
	});

	test.each(cases.preset)('%s at %s in %s', (preset, now, zone, from, to) => {
		const range = ranges.createPresetRange(preset, toEpochMs(now), zone);
		expect(range).toMatchObject({ from: `${from}T00:00:00`, to: `${to}T23:59:59` });
	});

	test.each([
		[0, 0, '2025-03-02T00:00:00', '2025-03-02T23:59:59'],
		[2, 30, '2025-02-28T00:00:00', '2025-04-01T23:59:59'],
	])('%i days before and %i days after today', (before, after, from, to) => {
		expect(ranges.createDaysRange(before, after, toEpochMs('2025-03-01T18:30:00Z'), BANGKOK)).toMatchObject({
			from,
			to,
		});
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
	test.each(cases.goFiveDate)('%s', (text, iso) => {
		expect(toIsoDate(text, BANGKOK)).toBe(iso);
	});

	test.each([BANGKOK, NEW_YORK])(
		'instants before 1900 without offset, in %s: the same as UTC, in every zone of this process',
		(zone) => {
			const originalZone = process.env.TZ;
			try {
				for (const processZone of ['UTC', NEW_YORK, 'Pacific/Kiritimati']) {
					process.env.TZ = processZone;
					const texts = ['0001-01-01T00:00:00', '0001-01-01 00:00:00', '0001-01-01', '1899-12-31T23:59:59'];
					const instants = ['0001-01-01', '0001-01-01', '0001-01-01', '1899-12-31T23:59:59Z'].map(toEpochMs);
					expect([processZone, ...texts.map((text) => parseGoFiveDate(text, zone))]).toEqual([
						processZone,
						...instants,
					]);
					expect(parseGoFiveDate('2025-01-29T15:38', BANGKOK)).toBe(toEpochMs('2025-01-29T08:38:00Z'));
					expect(parseGoFiveDate('2025-01-29T15:38 soon', BANGKOK)).toBeUndefined();
				}
			} finally {
				if (originalZone === undefined) delete process.env.TZ;
				else process.env.TZ = originalZone;
			}
		},
	);

	test.each(cases.instant)('instant of %p: %p', (value, instant) => {
		expect(parseGoFiveDate(value, BANGKOK)).toBe(instant === null ? undefined : toEpochMs(instant));
	});
});
