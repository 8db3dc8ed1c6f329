import { selectedOnly } from '../operation';

/** Columns of the discount, the tax and the recipient that quotations and sales orders share. */
export const pricingColumns = selectedOnly({
	discountName: { displayName: 'Discount Name' },
	discountType: { displayName: 'Discount in Percent', type: 'boolean' },
	discountValue: { displayName: 'Discount', type: 'number' },
	vatCalculation: { displayName: 'VAT Excluded', type: 'boolean' },
	remark: { displayName: 'Remark' },
	customerId: { displayName: 'Customer ID', type: 'integer' },
	headerTemplateId: { displayName: 'Header Template ID', type: 'integer' },
});

/** Columns of a product row that quotations and sales orders share. */
export const productRowColumns = {
	productCode: { displayName: 'Product Code' },
	productName: { displayName: 'Product Name' },
	qty: { displayName: 'Quantity', type: 'number' },
	productUnitName: { displayName: 'Unit' },
	price: { displayName: 'Price', type: 'number' },
	discountType: { displayName: 'Discount in Percent', type: 'boolean' },
	discountValue: { displayName: 'Discount', type: 'number' },
	vatTaxValue: { displayName: 'VAT Rate', type: 'number' },
} as const;
