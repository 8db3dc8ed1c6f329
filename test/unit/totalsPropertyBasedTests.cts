// Totals of random events and deals against the same numbers computed in another way, with Luxon.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { computeTotals } from '../../nodes/GoFive/operation/records/totals';
import type { TotalsOutput } from '../../nodes/GoFive/operation/totals';
import { namedEventEntity, eventTotals } from '../../nodes/GoFive/resources/customerEvent/entity';
import { dealTotals, readDealEntity } from '../../nodes/GoFive/resources/deal/entity';
import { compareWithPreviousPeriod } from '../../nodes/GoFive/time/comparison';
import { createDateRange, createPresetRange, type DateRangePreset } from '../../nodes/GoFive/time/range';

const ZONES = ['Asia/Bangkok', 'UTC', 'America/New_York', 'Asia/Tokyo', 'Pacific/Honolulu'];
const PRESETS = ['today', 'lastWeek', 'thisWeek', 'lastMonth', 'thisMonth', 'lastQuarter', 'lastYear'] as const;
const OWNERS = ['สมหญิง', 'เอก', 'A, B', ''];
const FIRST = Date.parse('2024-01-01T00:00:00Z');
const LAST = Date.parse('2026-12-31T23:59:59Z');

const instant = fc.integer({ min: FIRST / 1000, max: LAST / 1000 }).map((seconds) => seconds * 1000);
const events = fc.array(
	fc.record({ owner: fc.constantFrom(...OWNERS), instantMs: instant, isBuddhist: fc.boolean() }),
	{
		maxLength: 60,
	},
);
const SETTINGS = {
	zone: fc.constantFrom(...ZONES),
	preset: fc.constantFrom<DateRangePreset>(...PRESETS),
	now: instant,
};

type RandomEvent = { owner: string; instantMs: number; isBuddhist: boolean };

/** Formats an instant as GoFive does, or with a year of the Buddhist Era, which has other leap years. */
function formatDate({ instantMs, isBuddhist }: RandomEvent): string {
	const text = new Date(instantMs).toISOString();
	return isBuddhist ? `${Number(text.slice(0, 4)) + 543}${text.slice(4)}` : text;
}

const toRows = (list: RandomEvent[]) =>
	list.map((event, index) => ({
		record: {
			eventId: index + 1,
			customerCode: event.owner,
			ownerNames: event.owner ? event.owner.split(', ') : [],
			eventDate: formatDate(event),
		},
	}));

function compute(list: RandomEvent[], zone: string, now: number, output: Partial<TotalsOutput>) {
	const format = { timeZone: zone, now, lookupTables: {}, entity: namedEventEntity, gaps: '' };
	const selected: TotalsOutput = { mode: 'totals', totals: eventTotals, ...output };
	return computeTotals(toRows(list), { ...format, output: selected });
}

const isIn = ({ instantMs }: RandomEvent, zone: string, from = '', to = '') => {
	const date = DateTime.fromMillis(instantMs, { zone });
	return date >= DateTime.fromISO(from, { zone }) && date <= DateTime.fromISO(to, { zone }).endOf('second');
};

test('each event of the two periods is in one group and one period, and no other event is counted', () => {
	fc.assert(
		fc.property(events, fc.record(SETTINGS), (list, { zone, preset, now }) => {
			const comparison = compareWithPreviousPeriod(createPresetRange(preset, now, zone), zone);
			if (!comparison) throw new Error('There is no previous period');
			const { current, previous } = comparison;
			const { items, records } = compute(list, zone, now, { group: eventTotals.groups.salesperson, comparison });
			for (const { ownerNames, count, previousCount, change } of items) {
				const ofOwner = list.filter(({ owner }) => owner === (ownerNames ?? ''));
				expect(count).toBe(ofOwner.filter((event) => isIn(event, zone, current.from, current.to)).length);
				expect(previousCount).toBe(ofOwner.filter((event) => isIn(event, zone, previous.from, previous.to)).length);
				expect(change).toBe((count as number) - (previousCount as number));
			}
			expect(new Set(items.map(({ ownerNames }) => ownerNames)).size).toBe(items.length);
			const changes = items.map(({ change }) => change as number);
			expect(changes).toEqual(changes.toSorted((a, b) => a - b));
			const counted = items.flatMap(({ count, previousCount }) => [count as number, previousCount as number]);
			expect(counted.reduce((total, count) => total + count, 0)).toBe(records);
		}),
	);
});

