import { rejectInput } from '../../api/errors';
import {
	commaSeparated,
	defineOperation,
	multilineText,
	number,
	optionalBoolean,
	options,
	output,
	resourceLocator,
	text,
	toOptions,
} from '../../operation';
import { additionalFields } from '../sharedFields';
import { productEntity } from './entity';
import { prices } from './prices';
import { productUnitList } from './unit';
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
	mayClearFields: 'productCode',
	fields: {
		productCode: text(
			'Product Code',
			'Code of the product to update or, if no product has this code, to create. Leave empty only for a product with variants, because each variant has its own code.',
			{
				example: 'A001',
				rejectsEmptyExpression: true,
				emptyExpressionAdvice: 'For a product with variants, remove the expression and leave the field empty.',
			},
		),
		productName: text('Product Name', 'Name of the product', { required: true }),
		category: text('Category', 'Main category. GoFive creates the category if it does not exist.', { required: true }),
		productUnitName: resourceLocator('Unit', 'Name of an existing unit', productUnitList, {
			required: true,
			example: 'Piece',
		}),
		cost: number('Cost', 'Unit cost. For a product with variants, enter 0, because GoFive ignores the value.', {
			required: true,
		}),
		prices,
		active,
		visibility: optionalBoolean('Can Be Sold', 'Whether the product can be sold', { required: true }),
		trackInventory: optionalBoolean('Track Inventory', 'Whether GoFive tracks the stock', { required: true }),
		useWarranty: optionalBoolean('Has Warranty', 'Whether the product has a warranty', { required: true }),
		productVariant: variants,
		additionalFields: additionalFields({
			productBarcode,
			brandName: text('Brand', 'Name of the brand'),
			productDescription,
			productImage,
			lowStockAlert,
			qty,
			subSubCategory: text('Second-Level Subcategory', 'Name of the category below the subcategory', {
				bodyKey: 'sub_SubCategory',
			}),
			subCategory: text('Subcategory', 'Name of the category below the main category'),
			productTag: commaSeparated('Tags', 'Comma-separated tags'),
			warrantyNote: multilineText('Warranty Note', 'Terms of the warranty'),
			timeWarrantyValue: number(
				'Warranty Period',
				"Length of the warranty, in the unit selected in 'Warranty Period Unit'",
				{ min: 0, isInteger: true },
			),
			timeWarrantyUnit: options('Warranty Period Unit', 'Unit of the warranty period', WARRANTY_PERIOD_UNITS),
			productWeight: number('Weight', "Weight of one unit, in the unit selected in 'Weight Unit'"),
			productWeightUnit: options('Weight Unit', 'Unit of the weight', WEIGHT_UNITS),
		}),
		output: output(productEntity),
	},
	idField: 'productCode',
	nameField: 'productName',
	validate({ productCode, productVariant }) {
		if (productCode === undefined && productVariant.length === 0)
			rejectInput(
				"'Product Code' is empty",
				'GoFive requires a code for a product without variants. Enter the code, or add variants.',
			);
	},
	request: (_values, body) => ({ method: 'POST', path: '/v3/Products', body: { products: [body] } }),
});
