import { yesOrNo } from '../../operation/fields/choice';
import { lines } from '../../operation/fields/lines';
import { texts } from '../../operation/fields/several';
import { number, text } from '../../operation/fields/simple';
import { variantPrices } from './prices';

/** Whether a product, or a variant, is in use. */
export const active = yesOrNo('Active', { required: true, description: 'Whether it is in use' });

/** What a product and each of its variants may have, in the order of their names. */
export const details = {
	productBarcode: text('Barcode', { placeholder: 'e.g. 8850000000017', description: 'Number of the barcode' }),
	productDescription: text('Description', { typeOptions: { rows: 3 }, description: 'What the product is' }),
	productImage: texts('Image URLs', {
		placeholder: 'e.g. https://example.com/a.jpg',
		description: 'Addresses of pictures that anybody can open, with commas between them',
	}),
	lowStockAlert: number('Low Stock Alert', { whole: true, description: 'GoFive warns when the stock falls to it' }),
	qty: number('Quantity', { whole: true, description: 'How many are in stock' }),
};

const attribute = {
	attributeName: text('Attribute', {
		required: true,
		placeholder: 'e.g. Color',
		description: 'Name of an attribute that exists in Venio',
	}),
	attributeValueName: text('Value', {
		required: true,
		placeholder: 'e.g. Red',
		description: 'Value that the attribute has in Venio',
	}),
};

/** The variants of a product, such as its colors. */
export const variants = lines(
	'Variants',
	{
		productCode: text('Variant Code', {
			required: true,
			placeholder: 'e.g. A001-R',
			description: 'Code of the variant',
		}),
		productName: text('Variant Name', { required: true, description: 'What the variant is called' }),
		attribute: lines('Attributes', attribute, {
			line: 'Attribute',
			required: true,
			nested: true,
			description: 'What makes this variant different, such as its color',
		}),
		prices: variantPrices,
		active,
		cost: number('Cost', { description: 'What one costs you' }),
		...details,
	},
	{
		line: 'Variant',
		wire: 'productVariant',
		description: 'One line for each variant, such as a color or a size; empty for a product without variants',
	},
);
