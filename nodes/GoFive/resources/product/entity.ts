import { toOptions, type Entity } from '../../operation';

/** What GoFive's lists call products that are in use and those that are not (page api-3597198). */
export const PRODUCT_STATUSES = toOptions({ Active: 1, Inactive: 0 });

/** GoFive wants at least one status; no status chosen means products in any. */
export const toStatusList = (status: number | null | undefined): number[] =>
	typeof status === 'number' ? [status] : PRODUCT_STATUSES.map(({ value }) => value);

/**
 * A product. Of GET /v2/products/{productCode} (page api-3597197) all but the first two fields is cut, so the rest is
 * inferred from what POST /v3/Products takes, and from the older list, which has other names.
 */
export const productEntity: Entity = {
	pluralName: 'products',
	columns: {
		productCode: { displayName: 'Product Code', type: 'text', isAlwaysFilled: true },
		productName: { displayName: 'Product Name', type: 'text', paths: ['productName', 'partName', 'name'] },
		category: { displayName: 'Category', type: 'text' },
		brandName: { displayName: 'Brand', type: 'text', isSelectedOnly: true },
		partId: { displayName: 'Part ID', type: 'integer', isSelectedOnly: true },
		priceCount: { displayName: 'Number of Prices', type: 'integer', countOf: ['prices'] },
		productBarcode: { displayName: 'Barcode', type: 'text' },
		productUnitName: { displayName: 'Unit', type: 'text', paths: ['productUnitName', 'unit'] },
		qty: { displayName: 'Quantity', type: 'number' },
		price: { displayName: 'Price', type: 'number' },
		cost: { displayName: 'Cost', type: 'number' },
		active: { displayName: 'Active', type: 'flag', paths: ['active', 'isActive'] },
	},
	keyColumns: ['productCode'],
	lines: {
		pluralName: 'prices of a product',
		paths: ['prices'],
		parentColumns: ['productCode', 'productName', 'productUnitName'],
		columns: {
			priceTierName: { displayName: 'Price Tier', type: 'text' },
			regularPrice: { displayName: 'Regular Price', type: 'number' },
			salePrice: { displayName: 'Sale Price', type: 'number' },
			vatValue: { displayName: 'VAT Rate', type: 'number', paths: ['vatValue', 'vat'] },
			useDefaultVat: { displayName: 'Default VAT', type: 'flag' },
		},
	},
};
