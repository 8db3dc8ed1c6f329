import { defineRead, output } from '../../operation';
import { notFoundHintFor, productCode } from '../sharedFields';
import { readProductEntity } from './entity';

/**
 * Retrieves a product: `GET /v2/products/{productCode}`.
 * Our copy of the page is cut after two fields of the response.
 * @see https://developer.gofive.co.th/api-3597197
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get product',
	description: 'Retrieve a product by its code',
	fields: {
		productCode: productCode('Code of the product to retrieve', { bodyKey: null }),
		output: output(readProductEntity),
	},
	idField: 'productCode',
	notFoundDescription: notFoundHintFor('code'),
	request: () => ({ method: 'GET', path: '/v2/products/{productCode}' }),
});
