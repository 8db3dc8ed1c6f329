import { DateTime } from 'luxon';
import { createDateRange, getEndOfDay, createPresetRange } from '../../nodes/GoFive/time/range';
import type { DateRangePreset } from '../../nodes/GoFive/time/range';
import { parseGoFiveDate, toIsoDate } from '../../nodes/GoFive/time/goFiveDate';
import { parseDate } from '../../nodes/GoFive/time/parseDate';
import { toInstant, isTimeZone, toWallTime, formatWallTime } from '../../nodes/GoFive/time/zone';

const BANGKOK = 'Asia/Bangkok';
const NEW_YORK = 'America/New_York';
const toEpochMs = (text: string) => Date.parse(text);

describe('zones', () => {
	test.each([BANGKOK, NEW_YORK, 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'])(
		'%s: wall time and instant agree with Luxon, hour by hour over two years',
		(zone) => {
			for (
				let instant = toEpochMs('2024-06-01T00:30:00Z');
				instant < toEpochMs('2026-06-01T00:00:00Z');
				instant += 7 * 3_600_000
			) {
				const luxon = DateTime.fromMillis(instant, { zone });
				const wall = toWallTime(instant, zone);
				expect(formatWallTime(wall)).toBe(luxon.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
				expect(toWallTime(toInstant(wall, zone), zone)).toBe(wall);
			}
		},
	);

	test('an hour that summer time skips becomes the next hour', () => {
		expect(toInstant(toEpochMs('2025-03-09T02:30:00Z'), NEW_YORK)).toBe(toEpochMs('2025-03-09T07:30:00Z'));
		expect(toInstant(toEpochMs('2025-10-05T02:15:00Z'), 'Australia/Lord_Howe')).toBe(toEpochMs('2025-10-04T15:45:00Z'));
	});

	test.each(['America/Santiago', 'America/Havana', 'Atlantic/Azores', 'Africa/Cairo', 'Asia/Beirut', 'Pacific/Apia'])(
		'%s: a day begins after the last second of the previous day if summer time skips midnight',
		(zone) => {
			for (let day = toEpochMs('2023-01-01T00:00:00Z'); day < toEpochMs('2026-01-01T00:00:00Z'); day += 86_400_000) {
				const start = toInstant(day, zone);
				const toLocalText = (instant: number) =>
					DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				expect(toLocalText(start).slice(0, 10)).toBe(formatWallTime(day).slice(0, 10));
				expect(toLocalText(start - 1000)).toBe(formatWallTime(day - 1000));
				expect(toLocalText(getEndOfDay(start, zone))).toBe(formatWallTime(day + 86_399_000));
			}
		},
	);

	test('recognizes the names of zones', () => {
		expect([BANGKOK, 'UTC', '+07:00', 'Bangkok', ''].map(isTimeZone).slice(0, 2)).toEqual([true, true]);
		expect(['Bangkok', '', 'Asia/Nowhere'].map(isTimeZone)).toEqual([false, false, false]);
	});
});

describe('dates of users', () => {
	test.each([
		['2025-01-31', '2025-01-30T17:00:00Z', true],
		['2025-01-31T00:00:00', '2025-01-30T17:00:00Z', true],
		['2025-01-31 00:00:00', '2025-01-30T17:00:00Z', true],
		[' 2025-01-31T10:20:30 ', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20', '2025-01-31T03:20:00Z', false],
		['2025-01-31T10:20:30.1234567', '2025-01-31T03:20:30.123Z', false],
		['2025-01-31T03:20:30Z', '2025-01-31T03:20:30Z', false],
		['2025-01-31T03:20:30.000z', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20:30+07:00', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20:30+0700', '2025-01-31T03:20:30Z', false],
		['2025-01-31T10:20:30-05', '2025-01-31T15:20:30Z', false],
		['2024-02-29', '2024-02-28T17:00:00Z', true],
	])('%s', (text, instant, isWholeDay) => {
		expect(parseDate(text, BANGKOK)).toMatchObject({ instantMs: toEpochMs(instant), isWholeDay });
	});

	test.each([
		'31/01/2025',
		'tomorrow',
		'2025-02-30',
		'2025-13-01',
		'2025-1-1',
		'20250131',
		'2025-01-31T25:00:00',
		'2025-01-31T10:60:00',
		'2025-01-31T10:00:00+15:00',
		'2025-01-31T',
		'2023-02-29',
		'Jan 31, 2025',
		'๒๕๖๘-๐๑-๓๑',
		1738281600000,
		true,
		{},
		[],
		new Date(NaN),
		DateTime.invalid('x'),
	])('%p is not a date', (value) => {
		expect(parseDate(value, BANGKOK)).toBeUndefined();
	});

	test('years of the Buddhist Era, including a leap day and offsets', () => {
		expect(parseDate('2568-01-31', BANGKOK)).toMatchObject({
			instantMs: toEpochMs('2025-01-30T17:00:00Z'),
			buddhistYear: { input: 2568, converted: 2025 },
			isWholeDay: true,
		});
		expect(parseDate('2567-02-29T10:00:00+07:00', BANGKOK)).toMatchObject({
			instantMs: toEpochMs('2024-02-29T03:00:00Z'),
			buddhistYear: { input: 2567, converted: 2024 },
		});
		expect(parseDate('2568-02-29', BANGKOK)).toBeUndefined();
		expect(parseDate(DateTime.fromISO('2568-01-31T10:00:00', { zone: BANGKOK }), BANGKOK)).toMatchObject({
			instantMs: toEpochMs('2025-01-31T03:00:00Z'),
		});
	});

	test('Luxon and Date values are instants, and midnight in another zone is reported', () => {
		const midnight = DateTime.fromISO('2025-01-31', { zone: NEW_YORK });
		expect(parseDate(midnight, BANGKOK)).toEqual({
			instantMs: midnight.toMillis(),
			isWholeDay: false,
			buddhistYear: undefined,
			boundary: { side: 'start', zone: NEW_YORK },
		});
		expect(parseDate(new Date('2025-01-31T01:02:03Z'), BANGKOK)).toMatchObject({
			instantMs: toEpochMs('2025-01-31T01:02:03Z'),
			isWholeDay: false,
		});
	});
});

describe('ranges', () => {
	test('includes the complete last second and unreadable dates', () => {
		const range = createDateRange(
			toEpochMs('2025-01-01T00:00:00+07:00'),
			getEndOfDay(toEpochMs('2025-01-31T00:00:00+07:00'), BANGKOK),
			BANGKOK,
		);
		expect(range).toMatchObject({ from: '2025-01-01T00:00:00', to: '2025-01-31T23:59:59' });
		const cases: Array<[unknown, boolean]> = [
			['2024-12-31T23:59:59+0700', false],
			['2025-01-01T00:00:00+0700', true],
			['2025-01-31T23:59:59.999+07:00', true],
			['2025-02-01T00:00:00+0700', false],
			['2025-01-31T23:59:59', true],
			['2025-01-31T17:00:00Z', false],
			['soon', true],
			[null, true],
			[undefined, true],
		];
		for (const [date, inside] of cases) expect([date, range.includes(date)]).toEqual([date, inside]);
	});

	test.each<[DateRangePreset, string, string]>([
		['today', '2025-03-02T00:00:00', '2025-03-02T23:59:59'],
		['yesterday', '2025-03-01T00:00:00', '2025-03-01T23:59:59'],
		['thisWeek', '2025-02-24T00:00:00', '2025-03-02T23:59:59'],
		['lastWeek', '2025-02-17T00:00:00', '2025-02-23T23:59:59'],
		['last7Days', '2025-02-24T00:00:00', '2025-03-02T23:59:59'],
		['last30Days', '2025-02-01T00:00:00', '2025-03-02T23:59:59'],
		['thisMonth', '2025-03-01T00:00:00', '2025-03-31T23:59:59'],
		['lastMonth', '2025-02-01T00:00:00', '2025-02-28T23:59:59'],
		['thisYear', '2025-01-01T00:00:00', '2025-12-31T23:59:59'],
	])('%s, on a Sunday morning in Bangkok that is Saturday in UTC', (preset, from, to) => {
		expect(createPresetRange(preset, toEpochMs('2025-03-01T18:30:00Z'), BANGKOK)).toMatchObject({ from, to });
	});

	test('last month in January is December', () => {
		expect(createPresetRange('lastMonth', toEpochMs('2025-01-10T00:00:00Z'), BANGKOK)).toMatchObject({
			from: '2024-12-01T00:00:00',
			to: '2024-12-31T23:59:59',
		});
	});

	test('a day without midnight ends at its own end', () => {
		const start = parseDate('2025-04-25', 'Africa/Cairo')?.instantMs ?? 0;
		expect(createDateRange(undefined, getEndOfDay(start, 'Africa/Cairo'), 'Africa/Cairo').to).toBe(
			'2025-04-25T23:59:59',
		);
	});

	test('a day of 23 hours ends after 23 hours', () => {
		expect(createPresetRange('today', toEpochMs('2025-03-09T12:00:00Z'), NEW_YORK)).toMatchObject({
			from: '2025-03-09T00:00:00',
			to: '2025-03-09T23:59:59',
		});
	});
});

describe('dates of GoFive', () => {
	test.each([
		['2025-01-29T15:38:43+0700', '2025-01-29T15:38:43+07:00'],
		['2025-02-05T17:35:53.693+0700', '2025-02-05T17:35:53.693+07:00'],
		['2025-01-29T15:38:43+07:00', '2025-01-29T15:38:43+07:00'],
		['2025-01-29T08:38:43Z', '2025-01-29T08:38:43Z'],
		['2025-01-29T15:38:43', '2025-01-29T15:38:43+07:00'],
		['2025-06-18 00:00:00', '2025-06-18T00:00:00+07:00'],
		['2025-06-18', '2025-06-18'],
		['1900-01-01T00:00:00', '1900-01-01T00:00:00+06:42'],
		['1899-12-31T23:59:59', '1899-12-31T23:59:59'],
		['0001-01-01T00:00:00', '0001-01-01T00:00:00'],
		['0001-01-01 00:00:00', '0001-01-01 00:00:00'],
		['0001-01-01T00:00:00+0700', '0001-01-01T00:00:00+07:00'],
		['soon', 'soon'],
		['29/01/2025 15:38:43+0700', '29/01/2025 15:38:43+0700'],
		['Wed, 29 Jan 2025 08:38:43 Z', 'Wed, 29 Jan 2025 08:38:43 Z'],
		['', ''],
	])('%s', (text, iso) => {
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
					expect([processZone, ...texts.map((text) => parseGoFiveDate(text, zone))]).toEqual([
						processZone,
						toEpochMs('0001-01-01'),
						toEpochMs('0001-01-01'),
						toEpochMs('0001-01-01'),
						toEpochMs('1899-12-31T23:59:59Z'),
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

	test('instants', () => {
		expect(parseGoFiveDate('2025-01-29T15:38:43+0700', BANGKOK)).toBe(toEpochMs('2025-01-29T08:38:43Z'));
		expect(parseGoFiveDate('2025-06-18', BANGKOK)).toBe(toEpochMs('2025-06-17T17:00:00Z'));
		expect([7, null, 'soon', '01/31/2025 10:00:00'].map((value) => parseGoFiveDate(value, BANGKOK))).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});
});
