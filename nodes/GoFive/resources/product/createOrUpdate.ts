import { failUnsent } from '../../api/words/failure';
import { choice, codes, longText, number, operation, output, text, texts, yesOrNo } from '../../operation';
import { additional } from '../fields';
import { prices } from './prices';
import { product } from './product';
import { active, details, variants } from './variants';

const PERIODS = codes({ Days: 'd', Months: 'm', Years: 'y' });

const WEIGHTS = codes({ Gram: 'gram', Kilogram: 'kilogram' });

const { lowStockAlert, productBarcode, productDescription, productImage, qty } = details;

/** POST /v3/Products (page api-3590384, meanings from GoFive's C# sample); an item is one product. The answer was not seen. */
export const createOrUpdate = operation({
	value: 'upsert',
	action: 'Create or update product',
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
		visibility: yesOrNo('Can Be Sold', 'Whether the product can be sold', { required: true }),
		trackInventory: yesOrNo('Track Inventory', 'Whether GoFive keeps count of the stock', { required: true }),
		useWarranty: yesOrNo('Has Warranty', 'Whether the product comes with a warranty', { required: true }),
		productVariant: variants,
		additionalFields: additional({
			productBarcode,
			brandName: text('Brand', 'Name of the brand'),
			productDescription,
			productImage,
			lowStockAlert,
			qty,
			subCategory: text('Subcategory', 'Name of the category below the main one'),
			subSubCategory: text('Subcategory, Second Level', 'Name of the category below the subcategory', {
				wire: 'sub_SubCategory',
			}),
			productTag: texts('Tags', 'Names of tags, with commas between them'),
			warrantyNote: longText('Warranty Note', 'What the warranty covers'),
			timeWarrantyValue: number('Warranty Period', 'How long the warranty lasts, in the unit of Warranty Period Unit', {
				min: 0,
				whole: true,
			}),
			timeWarrantyUnit: choice('Warranty Period Unit', 'What Warranty Period counts', PERIODS),
			productWeight: number('Weight', 'Weight of one, in the unit of Weight Unit'),
			productWeightUnit: choice('Weight Unit', 'What Weight is measured in', WEIGHTS),
		}),
		output: output(product),
	},
	record: 'productCode',
	request({ productCode, productVariant }, body) {
		if (productCode === undefined && productVariant.length === 0)
			failUnsent(
				"'Product Code' is empty",
				'GoFive needs the code of a product without variants. Fill it in, or add variants.',
			);
		return { method: 'POST', path: '/v3/Products', body: { products: [body] } };
	},
});
