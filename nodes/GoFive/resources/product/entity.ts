import { addSelectedColumns, selectedOnly, toOptions, type Entity } from '../../operation';

/**
 * GoFive's codes for the status of a product.
 * @see https://developer.gofive.co.th/api-3597198
 */
export const PRODUCT_STATUSES = toOptions({ Active: 1, Inactive: 0 });

/** Builds the list of statuses to filter by. GoFive requires at least one, so no selection becomes all of them. */
export const toStatusList = (status: number | null | undefined): number[] =>
	typeof status === 'number' ? [status] : PRODUCT_STATUSES.map(({ value }) => value);

/**
 * A product. Our copy of `GET /v2/products/{productCode}` ends after two fields. The other columns are inferred from the
 * request of POST /v3/Products and from the older list, which has different keys.
 * @see https://developer.gofive.co.th/api-3597197
 */
export const productEntity: Entity = {
	pluralName: 'products',
	columns: {
		productCode: { displayName: 'Product Code' },
		productName: { displayName: 'Product Name', paths: ['productName', 'partName', 'name'] },
		category: { displayName: 'Category' },
		priceCount: { displayName: 'Number of Prices', type: 'integer', countPaths: ['prices'] },
		productBarcode: { displayName: 'Barcode' },
		productUnitName: { displayName: 'Unit', paths: ['productUnitName', 'unit'] },
		qty: { displayName: 'Quantity', type: 'number' },
		price: { displayName: 'Price', type: 'number' },
		cost: { displayName: 'Cost', type: 'number' },
		active: { displayName: 'Active', type: 'boolean', paths: ['active', 'isActive'] },
		...selectedOnly({
			brandName: { displayName: 'Brand' },
			partId: { displayName: 'Part ID', type: 'integer' },
		}),
	},
	keyColumns: ['productCode'],
	lines: {
		rowName: 'price of a product',
		paths: ['prices'],
		parentColumns: ['productCode', 'productName', 'productUnitName'],
		columns: {
			priceTierName: { displayName: 'Price Tier' },
			regularPrice: { displayName: 'Regular Price', type: 'number' },
			salePrice: { displayName: 'Sale Price', type: 'number' },
			vatValue: { displayName: 'VAT Rate', type: 'number', paths: ['vatValue', 'vat'] },
			useDefaultVat: { displayName: 'Default VAT', type: 'boolean' },
		},
	},
};

/** A product of Get and Get Many. The keys of its stock settings are inferred from the request of POST /v3/Products. */
export const readProductEntity = addSelectedColumns(productEntity, {
	lowStockAlert: { displayName: 'Low Stock Alert', type: 'number' },
	trackInventory: { displayName: 'Track Inventory', type: 'boolean' },
});
