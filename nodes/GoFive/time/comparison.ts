import { createPeriod, type DateRange, type DateRangePreset } from './range';
import { DAY_MS, SECOND_MS } from '../shared/units';

/** The two periods of a comparison. */
export interface Comparison {
	current: DateRange;
	previous: DateRange;
	/** Range with the days of both periods, and without the days between them. */
	both: DateRange;
	/** Days between the periods. GoFive may return their records, because one request reads both periods. */
	between: DateRange;
}

/** Wall times of a period: its start, and its exclusive end. */
interface Period {
	start: number;
	end: number;
}

/** Number of months of the ranges that consist of entire months. */
const MONTHS_OF_PRESETS: Partial<Record<DateRangePreset, number>> = {
	thisMonth: 1,
	lastMonth: 1,
	nextMonth: 1,
	thisQuarter: 3,
	lastQuarter: 3,
	thisYear: 12,
	lastYear: 12,
};

const isFirstOfMonth = (wallTime: number): boolean => wallTime % DAY_MS === 0 && new Date(wallTime).getUTCDate() === 1;

const getMonthNumber = (wallTime: number): number =>
	12 * new Date(wallTime).getUTCFullYear() + new Date(wallTime).getUTCMonth();

/** Returns the number of months of a period that consists of entire months, and 0 for any other period. */
const countMonths = ({ start, end }: Period): number =>
	isFirstOfMonth(start) && isFirstOfMonth(end) ? getMonthNumber(end) - getMonthNumber(start) : 0;

/** Returns the same day of an earlier month, or its last day. */
function subtractMonths(day: number, months: number): number {
	const date = new Date(day);
	const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months];
	const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay));
}

/** Returns the period a number of months earlier. The end of a month stays the end of a month. */
const shiftByMonths = ({ start, end }: Period, months: number): Period => ({
	start: subtractMonths(start, months),
	end: isFirstOfMonth(end) ? subtractMonths(end, months) : subtractMonths(end - DAY_MS, months) + DAY_MS,
});

const shiftByTime = ({ start, end }: Period, milliseconds: number): Period => ({
	start: start - milliseconds,
	end: end - milliseconds,
});

/**
 * Compares a range with the previous period: the months before if it consists of entire months, else the same time before.
 * This Week, This Month and similar ranges end today in both periods, because all numbers would drop until the last day.
 *
 * @returns Undefined if a side of the range is open.
 */
export function compareWithPreviousPeriod(range: DateRange, zone: string): Comparison | undefined {
	const { from, to, preset } = range;
	if (from === undefined || to === undefined) return undefined;
	const period = { start: Date.parse(`${from}Z`), end: Date.parse(`${to}Z`) + SECOND_MS };
	const months = preset ? MONTHS_OF_PRESETS[preset.name] : countMonths(period);
	const isCurrentPeriod = preset?.name.startsWith('this') === true;
	const compared = isCurrentPeriod ? { ...period, end: preset.today + DAY_MS } : period;
	const shifted = months ? shiftByMonths(compared, months) : shiftByTime(compared, period.end - period.start);

	const current = isCurrentPeriod ? createPeriod(compared.start, compared.end, zone) : range;
	const previous = createPeriod(shifted.start, shifted.end, zone);
	const both: DateRange = {
		from: previous.from,
		to: current.to,
		includes: (date) => current.includes(date) || previous.includes(date),
		contains: (instantMs) => current.contains(instantMs) || previous.contains(instantMs),
	};
	const between = createPeriod(shifted.end, compared.start, zone);
	return { current, previous, both, between };
}
