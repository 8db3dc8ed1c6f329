// Which periods a comparison compares, and their titles. What is counted is in engine/resources/totalsEventsTests.cts.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { countDaysSince, formatUnit, getStartOfUnit } from '../../nodes/GoFive/time/calendar';
import { compareWithPreviousPeriod } from '../../nodes/GoFive/time/comparison';
import { formatPeriod } from '../../nodes/GoFive/time/periodTitle';
import {
	createDateRange,
	createPresetRange,
	type DateRange,
	type DateRangePreset,
} from '../../nodes/GoFive/time/range';
import { toWallTime } from '../../nodes/GoFive/time/zone';

const ZONE = 'Asia/Bangkok';
const toInstantMs = (text: string, offset = '+07:00') => Date.parse(`${text}${offset}`);
const describeRange = ({ from, to }: DateRange) => `${from} ${to}`.replaceAll(/T00:00:00|T23:59:59/g, '');
const describePeriods = (range: DateRange, zone = ZONE) => {
	const { current, previous } = compareWithPreviousPeriod(range, zone) ?? {};
	return [current, previous].map((period) => period && describeRange(period));
};

// Wednesday.
const NOW = toInstantMs('2026-12-02T10:00:00');

test.each<[DateRangePreset, string, string]>([
	['today', '2026-12-02 2026-12-02', '2026-12-01 2026-12-01'],
	['yesterday', '2026-12-01 2026-12-01', '2026-11-30 2026-11-30'],
	['tomorrow', '2026-12-03 2026-12-03', '2026-12-02 2026-12-02'],
	['lastWeek', '2026-11-23 2026-11-29', '2026-11-16 2026-11-22'],
	['nextWeek', '2026-12-07 2026-12-13', '2026-11-30 2026-12-06'],
	['last7Days', '2026-11-26 2026-12-02', '2026-11-19 2026-11-25'],
	['next7Days', '2026-12-02 2026-12-08', '2026-11-25 2026-12-01'],
	['last30Days', '2026-11-03 2026-12-02', '2026-10-04 2026-11-02'],
	['next30Days', '2026-12-02 2026-12-31', '2026-11-02 2026-12-01'],
	['lastMonth', '2026-11-01 2026-11-30', '2026-10-01 2026-10-31'],
	['nextMonth', '2027-01-01 2027-01-31', '2026-12-01 2026-12-31'],
	['lastQuarter', '2026-07-01 2026-09-30', '2026-04-01 2026-06-30'],
	['lastYear', '2025-01-01 2025-12-31', '2024-01-01 2024-12-31'],
	// A period that is not over is compared with the same part of the period before.
	['thisWeek', '2026-11-30 2026-12-02', '2026-11-23 2026-11-25'],
	['thisMonth', '2026-12-01 2026-12-02', '2026-11-01 2026-11-02'],
	['thisQuarter', '2026-10-01 2026-12-02', '2026-07-01 2026-09-02'],
	['thisYear', '2026-01-01 2026-12-02', '2025-01-01 2025-12-02'],
])('%s', (preset, current, previous) => {
	expect(describePeriods(createPresetRange(preset, NOW, ZONE))).toEqual([current, previous]);
});

test.each<[string, DateRangePreset, string, string]>([
	['2026-03-31T10:00:00', 'thisMonth', '2026-03-01 2026-03-31', '2026-02-01 2026-02-28'],
	['2026-03-30T10:00:00', 'thisMonth', '2026-03-01 2026-03-30', '2026-02-01 2026-02-28'],
	['2028-02-29T10:00:00', 'thisYear', '2028-01-01 2028-02-29', '2027-01-01 2027-02-28'],
	['2026-01-15T10:00:00', 'lastMonth', '2025-12-01 2025-12-31', '2025-11-01 2025-11-30'],
	['2026-01-15T10:00:00', 'thisQuarter', '2026-01-01 2026-01-15', '2025-10-01 2025-10-15'],
	['2026-11-30T23:59:59', 'thisWeek', '2026-11-30 2026-11-30', '2026-11-23 2026-11-23'],
	// On the last day of a month with 30 days, the days are still days.
	['2026-11-30T10:00:00', 'last30Days', '2026-11-01 2026-11-30', '2026-10-02 2026-10-31'],
])('on %s, %s', (now, preset, current, previous) => {
	expect(describePeriods(createPresetRange(preset, toInstantMs(now), ZONE))).toEqual([current, previous]);
});

