import { choice, limit, operation, output } from '../../operation';
import { filters } from '../fields';
import { product, STATUSES, statusesOf } from './product';

/** POST /v2/Products/GetProduct (page api-3597198): only its first rows can be asked for. A row of the answer was not seen. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	fields: {
		limit: limit(),
		filters: filters({ status: choice('Status', 'Left out it means all products', STATUSES) }),
		output: output(product),
	},
	pages: { take: 'take' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v2/Products/GetProduct',
		body: { status: statusesOf(filters.status) },
	}),
});
