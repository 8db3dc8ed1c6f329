import { choice } from '../../operation/fields/choice';
import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { filters } from '../fields';
import { product, STATUSES, statusesOf } from './product';

/** POST /v2/Products/GetProduct (page api-3597198): only its first rows can be asked for. A row of the answer was not seen. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	effect: 'read',
	fields: {
		limit: limit(),
		filters: filters({ status: choice('Status', STATUSES, { description: 'Left out it means all products' }) }),
		output: output(product),
	},
	entity: product,
	pages: { take: 'take' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v2/Products/GetProduct',
		body: { status: statusesOf(filters.status) },
	}),
});
