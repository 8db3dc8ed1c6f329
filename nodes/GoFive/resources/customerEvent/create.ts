import { defineOperation, output } from '../../operation';
import { eventEntity } from './entity';
import { eventFields } from './fields';

/**
 * Creates a customer event: `POST /v1/customerEvent`.
 * @see https://developer.gofive.co.th/api-13676424
 */
export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create customer event',
	description: 'Add an event to a customer',
	effect: 'write',
	fields: { ...eventFields('More about the event; left out when empty'), output: output(eventEntity) },
	idField: 'customerCode',
	request: (_values, body) => ({ method: 'POST', path: '/v1/customerEvent', body }),
});
