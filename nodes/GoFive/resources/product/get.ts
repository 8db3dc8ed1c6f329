import { encodePathPart } from '../../api/request/request';
import { defineOperation, output } from '../../operation';
import { notFoundHintFor, productCode } from '../sharedFields';
import { productEntity } from './entity';

/** GET /v2/products/{productCode} (page api-3597197, cut after two fields of the answer). */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get product',
	description: 'Retrieve a product',
	fields: { productCode: productCode('Code of the product to get', { bodyKey: null }), output: output(productEntity) },
	idField: 'productCode',
	notFoundHint: notFoundHintFor('code'),
	request: ({ productCode }) => ({ method: 'GET', path: `/v2/products/${encodePathPart(productCode)}` }),
});
