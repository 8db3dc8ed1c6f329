import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { deal } from './deal';
import { dealId } from './fields';
import { checkThe } from '../fields';

/** GET /v1/Deals/{id}: GoFive lists the operation by name only; the path is that of its older portal. */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get deal',
	description: 'Retrieve one deal. GoFive has not published this path.',
	fields: { dealId: dealId(), output: output(deal) },
	record: 'dealId',
	ifNone: checkThe('ID'),
	request: ({ dealId }) => ({ method: 'GET', path: `/v1/Deals/${pathPart(dealId)}` }),
});
