import { defineList, limit, options, output } from '../../operation';
import { filters, notFoundHintFor } from '../sharedFields';
import { PRODUCT_STATUSES, readProductEntity, toStatusList } from './entity';

/**
 * Retrieves products: `POST /v2/Products/GetProduct`. The endpoint can limit records but not skip any.
 * A row of the response was not seen.
 * @see https://developer.gofive.co.th/api-3597198
 */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	fields: {
		limit: limit(),
		filters: filters({
			status: options('Status', 'Status of the products. Defaults to active and inactive.', PRODUCT_STATUSES),
		}),
		output: output(readProductEntity),
	},
	notFoundDescription: notFoundHintFor("filter 'Status'"),
	pages: { takeKey: 'take' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v2/Products/GetProduct',
		body: { status: toStatusList(filters.status) },
	}),
});
