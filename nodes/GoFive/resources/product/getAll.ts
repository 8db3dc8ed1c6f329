import { options, limit, defineOperation, output } from '../../operation';
import { filters } from '../sharedFields';
import { productEntity, PRODUCT_STATUSES, toStatusList } from './entity';

/** POST /v2/Products/GetProduct (page api-3597198): only its first rows can be asked for. A row of the answer was not seen. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	fields: {
		limit: limit(),
		filters: filters({ status: options('Status', 'Left out it means all products', PRODUCT_STATUSES) }),
		output: output(productEntity),
	},
	pages: { takeKey: 'take' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v2/Products/GetProduct',
		body: { status: toStatusList(filters.status) },
	}),
});
