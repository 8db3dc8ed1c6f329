import { number, optionalBoolean, rows, text } from '../../operation';

const vatValue = number('VAT Rate', 'Percent of VAT on this price, such as 7');

const priceRowFields = {
	priceTierName: text('Price Tier', 'Name of a price tier, as it stands in Venio', {
		required: true,
		example: 'Standard',
	}),
	regularPrice: number('Regular Price', 'Price of one', { required: true }),
	salePrice: number('Sale Price', 'Reduced price of one'),
	vatValue,
	useDefaultVat: optionalBoolean('Default VAT', "Whether your company's usual VAT rate holds for this price"),
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
export const prices = rows(
	'Prices',
	'What the product costs, one line for each price tier',
	priceRowFields,
	priceRowSettings,
);

/** Prices of a variant. */
export const variantPrices = rows(
	'Prices',
	'What the variant costs, one line for each price tier',
	variantPriceRowFields,
	{ ...priceRowSettings, isNested: true },
);