test.each<[string, string, string]>([
	['2026-11-10T00:00:00', '2026-11-12T23:59:59', '2026-11-07 2026-11-09'],
	['2026-11-01T00:00:00', '2026-11-30T23:59:59', '2026-10-01 2026-10-31'],
	['2026-02-01T00:00:00', '2026-03-31T23:59:59', '2025-12-01 2026-01-31'],
	['2026-11-10T08:00:00', '2026-11-10T11:59:59', '2026-11-10T04:00:00 2026-11-10T07:59:59'],
])('Between Dates from %s to %s', (from, to, previous) => {
	const range = createDateRange(toInstantMs(from), toInstantMs(to), ZONE);
	expect(describePeriods(range)).toEqual([describeRange(range), previous]);
});

test('a range without a first or a last day has no previous period', () => {
	for (const [from, to] of [[], [undefined, NOW], [NOW, undefined]])
		expect(compareWithPreviousPeriod(createDateRange(from, to, ZONE), ZONE)).toBeUndefined();
});

test('both periods in one range, without the days between them', () => {
	const both = compareWithPreviousPeriod(createPresetRange('thisWeek', NOW, ZONE), ZONE)?.both;
	expect(both && describeRange(both)).toBe('2026-11-23 2026-12-02');
	const isIncluded = (date: string) => both?.includes(date);
	expect(isIncluded('2026-11-25T23:59:59+0700')).toBe(true);
	expect(isIncluded('2026-11-26T00:00:00+0700')).toBe(false);
	expect(isIncluded('2026-11-29T23:59:59+0700')).toBe(false);
	expect(isIncluded('2026-11-30')).toBe(true);
	expect(isIncluded('2569-11-30')).toBe(true);
	expect(isIncluded('2026-12-03T00:00:00+0700')).toBe(false);
	expect(isIncluded('soon')).toBe(true);
	expect(['2026-11-25', '2026-11-26'].map((day) => both?.contains(toInstantMs(`${day}T12:00:00`)))).toEqual([
		true,
		false,
	]);
});

// Clocks in New York go forward on 8 March 2026, and back on 1 November 2026.
test.each([
	['2026-03-11T12:00:00-04:00', '2026-03-02 2026-03-08', '2026-02-23 2026-03-01', ['2026-03-09T03:59:59Z', true]],
	['2026-03-11T12:00:00-04:00', '2026-03-02 2026-03-08', '2026-02-23 2026-03-01', ['2026-03-09T04:00:00Z', false]],
	['2026-11-04T12:00:00-05:00', '2026-10-26 2026-11-01', '2026-10-19 2026-10-25', ['2026-11-02T04:59:59Z', true]],
	['2026-11-04T12:00:00-05:00', '2026-10-26 2026-11-01', '2026-10-19 2026-10-25', ['2026-11-02T05:00:00Z', false]],
] as Array<[string, string, string, [string, boolean]]>)(
	'days are those of New York, also in the week of a clock change: %s, %s',
	(now, current, previous, [date, isIncluded]) => {
		const range = createPresetRange('lastWeek', Date.parse(now), 'America/New_York');
		expect(describePeriods(range, 'America/New_York')).toEqual([current, previous]);
		expect(range.includes(date)).toBe(isIncluded);
	},
);

const day = (date: string | undefined, time: string) => date && (date.includes('T') ? date : `${date}T${time}`);

