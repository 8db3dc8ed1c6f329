import {
	commaSeparated,
	lineSeparated,
	multilineText,
	number,
	optionalBoolean,
	options,
	resourceLocator,
	rows,
	text,
	toOptions,
} from '../../operation';
import { productUnitList } from './getUnits';

const vatValue = number('VAT Rate', 'VAT rate in percent', { example: '7' });

const NOT_NEGATIVE = { min: 0 };

const DEFAULT_VAT_DESCRIPTION = "Whether to apply your company's default VAT rate to this price";

const priceRowFields = {
	priceTierName: text('Price Tier', 'Name of a price tier as shown in Venio', { required: true, example: 'Standard' }),
	regularPrice: number('Regular Price', 'Unit price', { ...NOT_NEGATIVE, required: true }),
	salePrice: number('Sale Price', 'Reduced unit price', NOT_NEGATIVE),
	vatValue,
	useDefaultVat: optionalBoolean('Default VAT', DEFAULT_VAT_DESCRIPTION),
};

/**
 * Inputs of a variant's price. The page's example has `vat` here and `vatValue` elsewhere, so both keys are sent.
 */
const variantPriceRowFields = {
	...priceRowFields,
	vatValue: {
		...vatValue,
		toBody: (rate: number | undefined) => (rate === undefined ? {} : { vatValue: rate, vat: rate }),
	},
};

const priceRowSettings = { rowDisplayName: 'Price', required: true } as const;

/** Prices of a product. */
export const prices = rows('Prices', 'Prices of the product, one row per price tier', priceRowFields, priceRowSettings);

/** Prices of a variant. */
const variantPrices = rows('Prices', 'Prices of the variant, one row per price tier', variantPriceRowFields, {
	...priceRowSettings,
	isNested: true,
});

/** Prices that an update changes. A row changes the price tier with its name, and only the inputs that are filled in. */
export const changedPrices = rows(
	'Prices',
	'Prices to change, one row per price tier. Price tiers without a row, and empty inputs of a row, stay as they are.',
	{
		...priceRowFields,
		priceTierName: text('Price Tier', 'Existing price tier of the product. Leave empty if the product has only one.', {
			example: 'Standard',
		}),
		regularPrice: number('Regular Price', 'New unit price', NOT_NEGATIVE),
		salePrice: number('Sale Price', 'New reduced unit price. Leave empty to keep the current one.', NOT_NEGATIVE),
		vatValue: number('VAT Rate', 'New VAT rate in percent. Leave empty to keep the current one.', { example: '7' }),
		useDefaultVat: optionalBoolean('Default VAT', DEFAULT_VAT_DESCRIPTION, { emptyOptionName: 'Unchanged' }),
	},
	{ rowDisplayName: 'Price', isNested: true },
);

/** Whether a product or a variant is in use. */
export const active = optionalBoolean('Active', 'Whether the product or variant is active', { required: true });

/** Fields that products and variants share, in the order of their names. */
const productDetailFields = {
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
	productTag: commaSeparated('Tags', 'Comma-separated tags, which probably replace the current ones'),
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
