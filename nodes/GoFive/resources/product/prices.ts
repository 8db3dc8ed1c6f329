import { number, optionalBoolean, rows, text } from '../../operation';

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
export const variantPrices = rows('Prices', 'Prices of the variant, one row per price tier', variantPriceRowFields, {
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
