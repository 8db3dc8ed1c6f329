import { defineOperation, number, output, type Entity } from '../../operation';
import { productCode } from '../sharedFields';

/** Stock of a product, as GoFive confirms it. */
const stockEntity: Entity = {
	pluralName: 'stocks of products',
	columns: {
		productCode: { displayName: 'Product Code', fromInput: 'productCode', notNull: true },
		qty: { displayName: 'Quantity', type: 'number', fromInput: 'qty', notNull: true },
		isSuccess: { displayName: 'Updated', type: 'boolean' },
	},
	keyColumns: ['productCode'],
};

/**
 * Updates the stock of products: `PUT /v1/products/stock`.
 * A request contains several products, the response a row for each.
 * @see https://developer.gofive.co.th/api-9077337
 */
export const updateStock = defineOperation({
	name: 'Update Stock',
	value: 'updateStock',
	action: 'Update product stock',
	description: 'Send the stock of a product to GoFive; inactive products too. Many items go in one call.',
	effect: 'write',
	fields: {
		productCode: productCode('Code of the product whose stock to send'),
		qty: number(
			'Quantity',
			"How many are in stock now. GoFive's page does not say whether this replaces the old quantity or is added to it.",
			{ required: true, hint: 'Try it with one product first: GoFive may replace the old quantity, or add to it' },
		),
		output: output(stockEntity),
	},
	idField: 'productCode',
	batch: { size: 100, keyField: 'productCode', pluralName: 'products' },
	request: (_values, body) => ({ method: 'PUT', path: '/v1/products/stock', body: [body], expectsRowResults: true }),
});
