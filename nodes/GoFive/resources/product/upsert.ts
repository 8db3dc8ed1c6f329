import { rejectInput } from '../../api/errors/goFiveError';
import {
	commaSeparated,
	defineOperation,
	multilineText,
	number,
	optionalBoolean,
	options,
	output,
	text,
	toOptions,
} from '../../operation';
import { additionalFields } from '../sharedFields';
import { productEntity } from './entity';
import { prices } from './prices';
import { active, productDetailFields, variants } from './variants';

const WARRANTY_PERIOD_UNITS = toOptions({ Days: 'd', Months: 'm', Years: 'y' });

const WEIGHT_UNITS = toOptions({ Gram: 'gram', Kilogram: 'kilogram' });

const { lowStockAlert, productBarcode, productDescription, productImage, qty } = productDetailFields;

/**
 * Creates or updates a product: `POST /v3/Products`. The response was not seen.
 * The meaning of the fields is taken from GoFive's C# sample. A request contains a single product.
 * @see https://developer.gofive.co.th/api-3590384
 */
export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update product',
	effect: 'write',
	fields: {
		productCode: text(
			'Product Code',
			'A product with this code is changed; if there is none, a new one is made. Leave it empty only for a product with variants, each of which has a code of its own.',
			{ example: 'A001' },
		),
		productName: text('Product Name', 'What the product is called', { required: true }),
		category: text('Category', 'Name of the main category; GoFive makes one that it does not know', { required: true }),
		productUnitName: text('Unit', "Name of a unit that exists in Venio; 'Get Units' lists them", {
			required: true,
			example: 'ชิ้น',
		}),
		cost: number('Cost', 'What one costs you; GoFive ignores it for a product with variants, so 0 will do there', {
			required: true,
		}),
		prices,
		active,
		visibility: optionalBoolean('Can Be Sold', 'Whether the product can be sold', { required: true }),
		trackInventory: optionalBoolean('Track Inventory', 'Whether GoFive keeps count of the stock', { required: true }),
		useWarranty: optionalBoolean('Has Warranty', 'Whether the product comes with a warranty', { required: true }),
		productVariant: variants,
		additionalFields: additionalFields({
			productBarcode,
			brandName: text('Brand', 'Name of the brand'),
			productDescription,
			productImage,
			lowStockAlert,
			qty,
			subCategory: text('Subcategory', 'Name of the category below the main one'),
			subSubCategory: text('Subcategory, Second Level', 'Name of the category below the subcategory', {
				bodyKey: 'sub_SubCategory',
			}),
			productTag: commaSeparated('Tags', 'Names of tags, with commas between them'),
			warrantyNote: multilineText('Warranty Note', 'What the warranty covers'),
			timeWarrantyValue: number('Warranty Period', 'How long the warranty lasts, in the unit of Warranty Period Unit', {
				min: 0,
				isInteger: true,
			}),
			timeWarrantyUnit: options('Warranty Period Unit', 'What Warranty Period counts', WARRANTY_PERIOD_UNITS),
			productWeight: number('Weight', 'Weight of one, in the unit of Weight Unit'),
			productWeightUnit: options('Weight Unit', 'What Weight is measured in', WEIGHT_UNITS),
		}),
		output: output(productEntity),
	},
	idField: 'productCode',
	request({ productCode, productVariant }, body) {
		if (productCode === undefined && productVariant.length === 0)
			rejectInput(
				"'Product Code' is empty",
				'GoFive needs the code of a product without variants. Fill it in, or add variants.',
			);
		return { method: 'POST', path: '/v3/Products', body: { products: [body] } };
	},
});
