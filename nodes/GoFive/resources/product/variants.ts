import { lineSeparated, multilineText, number, optionalBoolean, rows, text } from '../../operation';
import { variantPrices } from './prices';

/** Whether a product or a variant is in use. */
export const active = optionalBoolean('Active', 'Whether the product or variant is active', { required: true });

/** Fields that products and variants share, in the order of their names. */
export const productDetailFields = {
	productBarcode: text('Barcode', 'Barcode number', { example: '8850000000017' }),
	productDescription: multilineText('Description', 'Description of the product'),
	productImage: lineSeparated('Image URLs', 'URLs of publicly accessible images, one per line', {
		example: 'https://example.com/a.jpg',
	}),
	lowStockAlert: number('Low Stock Alert', 'Quantity at which GoFive warns about low stock', { isInteger: true }),
	qty: number('Quantity', 'Quantity in stock', { isInteger: true }),
};

const attributeRowFields = {
	attributeName: text('Attribute', 'Name of an existing attribute in Venio', { required: true, example: 'Color' }),
	attributeValueName: text('Value', 'Existing value of the attribute in Venio', { required: true, example: 'Red' }),
};

/** Variants of a product, for example its colors. */
export const variants = rows(
	'Variants',
	'Variants of the product, for example its colors, one row per variant. Leave empty for a product without variants.',
	{
		productCode: text('Variant Code', 'Code of the variant', { required: true, example: 'A001-R' }),
		productName: text('Variant Name', 'Name of the variant', { required: true }),
		attribute: rows('Attributes', 'Attributes of the variant, for example its color', attributeRowFields, {
			rowDisplayName: 'Attribute',
			required: true,
			isNested: true,
		}),
		prices: variantPrices,
		active,
		cost: number('Cost', 'Unit cost'),
		...productDetailFields,
	},
	{ rowDisplayName: 'Variant' },
);
