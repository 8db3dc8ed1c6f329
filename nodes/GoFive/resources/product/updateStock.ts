import { defineBatch, number, output, type Entity } from '../../operation';
import { productCode } from '../sharedFields';

/** Stock of a product, as GoFive confirms it. */
const stockEntity: Entity = {
	pluralName: 'stock levels',
	columns: {
		productCode: { displayName: 'Product Code' },
		qty: { displayName: 'Quantity', type: 'number' },
		isSuccess: { displayName: 'Updated', type: 'boolean' },
	},
	keyColumns: ['productCode'],
};

/**
 * Updates the stock of products: `PUT /v1/products/stock`.
 * A request contains several products, the response a row for each.
 * @see https://developer.gofive.co.th/api-9077337
 */
export const updateStock = defineBatch({
	name: 'Update Stock',
	value: 'updateStock',
	action: 'Update product stock',
	description: 'Update the stock of products, including inactive products. Up to 100 items are sent per request.',
	fields: {
		productCode: productCode('Code of the product whose stock you want to update'),
		qty: number('Quantity', 'Quantity in stock', {
			required: true,
			hint: 'GoFive may replace the quantity or add to it. Test with one product first.',
		}),
		output: output(stockEntity),
	},
	idField: 'productCode',
	batchSize: 100,
	request: (_values, body) => ({ method: 'PUT', path: '/v1/products/stock', body: [body], expectsRowResults: true }),
});