test('each event is in its week, month or quarter, and the periods between the first and the last are 0', () => {
	const formats = { week: 'yyyy-MM-dd', month: 'yyyy-MM', quarter: "yyyy-'Q'q" };
	const unit = fc.constantFrom('week' as const, 'month' as const, 'quarter' as const);
	fc.assert(
		fc.property(events, unit, fc.record(SETTINGS), (list, name, { zone, now }) => {
			const starts = list.map(({ instantMs }) => DateTime.fromMillis(instantMs, { zone }).startOf(name));
			const expected: Record<string, number> = {};
			let start = DateTime.min(...starts);
			while (start && start <= (DateTime.max(...starts) as DateTime)) {
				const key = start.toFormat(formats[name]);
				expected[key] = starts.filter((date) => date.toFormat(formats[name]) === key).length;
				start = start.plus({ [name]: 1 });
			}
			const { items } = compute(list, zone, now, { unit: name });
			expect(items.map((item) => [item[name], item.count])).toEqual(Object.entries(expected));
		}),
	);
});

test('a closed range has each of its weeks, months and quarters', () => {
	const formats = { week: 'yyyy-MM-dd', month: 'yyyy-MM', quarter: "yyyy-'Q'q" };
	const unit = fc.constantFrom('week' as const, 'month' as const, 'quarter' as const);
	fc.assert(
		fc.property(instant, instant, unit, fc.constantFrom(...ZONES), (a, b, name, zone) => {
			const [from, to] = [Math.min(a, b), Math.max(a, b)];
			const { items } = compute([], zone, 0, { unit: name, range: createDateRange(from, to, zone) });
			const [start, end] = [from, to].map((ms) =>
				DateTime.fromMillis(ms, { zone }).startOf(name).toFormat(formats[name]),
			);
			expect([items[0]?.[name], items.at(-1)?.[name]]).toEqual([start, end]);
			expect(items.every(({ count, bar }) => count === 0 && bar === '')).toBe(true);
			expect(new Set(items.map((item) => item[name])).size).toBe(items.length);
		}),
	);
});

test('the last event is the latest one up to now, and the days are those of the calendar', () => {
	fc.assert(
		fc.property(events, fc.record(SETTINGS), (list, { zone, now }) => {
			const { items } = compute(list, zone, now, { group: eventTotals.groups.customer });
			for (const item of items) {
				const ofCustomer = list.filter(({ owner }) => owner === (item.customerCode ?? ''));
				const instants = ofCustomer.map(({ instantMs }) => instantMs);
				const past = instants.filter((instantMs) => instantMs <= now);
				const today = DateTime.fromMillis(now, { zone }).startOf('day');
				const lastDay = DateTime.fromMillis(Math.max(...past), { zone }).startOf('day');
				const days = past.length > 0 ? Math.round(today.diff(lastDay, 'days').days) : null;
				expect([item.count, item.daysSinceLastEvent]).toEqual([instants.length, days]);
				const next = ofCustomer.filter(({ instantMs }) => instantMs > now);
				const nextMs = Math.min(...next.map(({ instantMs }) => instantMs));
				const nextDates = next.filter(({ instantMs }) => instantMs === nextMs).map(formatDate);
				expect(next.length > 0 ? nextDates : [null]).toContain(item.nextEventDate);
			}
			const days = items.map(({ daysSinceLastEvent }) => (daysSinceLastEvent ?? Infinity) as number);
			expect(days).toEqual(days.toSorted((a, b) => b - a));
		}),
	);
});

test('sums are exact to the cent, and the longest bar has twelve blocks', () => {
	const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });
	const deals = fc.array(
		fc.record({ stage: fc.constantFrom('A', 'B', 'C'), cents, percent: fc.integer({ min: 0, max: 100 }) }),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(deals, (list) => {
			const rows = list.map(({ stage, cents: value, percent }) => ({
				record: { dealsValue: value / 100, probability: percent, dealStageName: stage },
			}));
			const output: TotalsOutput = {
				mode: 'totals',
				totals: dealTotals,
				group: dealTotals.groups.dealStage,
			};
			const format = { timeZone: 'UTC', now: 0, lookupTables: {}, entity: readDealEntity, gaps: '' };
			const { items } = computeTotals(rows, { ...format, output });
			for (const { dealStageName, dealValue, weightedValue } of items) {
				const ofStage = list.filter(({ stage }) => stage === dealStageName);
				expect(dealValue).toBe(ofStage.reduce((total, deal) => total + deal.cents, 0) / 100);
				const weighted = ofStage.reduce((total, deal) => total + (deal.cents * deal.percent) / 10_000, 0);
				// Each weighted value is rounded.
				expect(Math.abs((weightedValue as number) - weighted)).toBeLessThanOrEqual(0.005 * ofStage.length + 0.005);
			}
			const bars = items.map(({ bar, dealValue }) => [(bar as string).length, dealValue] as [number, number]);
			const longest = Math.max(0, ...bars.map(([length]) => length));
			expect(longest).toBe(bars.some(([, value]) => value > 0) ? 12 : 0);
			expect(bars.filter(([length, value]) => length > 0 !== value > 0)).toEqual([]);
		}),
	);
});
