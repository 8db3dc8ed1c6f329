import {
	commaSeparated,
	multilineText,
	number,
	optionalBoolean,
	options,
	resourceLocator,
	text,
	toOptions,
} from '../../operation';
import { productUnitList } from './unit';
import { productDetailFields } from './variants';

const WARRANTY_PERIOD_UNITS = toOptions({ Days: 'd', Months: 'm', Years: 'y' });

const WEIGHT_UNITS = toOptions({ Gram: 'gram', Kilogram: 'kilogram' });

const { lowStockAlert, productBarcode, productDescription, productImage, qty } = productDetailFields;

/** Creates the fields that GoFive requires, apart from the prices. In an update, they are optional. */
export const productFields = (settings: { required?: true } = {}) => ({
	productName: text('Product Name', 'Name of the product', settings),
	category: text('Category', 'Main category. GoFive creates the category if it does not exist.', settings),
	productUnitName: resourceLocator('Unit', 'Name of an existing unit', productUnitList, {
		...settings,
		example: 'Piece',
	}),
	cost: number(
		'Cost',
		`Unit cost. ${settings.required ? 'For a product with variants, enter 0' : 'Do not add it to a product with variants'}, because GoFive ignores the value.`,
		settings,
	),
	canBeSold: optionalBoolean('Can Be Sold', 'Whether the product can be sold', { ...settings, bodyKey: 'visibility' }),
	trackInventory: optionalBoolean('Track Inventory', 'Whether GoFive tracks the stock', settings),
	useWarranty: optionalBoolean('Has Warranty', 'Whether the product has a warranty', settings),
});

/** Optional fields of a product, in the order of their names. */
export const optionalProductFields = {
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
};
