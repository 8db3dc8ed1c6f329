import { lines, number, text, yesOrNo } from '../../operation';

const vatValue = number('VAT Rate', 'Percent of VAT on this price, such as 7');

const price = {
	priceTierName: text('Price Tier', 'Name of a price tier, as it stands in Venio', {
		required: true,
		example: 'Standard',
	}),
	regularPrice: number('Regular Price', 'Price of one', { required: true }),
	salePrice: number('Sale Price', 'Reduced price of one'),
	vatValue,
	useDefaultVat: yesOrNo('Default VAT', "Whether your company's usual VAT rate holds for this price"),
};

/** The page's example has `vat` here and `vatValue` everywhere else; both are sent, and GoFive takes the one that it knows. */
const variantPrice = {
	...price,
	vatValue: {
		...vatValue,
		body: (rate: number | undefined) => (rate === undefined ? {} : { vatValue: rate, vat: rate }),
	},
};

const about = { line: 'Price', required: true } as const;

/** What a product costs. */
export const prices = lines('Prices', 'What the product costs, one line for each price tier', price, about);

/** What a variant costs. */
export const variantPrices = lines('Prices', 'What the variant costs, one line for each price tier', variantPrice, {
	...about,
	nested: true,
});
