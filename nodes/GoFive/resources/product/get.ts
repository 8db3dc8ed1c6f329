import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { checkThe, productCode } from '../fields';
import { product } from './product';

/** GET /v2/products/{productCode} (page api-3597197, cut after two fields of the answer). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get product',
	description: 'Retrieve a product',
	effect: 'read',
	fields: { productCode: productCode('Code of the product to get', { wire: null }), output: output(product) },
	entity: product,
	record: 'productCode',
	ifNone: checkThe('code'),
	request: ({ productCode }) => ({ method: 'GET', path: `/v2/products/${pathPart(productCode)}` }),
});
