import { defineRead, output } from '../../operation';
import { notFoundHintFor } from '../sharedFields';
import { readDealEntity } from './entity';
import { dealId } from './fields';

/**
 * Retrieves a deal: `GET /v1/Deals/{id}`.
 * GoFive's documentation lists only the operation's name. The path is taken from the 2021 partner portal.
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get deal',
	description: 'Retrieve a deal by its ID',
	evidence: 'legacy',
	fields: { dealId: dealId(), output: output(readDealEntity) },
	idField: 'dealId',
	notFoundDescription: notFoundHintFor('ID'),
	request: () => ({ method: 'GET', path: '/v1/Deals/{dealId}' }),
});
