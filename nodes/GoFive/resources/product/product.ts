import { codes, type Entity } from '../../operation';

/** What GoFive's lists call products that are in use and those that are not (page api-3597198). */
export const STATUSES = codes({ Active: 1, Inactive: 0 });

/** GoFive wants at least one status; no status chosen means products in any. */
export const statusesOf = (status: number | null | undefined): number[] =>
	typeof status === 'number' ? [status] : STATUSES.map(({ value }) => value);

/**
 * A product. Of GET /v2/products/{productCode} (page api-3597197) all but the first two fields is cut, so the rest is
 * inferred from what POST /v3/Products takes, and from the older list, which has other names.
 */
export const product: Entity = {
	plural: 'products',
	columns: {
		productCode: { name: 'Product Code', type: 'text', always: true },
		productName: { name: 'Product Name', type: 'text', from: ['productName', 'partName', 'name'] },
		category: { name: 'Category', type: 'text' },
		brandName: { name: 'Brand', type: 'text', isExtra: true },
		partId: { name: 'Part ID', type: 'integer', isExtra: true },
		priceCount: { name: 'Number of Prices', type: 'integer', counts: ['prices'] },
		productBarcode: { name: 'Barcode', type: 'text' },
		productUnitName: { name: 'Unit', type: 'text', from: ['productUnitName', 'unit'] },
		qty: { name: 'Quantity', type: 'number' },
		price: { name: 'Price', type: 'number' },
		cost: { name: 'Cost', type: 'number' },
		active: { name: 'Active', type: 'flag', from: ['active', 'isActive'] },
	},
	key: ['productCode'],
	lines: {
		plural: 'prices of a product',
		from: ['prices'],
		beside: ['productCode', 'productName', 'productUnitName'],
		columns: {
			priceTierName: { name: 'Price Tier', type: 'text' },
			regularPrice: { name: 'Regular Price', type: 'number' },
			salePrice: { name: 'Sale Price', type: 'number' },
			vatValue: { name: 'VAT Rate', type: 'number', from: ['vatValue', 'vat'] },
			useDefaultVat: { name: 'Default VAT', type: 'flag' },
		},
	},
};
