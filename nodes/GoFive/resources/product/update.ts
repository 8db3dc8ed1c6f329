import { defineUpdate, optionalBoolean, output, type CurrentValues } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { productCode, updateFields } from '../sharedFields';
import { productEntity } from './entity';
import { changedPrices, optionalProductFields, productFields } from './fields';
import { get } from './get';

const PRICE: CurrentValues = {
	priceTierName: { form: 'text', required: true },
	regularPrice: { form: 'amount', required: true },
	salePrice: { form: 'amount' },
	// The page's example of a variant has vat, the other examples have vatValue.
	vatValue: { form: 'number', otherKey: 'vat' },
	useDefaultVat: { form: 'boolean' },
};

/** Values that products and variants share. */
const DETAILS: CurrentValues = {
	productCode: { form: 'text', required: true },
	productName: { form: 'text', required: true },
	active: { form: 'boolean', required: true },
	productBarcode: { form: 'text' },
	productDescription: { form: 'text' },
	productImage: { form: 'texts', isComparedByCount: true },
	qty: { form: 'number', isVolatile: true },
	lowStockAlert: { form: 'number' },
};

/**
 * Where a product contains the values of `POST /v3/Products`. Of the response, only the code and the barcode have been
 * seen. The other keys are inferred from the request.
 * @see https://developer.gofive.co.th/api-3597197
 */
const currentProductValues: CurrentValues = {
	...DETAILS,
	category: { form: 'text', required: true },
	subCategory: { form: 'text' },
	sub_SubCategory: { form: 'text' },
	productUnitName: { form: 'text', required: true },
	cost: { form: 'amount', required: true },
	prices: { form: 'rows', required: true, values: PRICE, rowKey: 'priceTierName' },
	trackInventory: { form: 'boolean', required: true },
	useWarranty: { form: 'boolean', required: true },
	visibility: { form: 'boolean', required: true },
	brandName: { form: 'text' },
	warrantyNote: { form: 'text' },
	timeWarrantyValue: { form: 'number' },
	timeWarrantyUnit: { form: 'text' },
	productWeight: { form: 'number' },
	productWeightUnit: { form: 'text' },
	productTag: { form: 'texts' },
	productVariant: {
		form: 'rows',
		values: {
			...DETAILS,
			cost: { form: 'amount' },
			prices: { form: 'rows', required: true, values: { ...PRICE, vat: { form: 'number', otherKey: 'vatValue' } } },
			attribute: {
				form: 'rows',
				required: true,
				values: {
					attributeName: { form: 'text', required: true },
					attributeValueName: { form: 'text', required: true },
				},
			},
		},
	},
};

/**
 * Changes some fields of a product: `GET /v2/products/{productCode}`, then `POST /v3/Products` with all values.
 * It is not known whether GoFive keeps the values that a request omits.
 * @see https://developer.gofive.co.th/api-3590384
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update product',
	description: 'Change some fields of a product, for example a price',
	fields: {
		productCode: productCode('Code of the product to update', { bodyKey: null }),
		...updateFields(
			{
				...productFields(),
				active: optionalBoolean('Active', 'Whether the product is active'),
				prices: changedPrices,
			},
			optionalProductFields,
		),
		output: output(toUpdatedEntity(productEntity, ['productCode', 'productName'])),
	},
	idField: 'productCode',
	current: { operation: get, values: currentProductValues },
	request: (_values, body) => ({ method: 'POST', path: '/v3/Products', body: { products: [body] } }),
});
