import { defineWrite, output } from '../../operation';
import { eventEntity } from './entity';
import { eventCustomerCode, optionalEventFields, requiredEventFields } from './fields';

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
		customerCode: eventCustomerCode(),
		...requiredEventFields({ required: true }),
		...optionalEventFields,
		output: output(eventEntity),
	},
	idField: 'customerCode',
	request: (_values, body) => ({ method: 'POST', path: '/v1/customerEvent', body }),
});