test.each([
	['2026-11-23', '2026-11-29', '23 to 29 Nov 2026'],
	['2026-11-30', '2026-12-06', '30 Nov to 6 Dec 2026'],
	['2026-12-28', '2027-01-03', '28 Dec 2026 to 3 Jan 2027'],
	['2027-01-03', '2027-01-03', '3 Jan 2027'],
	['2026-01-01', '2026-12-31', '1 Jan to 31 Dec 2026'],
	['2025-11-05', '2026-11-05', '5 Nov 2025 to 5 Nov 2026'],
	[undefined, '2027-01-03', 'until 3 Jan 2027'],
	['2027-01-03', undefined, 'from 3 Jan 2027'],
	[undefined, undefined, 'all dates'],
	['2026-11-10T08:00:00', '2026-11-10T11:59:59', '10 Nov 2026 08:00 to 10 Nov 2026 11:59:59'],
	['2026-11-10T08:30:00', '2026-11-12', '10 Nov 2026 08:30 to 12 Nov 2026'],
])('the title of %s to %s', (from, to, title) => {
	expect(formatPeriod({ from: day(from, '00:00:00'), to: day(to, '23:59:59') })).toBe(title);
});

describe('against Luxon', () => {
	const ZONES = ['Asia/Bangkok', 'UTC', 'America/New_York', 'Pacific/Honolulu', 'Asia/Tokyo', 'Europe/Berlin'];
	const FIRST = Date.parse('2023-01-01T00:00:00Z');
	const LAST = Date.parse('2028-12-31T23:59:59Z');
	const instant = fc.integer({ min: FIRST / 1000, max: LAST / 1000 }).map((seconds) => seconds * 1000);
	const zone = fc.constantFrom(...ZONES);

	test('the start and the name of a week, month and quarter', () => {
		const formats = { week: 'yyyy-MM-dd', month: 'yyyy-MM', quarter: "yyyy-'Q'q" } as const;
		const unit = fc.constantFrom('week' as const, 'month' as const, 'quarter' as const);
		fc.assert(
			fc.property(instant, zone, unit, (instantMs, timeZone, name) => {
				const start = getStartOfUnit(toWallTime(instantMs, timeZone), name);
				const expected = DateTime.fromMillis(instantMs, { zone: timeZone }).startOf(name);
				expect(formatUnit(start, name)).toBe(expected.toFormat(formats[name]));
			}),
		);
	});

	test('the number of calendar days', () => {
		fc.assert(
			fc.property(instant, instant, zone, (instantMs, now, timeZone) => {
				const [date, today] = [instantMs, now].map((ms) => DateTime.fromMillis(ms, { zone: timeZone }).startOf('day'));
				const days = today
					?.setZone('UTC', { keepLocalTime: true })
					.diff(date?.setZone('UTC', { keepLocalTime: true }) as DateTime, 'days').days;
				expect(countDaysSince(instantMs, now, timeZone)).toBe(days);
			}),
		);
	});

	test('the previous period begins and ends a week, month, quarter or year earlier', () => {
		const preset = fc.constantFrom<DateRangePreset>(
			...(['lastWeek', 'thisWeek', 'lastMonth', 'thisMonth', 'lastQuarter', 'thisQuarter', 'lastYear'] as const),
		);
		fc.assert(
			fc.property(instant, zone, preset, (now, timeZone, name) => {
				const { current, previous } = compareWithPreviousPeriod(createPresetRange(name, now, timeZone), timeZone) ?? {};
				const parse = (text = '') => DateTime.fromISO(text, { zone: 'UTC' });
				const unit = name.replace(/^(?:this|last)/, '').toLowerCase();
				expect(previous?.from).toBe(
					parse(current?.from)
						.minus({ [unit]: 1 })
						.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
				);
				const end = parse(current?.to);
				const shiftedEnd = end.minus({ [unit]: 1 });
				// The whole month is compared on its last day.
				const isEndOfMonth = unit !== 'week' && end.equals(end.endOf('month').startOf('second'));
				const expectedEnd = isEndOfMonth ? shiftedEnd.endOf('month') : shiftedEnd;
				expect(previous?.to).toBe(expectedEnd.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
			}),
		);
	});
});
