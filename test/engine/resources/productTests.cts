import type { IDataObject } from 'n8n-workflow';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const runProductOperation = async (operation: string, parameters: IDataObject) =>
	await fixture.runOperation(operation, { resource: 'product', ...parameters });
const getSentBody = (operationId: string) => fixture.getSentBodies(operationId)[0];
const line = (...rows: IDataObject[]) => ({ line: rows });

const PRICE = { priceTierName: 'Standard', regularPrice: 180 };
const REQUIRED_FIELDS = {
	productName: 'กาแฟ',
	category: 'เครื่องดื่ม',
	productUnitName: 'ถุง',
	cost: 0,
	active: true,
	visibility: true,
	trackInventory: false,
	useWarranty: false,
};
const PRODUCT_PARAMETERS = { ...REQUIRED_FIELDS, productCode: 'A001', prices: line(PRICE) };
const VARIANT = {
	productCode: 'A001-R',
	productName: 'แดง',
	active: true,
	attribute: line({ attributeName: 'Color', attributeValueName: 'Red' }),
	prices: line({ ...PRICE, vatValue: 7 }),
};
const SENT_VARIANT = {
	productCode: 'A001-R',
	productName: 'แดง',
	active: true,
	attribute: [{ attributeName: 'Color', attributeValueName: 'Red' }],
	prices: [{ ...PRICE, vatValue: 7, vat: 7 }],
};
const SERIAL_PARAMETERS = { serialNumber: 'SN1', purchaseDate: '2026-06-01T00:00:00+07:00' };

describe('request', () => {
	test.each<[string, IDataObject, object]>([
		['required fields', {}, {}],
		[
			'unusual names',
			{ additionalFields: { subSubCategory: 'ย่อย', productTag: 'a, b', brandName: '' } },
			{ sub_SubCategory: 'ย่อย', productTag: ['a', 'b'], brandName: null },
		],
		[
			'image URLs with commas',
			{ additionalFields: { productImage: 'https://example.com/w_200,h_200/a.jpg\nhttps://example.com/b.jpg' } },
			{ productImage: ['https://example.com/w_200,h_200/a.jpg', 'https://example.com/b.jpg'] },
		],
		[
			'variants',
			{ productCode: '', productVariant: line(VARIANT) },
			{ productCode: undefined, productVariant: [SENT_VARIANT] },
		],
		[
			'variants in JSON, with lists',
			{
				productVariantInput: 'json',
				productVariantJson: JSON.stringify([
					{ ...VARIANT, attribute: VARIANT.attribute.line, prices: VARIANT.prices.line },
				]),
			},
			{ productVariant: [SENT_VARIANT] },
		],
	])('create or update: %s, one product in a list', async (_, parameters, extra) => {
		const { error, items } = await runProductOperation('upsert', { ...PRODUCT_PARAMETERS, ...parameters });
		expect(error).toBeUndefined();
		expect(getSentBody('upsertProduct')).toEqual({
			products: [{ ...REQUIRED_FIELDS, productCode: 'A001', prices: [PRICE], ...extra }],
		});
		expect(items).toEqual([expect.objectContaining({ productCode: 'A001', cost: 95.5 })]);
	});

	test.each<[string, IDataObject, string, object]>([
		['getAll', {}, 'listProducts', { status: [1, 0], take: 51 }],
		['getAll', { filters: { status: 0 }, returnAll: true }, 'listProducts', { status: [0], take: 1000 }],
		[
			'getAllByFilter',
			{ productType: 1301, filters: { productGroupIds: '3, 4', typeFor: 2, smartSearch: '' } },
			'findProducts',
			{ productType: 1301, status: [1, 0], productGroupIds: [3, 4], typeFor: 2, take: 51, skip: 0 },
		],
		...[1031, '1032', '={{ "1302" }}'].map((productType): [string, IDataObject, string, object] => [
			'getAllByFilter',
			{ productType, limit: 1 },
			'findProducts',
			{ productType: Number(/\d+/.exec(String(productType))?.[0]), status: [1, 0], take: 2, skip: 0 },
		]),
		[
			'verifySerialNumber',
			{ ...SERIAL_PARAMETERS, customerName: 'สมชาย', additionalFields: { longitude: 100.5, saleOrderNo: 'SO1' } },
			'verifySerialNumber',
			{ SerialNumber: 'SN1', PurchaseDate: '2026-06-01', CustomerName: 'สมชาย', Longtitude: 100.5, SaleOrderNo: 'SO1' },
		],
	])('%s with %j', async (operation, parameters, operationId, body) => {
		expect((await runProductOperation(operation, parameters)).error).toBeUndefined();
		expect(getSentBody(operationId)).toEqual(body);
	});

	test.each<[string, IDataObject, string]>([
		['upsert', { ...PRODUCT_PARAMETERS, productCode: '' }, "'Product Code' is empty"],
		['upsert', { ...PRODUCT_PARAMETERS, productVariant: line({ ...VARIANT, prices: {} }) }, "Row 1: 'Prices' is empty"],
		[
			'upsert',
			{
				...PRODUCT_PARAMETERS,
				productVariantInput: 'json',
				productVariantJson: [{ ...VARIANT, prices: [{ ...PRICE, vat: 7 }] }],
			},
			"Row 1: Price 1: Prices do not have 'vat'",
		],
		['getAllByFilter', { productType: 1303 }, "'Product Type' cannot be 1303"],
		['verifySerialNumber', SERIAL_PARAMETERS, "'Customer Code' and 'Customer Name' are both empty"],
	])('%s is rejected before any request: %#', async (operation, parameters, message) => {
		expect((await runProductOperation(operation, parameters)).error?.message).toBe(message);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});

describe('response to create or update', () => {
	const respondWith = (data: unknown) => fixture.respondWithData('upsertProduct', data);

	test.each([null, true, 'A001', [], [{ productCode: 'A001', isSuccess: true, error: { statusCode: '1000' } }]])(
		'%j: returns the sent values',
		async (data) => {
			respondWith(data);
			const { items, error } = await runProductOperation('upsert', PRODUCT_PARAMETERS);
			expect(error).toBeUndefined();
			expect(items).toEqual([
				expect.objectContaining({ productCode: 'A001', productName: 'กาแฟ', cost: 0, active: true, qty: null }),
			]);
		},
	);

	test('a rejected row', async () => {
		respondWith([{ productCode: 'A001', isSuccess: false, error: { statusCode: '4001', message: 'ไม่พบหน่วย' } }]);
		const { error } = await runProductOperation('upsert', PRODUCT_PARAMETERS);
		expect(error?.message).toBe("GoFive rejected the request: ไม่พบหน่วย (code 4001), for product code 'A001'");
		expect(error?.description).not.toContain('processed the request');
	});
});
