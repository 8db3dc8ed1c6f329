import type { IDataObject } from 'n8n-workflow';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const ORDER = {
	customerCode: 'C000055',
	salesOrderSubject: 'คำสั่งซื้อ',
	salesOrderDate: '2026-06-05',
	vatCalculation: false,
};
const ROW = { productCode: 'PD002', qty: 2 };
const toRows = (...line: IDataObject[]) => ({ salesOrderDetails: { line } });
const upsertOrder = async (parameters: IDataObject) =>
	await fixture.runOperation('upsert', { resource: 'salesOrder', ...ORDER, ...parameters });

test.each<[string, IDataObject, IDataObject]>([
	['only required fields', {}, {}],
	[
		'the keys of taxes, and a number',
		{ salesOrderNo: 'SO24090001', ...toRows({ ...ROW, vatTaxValue: 7, whtTaxValue: 3 }) },
		{ salesOrderNo: 'SO24090001', salesOrderDetails: [{ ...ROW, vatTaxValue: 7, whtTaxValue: 3 }] },
	],
	[
		'discounts with their types',
		{
			...toRows({ ...ROW, discountType: true, discountValue: 10 }),
			additionalFields: { discountType: false, discountValue: 100 },
		},
		{ salesOrderDetails: [{ ...ROW, discountType: true, discountValue: 10 }], discountType: false, discountValue: 100 },
	],
	[
		'cleared fields',
		{ additionalFields: { discountValue: '', contactId: '', salesOrderStatus: 2 } },
		{ discountValue: null, contactId: null, salesOrderStatus: 2 },
	],
])('sends %s', async (_, parameters, keys) => {
	const { error } = await upsertOrder(parameters);
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertSalesOrder')).toEqual([{ ...ORDER, ...keys }]);
});

test.each<[IDataObject, string]>([
	[{ additionalFields: { discountValue: 5 } }, "'Discount' requires a 'Discount Type'"],
	[{ additionalFields: { discountValue: 5, discountType: '' } }, "'Discount' requires a 'Discount Type'"],
])('rejects %j before any request', async (parameters, message) => {
	const { error } = await upsertOrder(parameters);
	expect(error).toMatchObject({ message, description: expect.stringContaining('Nothing was sent') });
	expect(fixture.sandbox.requestLog).toEqual([]);
});

describe('number that Convert to Sales Order returns', () => {
	const quotationNo = 'Q01/23';
	const convertQuotation = async () =>
		await fixture.runOperation('convertToSalesOrder', { resource: 'quotation', quotationNo });

	test.each<[unknown, string | null]>([
		[{ salesOrderNo: 'SO1' }, 'SO1'],
		[{ SaleOrderNo: 'SO1', quotationNo: null }, 'SO1'],
		[{ value: { salesOrderNo: 'SO1' } }, 'SO1'],
		['SO1', 'SO1'],
		['Success', null],
		[true, null],
		[null, null],
		[{ id: 3 }, null],
	])('of %j', async (data, salesOrderNo) => {
		fixture.respondWithData('convertQuotation', data);
		const { items, error, hints } = await convertQuotation();
		expect([error, items]).toEqual([undefined, [{ salesOrderNo, quotationNo }]]);
		const hintMessages = hints.map(({ message }) => message);
		expect(hintMessages.filter((text) => text.includes('did not return the number'))).toHaveLength(
			salesOrderNo ? 0 : 1,
		);
		const [request] = fixture.findRequests('convertQuotation');
		expect([request?.path, request?.body]).toEqual([
			'/v1/quotation/Q01%2F23/convert-to-salesorder',
			'{"QuotationNo":"Q01/23"}',
		]);
	});
});
