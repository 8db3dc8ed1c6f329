import type { IDataObject } from 'n8n-workflow';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import { buildRejection } from '../../support/expectedMessages.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const line = (...rows: IDataObject[]) => ({ row: rows });

const PRICE = { priceTierName: 'Standard', regularPrice: 180 };
const ATTRIBUTE = { attributeName: 'Color', attributeValueName: 'Red' };
const VARIANT = { productCode: 'A001-R', productName: 'แดง', active: true };
const SENT_VARIANT = { ...VARIANT, attribute: [ATTRIBUTE], prices: [{ ...PRICE, vatValue: 7, vat: 7 }] };

/** Creates or updates the example product, and returns the only product that is sent. */
async function sendProduct(parameters: IDataObject) {
	fixture.sandbox.requestLog.length = 0;
	const { error } = await fixture.runExample('product.upsert', parameters);
	expect(error).toBeUndefined();
	const [{ products = [] } = {}] = fixture.getSentBodies('upsertProduct') as Array<{ products?: object[] }>;
	expect(products).toHaveLength(1);
	return products[0];
}

test.each<[string, IDataObject, object]>([
	[
		'unusual names',
		{ additionalFields: { subSubCategory: 'ย่อย', productTag: 'a, b', brandName: '' } },
		{ sub_SubCategory: 'ย่อย', productTag: ['a', 'b'] },
	],
	[
		'image URLs with commas',
		{ additionalFields: { productImage: 'https://example.com/w_200,h_200/a.jpg\nhttps://example.com/b.jpg' } },
		{ productImage: ['https://example.com/w_200,h_200/a.jpg', 'https://example.com/b.jpg'] },
	],
	[
		'variants',
		{
			productCode: '',
			productVariant: line({ ...VARIANT, attribute: line(ATTRIBUTE), prices: line({ ...PRICE, vatValue: 7 }) }),
		},
		{ productCode: undefined, productVariant: [SENT_VARIANT] },
	],
	[
		'variants in JSON, with lists',
		{
			productVariantInput: 'json',
			productVariantJson: JSON.stringify([{ ...VARIANT, attribute: [ATTRIBUTE], prices: [{ ...PRICE, vatValue: 7 }] }]),
		},
		{ productVariant: [SENT_VARIANT] },
	],
])('create or update: %s, one product in a list', async (_, parameters, changes) => {
	expect(await sendProduct(parameters)).toEqual({ ...(await sendProduct({})), ...changes });
});

test.each<[string, IDataObject, object]>([['getAll', { filters: { status: 0 } }, { status: [0] }]])(
	'%s with %j',
	async (operation, parameters, changes) => {
		await fixture.expectBodyChanges(`product.${operation}`, parameters, changes);
	},
);

test('getAll requests active and inactive products by default', async () => {
	await fixture.runExample('product.getAll');
	expect(fixture.getSentBodies('listProducts')[0]).toMatchObject({ status: [1, 0] });
});

describe('response to create or update', () => {
	const row = { productCode: 'A001', isSuccess: true, error: { statusCode: '1000' } };

	test('a confirmed row contains the sent values', async () => {
		fixture.respondWithData('upsertProduct', [row]);
		const { items, error } = await fixture.runExample('product.upsert', { productName: 'กาแฟ', cost: 0 });
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ productCode: 'A001', productName: 'กาแฟ', cost: 0, qty: null })]);
	});

	test('a rejected row', async () => {
		const rejection = { isSuccess: false, error: { statusCode: '4001', message: 'ไม่พบหน่วย' } };
		fixture.respondWithData('upsertProduct', [{ ...row, ...rejection }]);
		const { error } = await fixture.runExample('product.upsert');
		expect(error?.message).toBe(`${buildRejection('ไม่พบหน่วย')} for product code 'A001'`);
		expect(error?.description).not.toContain(MAY_BE_DONE);
	});
});
