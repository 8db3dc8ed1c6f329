import { defineUpdate, optionalBoolean, output } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { changedFields, MODIFICATION_KEYS, preview, productCode } from '../sharedFields';
import { currentProductValues } from './currentProduct';
import { productEntity } from './entity';
import { optionalProductFields, productFields } from './fields';
import { get } from './get';
import { changedPrices } from './prices';

/**
 * Changes some fields of a product: `GET /v2/products/{productCode}`, then `POST /v3/Products` with all values.
 * It is not known whether GoFive keeps the values that a request omits.
 * @see https://developer.gofive.co.th/api-3590384
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update product',
	description: 'Change some fields of a product, for example a price',
	fields: {
		productCode: productCode('Code of the product to update', { bodyKey: null }),
		updateFields: changedFields({
			...productFields(),
			...optionalProductFields,
			active: optionalBoolean('Active', 'Whether the product is active'),
			prices: changedPrices,
		}),
		preview: preview(),
		output: output(toUpdatedEntity(productEntity, ['productCode', 'productName'])),
	},
	idField: 'productCode',
	current: { operation: get, values: currentProductValues, setByGoFive: MODIFICATION_KEYS },
	request: (_values, body) => ({ method: 'POST', path: '/v3/Products', body: { products: [body] } }),
});
