import { yesOrNo } from '../../operation/fields/choice';
import { lines } from '../../operation/fields/lines';
import { number, text } from '../../operation/fields/simple';

const vatValue = number('VAT Rate', { description: 'Percent of VAT on this price, such as 7' });

const price = {
	priceTierName: text('Price Tier', {
		required: true,
		placeholder: 'e.g. Standard',
		description: 'Name of a price tier, as it stands in Venio',
	}),
	regularPrice: number('Regular Price', { required: true, description: 'Price of one' }),
	salePrice: number('Sale Price', { description: 'Reduced price of one' }),
	vatValue,
	useDefaultVat: yesOrNo('Default VAT', { description: "Whether your company's usual VAT rate holds for this price" }),
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
export const prices = lines('Prices', price, {
	...about,
	description: 'What the product costs, one line for each price tier',
});

/** What a variant costs. */
export const variantPrices = lines('Prices', variantPrice, {
	...about,
	nested: true,
	description: 'What the variant costs, one line for each price tier',
});
