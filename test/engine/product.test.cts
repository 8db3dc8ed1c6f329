import type { IDataObject } from 'n8n-workflow';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const run = async (operation: string, parameters: IDataObject) => await world.run(operation, { resource: 'product', ...parameters });
const bodyOf = (operationId: string): unknown => JSON.parse(world.sent(operationId)[0]?.body ?? 'null');
const line = (...rows: IDataObject[]) => ({ line: rows });

const PRICE = { priceTierName: 'Standard', regularPrice: 180 };
const REQUIRED = { productName: 'กาแฟ', category: 'เครื่องดื่ม', productUnitName: 'ถุง', cost: 0, active: true, visibility: true, trackInventory: false, useWarranty: false };
const PRODUCT = { ...REQUIRED, productCode: 'A001', prices: line(PRICE) };
const VARIANT = { productCode: 'A001-R', productName: 'แดง', active: true, attribute: line({ attributeName: 'Color', attributeValueName: 'Red' }), prices: line({ ...PRICE, vatValue: 7 }) };
const SENT_VARIANT = {
	productCode: 'A001-R',
	productName: 'แดง',
	active: true,
	attribute: [{ attributeName: 'Color', attributeValueName: 'Red' }],
	prices: [{ ...PRICE, vatValue: 7, vat: 7 }],
};
const SERIAL = { serialNumber: 'SN1', purchaseDate: '2026-06-01T00:00:00+07:00' };

describe('what is sent', () => {
	test.each<[string, IDataObject, object]>([
		['what is required', {}, {}],
		['odd names', { additionalFields: { subSubCategory: 'ย่อย', productTag: 'a, b', brandName: '' } }, { sub_SubCategory: 'ย่อย', productTag: ['a', 'b'], brandName: null }],
		['variants', { productCode: '', productVariant: line(VARIANT) }, { productCode: undefined, productVariant: [SENT_VARIANT] }],
		['variants in JSON, their lists as plain lists', { productVariantInput: 'json', productVariantJson: JSON.stringify([{ ...VARIANT, attribute: VARIANT.attribute.line, prices: VARIANT.prices.line }]) }, { productVariant: [SENT_VARIANT] }],
	])('create or update: %s, one product in a list', async (_, parameters, more) => {
		const { error, items } = await run('upsert', { ...PRODUCT, ...parameters });
		expect(error).toBeUndefined();
		expect(bodyOf('upsertProduct')).toEqual({ products: [{ ...REQUIRED, productCode: 'A001', prices: [PRICE], ...more }] });
		expect(items).toEqual([expect.objectContaining({ productCode: 'A001', cost: 95.5 })]);
	});

	test.each<[string, IDataObject, string, object]>([
		['getAll', {}, 'listProducts', { status: [1, 0], take: 51 }],
		['getAll', { filters: { status: 0 }, returnAll: true }, 'listProducts', { status: [0], take: 1000 }],
		['getAllByFilter', { productType: 1301, filters: { productGroupIds: '3, 4', typeFor: 2, smartSearch: '' } }, 'findProducts', { productType: 1301, status: [1, 0], productGroupIds: [3, 4], typeFor: 2, take: 51, skip: 0 }],
		['verifySerialNumber', { ...SERIAL, customerName: 'สมชาย', additionalFields: { longitude: 100.5, saleOrderNo: 'SO1' } }, 'verifySerialNumber', { SerialNumber: 'SN1', PurchaseDate: '2026-06-01', CustomerName: 'สมชาย', Longtitude: 100.5, SaleOrderNo: 'SO1' }],
	])('%s with %j', async (operation, parameters, operationId, body) => {
		expect((await run(operation, parameters)).error).toBeUndefined();
		expect(bodyOf(operationId)).toEqual(body);
	});

	test.each<[string, IDataObject, string]>([
		['upsert', { ...PRODUCT, productCode: '' }, "'Product Code' is empty"],
		['upsert', { ...PRODUCT, productVariant: line({ ...VARIANT, prices: {} }) }, "Line 1: 'Prices' is empty"],
		['upsert', { ...PRODUCT, productVariantInput: 'json', productVariantJson: [{ ...VARIANT, prices: [{ ...PRICE, vat: 7 }] }] }, "Line 1: Price 1: Prices have no 'vat'"],
		['verifySerialNumber', SERIAL, "'Customer Code' and 'Customer Name' are both empty"],
	])('%s is refused before any call: %#', async (operation, parameters, message) => {
		expect((await run(operation, parameters)).error?.message).toBe(message);
		expect(world.sandbox.requests).toEqual([]);
	});
});

describe('create or update, answered', () => {
	const answer = (data: unknown) => world.sandbox.addFault({ match: { operationId: 'upsertProduct' }, answer: { status: 200, body: { status: { code: '1000', description: 'Success' }, data } } });

	test.each([null, true, 'A001', [], [{ productCode: 'A001', isSuccess: true, error: { statusCode: '1000' } }]])('with %j: what was sent', async (data) => {
		answer(data);
		const { items, error } = await run('upsert', PRODUCT);
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ productCode: 'A001', productName: 'กาแฟ', cost: 0, active: true, qty: null })]);
	});

	test('with a row that says no', async () => {
		answer([{ productCode: 'A001', isSuccess: false, error: { statusCode: '4001', message: 'ไม่พบหน่วย' } }]);
		const { error } = await run('upsert', PRODUCT);
		expect(error?.message).toBe("GoFive answered: ไม่พบหน่วย (code 4001), for product code 'A001'");
		expect(error?.description).not.toContain('has carried it out');
	});
});
