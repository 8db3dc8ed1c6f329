import { NOTHING_SENT, Failure } from '../../api/words/failure';
import { choice, yesOrNo } from '../../operation/fields/choice';
import { output } from '../../operation/fields/output';
import { texts } from '../../operation/fields/several';
import { number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { additional } from '../fields';
import { prices } from './prices';
import { product } from './product';
import { active, details, variants } from './variants';

const PERIODS = [
	{ name: 'Days', value: 'd' },
	{ name: 'Months', value: 'm' },
	{ name: 'Years', value: 'y' },
] as const;

const WEIGHTS = [
	{ name: 'Gram', value: 'gram' },
	{ name: 'Kilogram', value: 'kilogram' },
] as const;

const { lowStockAlert, productBarcode, productDescription, productImage, qty } = details;

/** POST /v3/Products (page api-3590384, meanings from GoFive's C# sample); an item is one product. The answer was not seen. */
export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update product',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: {
		productCode: text('Product Code', {
			placeholder: 'e.g. A001',
			description:
				'A product with this code is changed; if there is none, a new one is made. Leave it empty only for a product with variants, each of which has a code of its own.',
		}),
		productName: text('Product Name', { required: true, description: 'What the product is called' }),
		category: text('Category', {
			required: true,
			description: 'Name of the main category; GoFive makes one that it does not know',
		}),
		productUnitName: text('Unit', {
			required: true,
			placeholder: 'e.g. ชิ้น',
			description: "Name of a unit that exists in Venio; 'Get Units' lists them",
		}),
		cost: number('Cost', {
			required: true,
			description: 'What one costs you; GoFive ignores it for a product with variants, so 0 will do there',
		}),
		prices,
		active,
		visibility: yesOrNo('Can Be Sold', { required: true, description: 'Whether the product can be sold' }),
		trackInventory: yesOrNo('Track Inventory', {
			required: true,
			description: 'Whether GoFive keeps count of the stock',
		}),
		useWarranty: yesOrNo('Has Warranty', { required: true, description: 'Whether the product comes with a warranty' }),
		productVariant: variants,
		additionalFields: additional({
			productBarcode,
			brandName: text('Brand', { description: 'Name of the brand' }),
			productDescription,
			productImage,
			lowStockAlert,
			qty,
			subCategory: text('Subcategory', { description: 'Name of the category below the main one' }),
			subSubCategory: text('Subcategory, Second Level', {
				wire: 'sub_SubCategory',
				description: 'Name of the category below the subcategory',
			}),
			productTag: texts('Tags', { description: 'Names of tags, with commas between them' }),
			warrantyNote: text('Warranty Note', { typeOptions: { rows: 3 }, description: 'What the warranty covers' }),
			timeWarrantyValue: number('Warranty Period', {
				min: 0,
				whole: true,
				description: 'How long the warranty lasts, in the unit of Warranty Period Unit',
			}),
			timeWarrantyUnit: choice('Warranty Period Unit', PERIODS, { description: 'What Warranty Period counts' }),
			productWeight: number('Weight', { description: 'Weight of one, in the unit of Weight Unit' }),
			productWeightUnit: choice('Weight Unit', WEIGHTS, { description: 'What Weight is measured in' }),
		}),
		output: output(product),
	},
	entity: product,
	record: 'productCode',
	request({ productCode, productVariant }, body) {
		if (productCode === undefined && productVariant.length === 0) {
			throw new Failure({
				message: "'Product Code' is empty",
				description: `GoFive needs the code of a product without variants. Fill it in, or add variants. ${NOTHING_SENT}`,
			});
		}
		return { method: 'POST', path: '/v3/Products', body: { products: [body] } };
	},
});
