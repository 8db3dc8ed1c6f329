import { encodePathPart } from '../../api/request/request';
import { defineOperation, output } from '../../operation';
import { dealEntity } from './entity';
import { dealId } from './fields';
import { notFoundHintFor } from '../sharedFields';

/** GET /v1/Deals/{id}: GoFive lists the operation by name only; the path is that of its older portal. */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get deal',
	description: 'Retrieve one deal. GoFive has not published this path.',
	fields: { dealId: dealId(), output: output(dealEntity) },
	idField: 'dealId',
	notFoundHint: notFoundHintFor('ID'),
	request: ({ dealId }) => ({ method: 'GET', path: `/v1/Deals/${encodePathPart(dealId)}` }),
});
