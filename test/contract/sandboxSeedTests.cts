import { DateTime } from 'luxon';
import type { Sandbox } from '../../sandbox/index.mts';
import type { RecordListName, SandboxRecord } from '../../sandbox/recordLists.mts';
import { buildSeedEvents } from '../../sandbox/seed/seedEvents.mts';
import { SEED_CUSTOMERS } from '../../sandbox/seed/seedCustomers.mts';
import { SEED_PRODUCTS } from '../../sandbox/seed/seedProducts.mts';
import { setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

/** Lists the different values of a key. */
const listValues = (list: RecordListName, key: string): unknown[] => [
	...new Set(sandbox.records[list].records.map((record) => record[key])),
];

test.each<[list: RecordListName, key: string]>([
	['customers', 'customerName'],
	['customers', 'customerEmail'],
	['deals', 'dealNo'],
	['employees', 'fullname'],
	['expenses', 'expenseNo'],
	['products', 'productName'],
	['quotations', 'quotationNo'],
])('%s differ in %s', (list, key) => {
	const { length } = sandbox.records[list].records;
	expect(length).toBeGreaterThan(10);
	expect(listValues(list, key)).toHaveLength(length);
});

test('each code has a customer or an employee', () => {
	const lists: RecordListName[] = ['customerEvents', 'deals', 'quotations'];
	const customerCodes = lists.flatMap((list) => listValues(list, 'customerCode'));
	expect(listValues('customers', 'customerCode')).toEqual(expect.arrayContaining(customerCodes));
	expect(listValues('employees', 'staffCode')).toEqual(expect.arrayContaining(listValues('quotations', 'staffCode')));
	expect(listValues('employees', 'userId')).toEqual(expect.arrayContaining(listValues('expenses', 'createdByUserId')));
});

test('products, prices and totals of a quotation agree', () => {
	const quotations = sandbox.records.quotations.records.slice(0, -1) as Array<
		Record<'subTotal' | 'discountValue' | 'subTotalWithDiscount', number> & { quotationDetails: SandboxRecord[] }
	>;
	for (const { quotationDetails, subTotal, discountValue, subTotalWithDiscount } of quotations) {
		for (const { productCode, productName, price } of quotationDetails) {
			const product = SEED_PRODUCTS.find((candidate) => candidate.productCode === productCode);
			expect([productName, price]).toEqual([product?.productName, product?.price]);
		}
		expect(quotationDetails.reduce((sum, { qty, price }) => sum + Number(qty) * Number(price), 0)).toBe(subTotal);
		expect(subTotalWithDiscount).toBeCloseTo((subTotal * (100 - discountValue)) / 100, 2);
	}
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('a report in month %i shows a full last month', (month) => {
	const firstDay = DateTime.fromObject({ year: 2027, month, day: 1 }, { zone: 'Asia/Bangkok' });
	const lastMonth = firstDay.minus({ months: 1 }).toFormat('yyyy-MM');
	const customerCodes = SEED_CUSTOMERS.filter(({ state }) => state === 'customer').map(
		({ customerCode }) => customerCode,
	);
	const events = buildSeedEvents(firstDay.toMillis()).filter(
		({ eventDate, customerCode }) => eventDate.startsWith(lastMonth) && customerCodes.includes(customerCode),
	);
	expect(events.length).toBeGreaterThanOrEqual(60);
	expect(events.length).toBeLessThanOrEqual(120);
	expect(new Set(events.map(({ customerCode }) => customerCode)).size).toBe(12);
	expect(new Set(events.map(({ eventType }) => eventType)).size).toBeGreaterThanOrEqual(5);
	expect(events.every(({ description }) => description !== '')).toBe(true);
});
