import type { CurrentValues } from '../../operation';

const PRICE: CurrentValues = {
	priceTierName: { form: 'text', required: true },
	regularPrice: { form: 'amount', required: true },
	salePrice: { form: 'amount' },
	vatValue: { form: 'number' },
	useDefaultVat: { form: 'boolean' },
};

/** Values that products and variants share. */
const DETAILS: CurrentValues = {
	productCode: { form: 'text', required: true },
	productName: { form: 'text', required: true },
	active: { form: 'boolean', required: true, derived: ['isActive'] },
	productBarcode: { form: 'text' },
	productDescription: { form: 'text' },
	productImage: { form: 'texts', isOrdered: true },
	qty: { form: 'number', isVolatile: true },
	lowStockAlert: { form: 'number' },
};

/**
 * Where a product contains the values of `POST /v3/Products`. Of the response, only the code and the barcode have been
 * seen. The other keys are inferred from the request.
 * @see https://developer.gofive.co.th/api-3597197
 */
export const currentProductValues: CurrentValues = {
	...DETAILS,
	category: { form: 'text', required: true },
	subCategory: { form: 'text' },
	sub_SubCategory: { form: 'text' },
	productUnitName: { form: 'text', required: true },
	cost: { form: 'amount', required: true },
	prices: { form: 'rows', required: true, values: PRICE, rowKey: 'priceTierName', derived: ['price'] },
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
	// Contains the stock of each variant.
	productVariant: {
		form: 'rows',
		isNeverOmitted: true,
		isVolatile: true,
		values: {
			...DETAILS,
			cost: { form: 'amount' },
			prices: { form: 'rows', required: true, values: { ...PRICE, vat: { form: 'number' } } },
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
