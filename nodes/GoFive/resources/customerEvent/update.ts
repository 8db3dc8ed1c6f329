import { defineOperation, notice, output } from '../../operation';
import { eventEntity } from './entity';
import { eventFields, eventId } from './fields';

/**
 * Updates a customer event: `PUT /v1/customerEvent/{eventId}`. It is inferred that the path ends with the ID.
 * @see https://developer.gofive.co.th/api-13678073
 */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update customer event',
	description: 'Update an event. All fields are required, including unchanged ones. The end of the path is inferred.',
	effect: 'write',
	fields: {
		allFields: notice('GoFive requires every field of the event, including those you are not changing.'),
		eventId: eventId(),
		...eventFields(
			'Details of the event. If you leave it empty, the field is not sent. It is not known whether GoFive then keeps or clears the existing text.',
		),
		output: output(eventEntity),
	},
	idField: 'eventId',
	request: (_values, body) => ({ method: 'PUT', path: '/v1/customerEvent/{eventId}', body }),
});
