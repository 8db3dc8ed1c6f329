// Columns that the node computes, and columns that only lists and Get offer.
import { createSimplifier } from '../../nodes/GoFive/operation/records/columns';
import { listMissingColumns } from '../../nodes/GoFive/operation/records/records';
import { readEventEntity } from '../../nodes/GoFive/resources/customerEvent/entity';
import { readDealEntity } from '../../nodes/GoFive/resources/deal/entity';
import { readProductEntity } from '../../nodes/GoFive/resources/product/entity';
import { readQuotationEntity } from '../../nodes/GoFive/resources/quotation/entity';
import { sources } from '../../nodes/GoFive/trigger/sources';
import { roundAmount, toNumber } from '../../nodes/GoFive/shared/numbers';
import { contractOperations } from '../support/operationParameters.cts';

const COLUMNS: Record<string, string[]> = {
	daysSinceEventDate: ['customerEvent.getAll', 'customerEvent.getByCustomerCode'],
	daysSinceExpectedCloseDate: ['deal.get', 'deal.getAll'],
	daysSinceQuotationDate: ['quotation.get', 'quotation.getAll'],
	expectedCloseMonth: ['deal.get', 'deal.getAll'],
	lowStockAlert: ['product.get', 'product.getAll'],
	trackInventory: ['product.get', 'product.getAll'],
	weightedValue: ['deal.get', 'deal.getAll'],
};

test.each(Object.entries(COLUMNS))('%s is offered by %p only, with Selected Fields', (key, names) => {
	const offering = contractOperations.filter(({ operation }) => operation.entity?.columns[key]);
	expect(offering.map(({ name }) => name).sort()).toEqual(names);
	for (const { operation } of offering) expect(operation.entity?.columns[key]?.selectedOnly).toBe(true);
});

test.each(sources)('the trigger neither offers nor watches them: $name', ({ entity, watchableColumns }) => {
	const keys = [...Object.keys(entity.columns), ...Object.keys(watchableColumns)];
	expect(keys.filter((key) => key in COLUMNS)).toEqual([]);
});

test('Check Access misses only the columns that a record can have', () => {
	const missing = [readDealEntity, readEventEntity, readProductEntity, readQuotationEntity].flatMap((entity) =>
		listMissingColumns([{}], entity),
	);
	expect(missing.filter((key) => key in COLUMNS)).toEqual(['lowStockAlert', 'trackInventory']);
});

const NOW = Date.parse('2026-12-02T10:00:00+07:00');
const computeDeal = (record: Record<string, string | number | null>, timeZone = 'Asia/Bangkok') => {
	const keys = ['daysSinceExpectedCloseDate', 'expectedCloseMonth', 'weightedValue'];
	return createSimplifier(readDealEntity, { timeZone, lookupTables: {}, now: NOW }, keys)({ record });
};

test.each<[unknown, number | null, string?]>([
	['2026-12-02T00:00:00+0700', 0],
	['2026-12-02T23:59:59+0700', 0],
	['2026-12-01T23:59:59+0700', 1],
	['2026-12-03T00:00:00+0700', -1],
	['2026-12-02', 0],
	['2569-11-30', 2],
	['2026-10-31 08:00:00', 32],
	['soon', null],
	['', null],
	[null, null],
	// .NET's empty date.
	['0001-01-01T00:00:00', null],
	// 10:00 in Bangkok is 17:00 on 1 December in Honolulu, and 12:00 on 2 December in Tokyo.
	['2026-12-01T00:00:00-1000', 0, 'Pacific/Honolulu'],
	['2026-11-30T23:59:59-1000', 1, 'Pacific/Honolulu'],
	['2026-12-01T23:59:59+0900', 1, 'Asia/Tokyo'],
	['2026-12-02T00:00:00+0900', 0, 'Asia/Tokyo'],
	// 22:00 on 1 December in New York, after a change of the clocks on 1 November.
	['2026-10-31T23:59:59-0400', 31, 'America/New_York'],
])('days since %s: %p (%s)', (expectedCloseDate, days, timeZone = 'Asia/Bangkok') => {
	const { daysSinceExpectedCloseDate } = computeDeal({ expectedCloseDate: expectedCloseDate as string }, timeZone);
	expect(daysSinceExpectedCloseDate).toBe(days);
});

test.each<[unknown, string | null, string?]>([
	['2026-12-01T00:00:00+0700', '2026-12'],
	['2026-11-30T23:59:59+0700', '2026-11'],
	['2026-12-31T17:00:00Z', '2027-01'],
	['2026-12-31T16:59:59Z', '2026-12'],
	['2026-12-31', '2026-12'],
	['2026-12-31 23:59:59', '2026-12'],
	['2569-12-31T23:59:59+0700', '2026-12'],
	['2570-01-01', '2027-01'],
	['soon', null],
	['2026-13-01', null],
	['', null],
	[null, null],
	[undefined, null],
	['0001-01-01T00:00:00', null],
	['2026-12-01T00:00:00+0700', '2026-11', 'Pacific/Honolulu'],
	['2026-11-30T22:00:00+0700', '2026-12', 'Asia/Tokyo'],
	['2026-11-01T03:59:59Z', '2026-10', 'America/New_York'],
	['2026-11-01T04:00:00Z', '2026-11', 'America/New_York'],
])('month of %s: %p (%s)', (expectedCloseDate, month, timeZone = 'Asia/Bangkok') => {
	const { expectedCloseMonth } = computeDeal({ expectedCloseDate: expectedCloseDate as string }, timeZone);
	expect(expectedCloseMonth).toBe(month);
});

test.each([
	[33.33, 33, 11],
	['33.33', '33', 11],
	[100_000, 100, 100_000],
	[0, 50, 0],
	[100, 0, 0],
	[100, null, null],
	[null, 50, null],
	['1,000', 10, null],
])('value %p with the probability %p is weighted as %p', (dealsValue, probability, weighted) => {
	expect(computeDeal({ dealsValue, probability }).weightedValue).toBe(weighted);
});

test('numbers are read as GoFive writes them, and rounded half away from zero', () => {
	const texts = ['12', ' 12.50 ', '-3', '+3', '', ' ', '0x1F', '1e3', '1,000', 'Infinity', '12.'];
	expect(texts.map(toNumber)).toEqual([12, 12.5, -3, 3, ...texts.slice(4).map(() => undefined)]);
	expect([true, null, undefined, [], Number.NaN].map(toNumber)).toEqual(Array.from({ length: 5 }, () => undefined));
	expect([1.005, -1.005, 10.075, 0.1 + 0.2, -0.001].map((amount) => roundAmount(amount))).toEqual([
		...[1.01, -1.01, 10.08, 0.3, 0],
	]);
	expect([12.25, -12.25, 33.333].map((percent) => roundAmount(percent, 1))).toEqual([12.3, -12.3, 33.3]);
});
