import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { checkThe, productCode } from '../fields';
import { product } from './product';

/** GET /v2/products/{productCode} (page api-3597197, cut after two fields of the answer). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get product',
	description: 'Retrieve a product',
	fields: { productCode: productCode('Code of the product to get', { wire: null }), output: output(product) },
	record: 'productCode',
	ifNone: checkThe('code'),
	request: ({ productCode }) => ({ method: 'GET', path: `/v2/products/${pathPart(productCode)}` }),
});
