import { commaSeparated, multilineText, number, optionalBoolean, rows, text } from '../../operation';
import { variantPrices } from './prices';

/** Whether a product or a variant is in use. */
export const active = optionalBoolean('Active', 'Whether it is in use', { required: true });

/** Fields that products and variants share, in the order of their names. */
export const productDetailFields = {
	productBarcode: text('Barcode', 'Number of the barcode', { example: '8850000000017' }),
	productDescription: multilineText('Description', 'What the product is'),
	productImage: commaSeparated('Image URLs', 'Addresses of pictures that anybody can open, with commas between them', {
		example: 'https://example.com/a.jpg',
	}),
	lowStockAlert: number('Low Stock Alert', 'GoFive warns when the stock falls to it', { isInteger: true }),
	qty: number('Quantity', 'How many are in stock', { isInteger: true }),
};

const attributeRowFields = {
	attributeName: text('Attribute', 'Name of an attribute that exists in Venio', { required: true, example: 'Color' }),
	attributeValueName: text('Value', 'Value that the attribute has in Venio', { required: true, example: 'Red' }),
};

/** Variants of a product, for example its colors. */
export const variants = rows(
	'Variants',
	'One line for each variant, such as a color or a size; empty for a product without variants',
	{
		productCode: text('Variant Code', 'Code of the variant', { required: true, example: 'A001-R' }),
		productName: text('Variant Name', 'What the variant is called', { required: true }),
		attribute: rows('Attributes', 'What makes this variant different, such as its color', attributeRowFields, {
			rowDisplayName: 'Attribute',
			required: true,
			isNested: true,
		}),
		prices: variantPrices,
		active,
		cost: number('Cost', 'What one costs you'),
		...productDetailFields,
	},
	{ rowDisplayName: 'Variant' },
);
