import { selectedOnly, type Entity } from '../operation';

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

/**
 * Creates the entity of a record that an update has changed, with the changes. Only Selected Fields offers its other columns.
 * @param shownKeys - Keys of the columns that identify the record.
 */
export function toUpdatedEntity({ columns, ...entity }: Entity, shownKeys: string[]): Entity {
	const isShown = ([key]: [string, unknown]) => shownKeys.includes(key);
	const entries = Object.entries(columns);
	return {
		...entity,
		lines: undefined,
		columns: {
			...Object.fromEntries(entries.filter(isShown)),
			updated: { displayName: 'Updated', type: 'boolean' },
			changes: { displayName: 'Changes', type: 'list' },
			...selectedOnly(Object.fromEntries(entries.filter((entry) => !isShown(entry)))),
		},
	};
}
