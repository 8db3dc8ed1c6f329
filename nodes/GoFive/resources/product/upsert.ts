import { rejectInput } from '../../api/errors';
import { defineWrite, output, text } from '../../operation';
import { additionalFields, withLookupLink } from '../sharedFields';
import { productEntity } from './entity';
import { active, optionalProductFields, prices, productFields, variants } from './fields';
const { productName, category, productUnitName, cost, ...requiredFlags } = productFields({ required: true });
const requiredProductFields = { productName, category, productUnitName, cost };

/**
 * Creates or updates a product: `POST /v3/Products`. The response was not seen.
 * The meaning of the fields is taken from GoFive's C# sample. A request contains a single product.
 * @see https://developer.gofive.co.th/api-3590384
 */
export const upsert = defineWrite({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update product',
	fields: {
		productCode: text(
			'Product Code',
			withLookupLink(
				'Code of the product to create or update (empty for a product with variants, because each variant has its own code)',
			),
			{
				example: 'A001',
				rejectsEmptyExpression: true,
				emptyExpressionAdvice: 'For a product with variants, remove the expression and leave the field empty.',
			},
		),
		...requiredProductFields,
		prices,
		active,
		...requiredFlags,
		productVariant: variants,
		additionalFields: additionalFields(optionalProductFields, 'Product > Update'),
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
