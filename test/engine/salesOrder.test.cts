import type { IDataObject } from 'n8n-workflow';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const ORDER = { customerCode: 'C000055', salesOrderSubject: 'คำสั่งซื้อ', salesOrderDate: '2026-06-05', vatCalculation: false };
const ROW = { productCode: 'PD002', qty: 2 };
const lines = (...line: IDataObject[]) => ({ salesOrderDetails: { line } });
const upsert = async (parameters: IDataObject) => await world.run('upsert', { resource: 'salesOrder', ...ORDER, ...parameters });
const bodies = () => world.sent('upsertSalesOrder').map(({ body }) => JSON.parse(body) as IDataObject);
const answer = (operationId: string, data: unknown) =>
	world.sandbox.addFault({ match: { operationId }, answer: { status: 200, body: { status: { code: '1000', description: 'Success' }, data }, acts: true } });

test.each<[string, IDataObject, IDataObject]>([
	['nothing but what is required', {}, {}],
	['the keys of its taxes, and a number', { salesOrderNo: 'SO24090001', ...lines({ ...ROW, vatTaxValue: 7, whtTaxValue: 3 }) }, { salesOrderNo: 'SO24090001', salesOrderDetails: [{ ...ROW, vatTaxValue: 7, whtTaxValue: 3 }] }],
	['discounts with their types', { ...lines({ ...ROW, discountType: true, discountValue: 10 }), additionalFields: { discountType: false, discountValue: 100 } }, { salesOrderDetails: [{ ...ROW, discountType: true, discountValue: 10 }], discountType: false, discountValue: 100 }],
	['what is to be cleared', { additionalFields: { discountValue: '', contactId: '', salesOrderStatus: 2 } }, { discountValue: null, contactId: null, salesOrderStatus: 2 }],
])('sends %s', async (_, parameters, keys) => {
	const { error } = await upsert(parameters);
	expect(error).toBeUndefined();
	expect(bodies()).toEqual([{ ...ORDER, ...keys }]);
});

test.each<[IDataObject, string]>([
	[{ additionalFields: { discountValue: 5 } }, "'Discount' needs a 'Discount Type'"],
	[{ additionalFields: { discountValue: 5, discountType: '' } }, "'Discount' needs a 'Discount Type'"],
])('%j is refused before anything is sent', async (parameters, message) => {
	const { error } = await upsert(parameters);
	expect(error).toMatchObject({ message, description: expect.stringContaining('Nothing was sent') });
	expect(world.sandbox.requests).toEqual([]);
});

describe('the number that Convert to Sales Order gives', () => {
	const quotationNo = 'Q01/23';
	const convert = async () => await world.run('convertToSalesOrder', { resource: 'quotation', quotationNo });

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
		answer('convertQuotation', data);
		const { items, error, hints } = await convert();
		expect([error, items]).toEqual([undefined, [{ salesOrderNo, quotationNo }]]);
		expect(hints.map(({ message }) => message)).toEqual(salesOrderNo ? [] : [expect.stringContaining('without telling the number')]);
		const [request] = world.sent('convertQuotation');
		expect([request?.path, request?.body]).toEqual(['/v1/quotation/Q01%2F23/convert-to-salesorder', '{"QuotationNo":"Q01/23"}']);
	});
});
