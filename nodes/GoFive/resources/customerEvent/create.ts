import { defineWrite, output } from '../../operation';
import { eventEntity } from './entity';
import { eventFields } from './fields';

/**
 * Creates a customer event: `POST /v1/customerEvent`.
 * @see https://developer.gofive.co.th/api-13676424
 */
export const create = defineWrite({
	name: 'Create',
	value: 'create',
	action: 'Create customer event',
	description: 'Create a past or planned customer event, for example a call or a meeting',
	fields: {
		...eventFields('Details of the event. An empty field is not sent.'),
		output: output(eventEntity),
	},
	idField: 'customerCode',
	request: (_values, body) => ({ method: 'POST', path: '/v1/customerEvent', body }),
});
