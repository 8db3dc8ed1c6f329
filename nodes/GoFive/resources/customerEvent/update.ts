import { defineOperation, output } from '../../operation';
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
	description:
		"Update an event. Fill in all required fields, including fields that you do not change. Test this operation first, because GoFive's documentation does not show its whole path.",
	effect: 'write',
	mayClearFields: 'eventId',
	fields: {
		eventId: eventId(),
		...eventFields(
			'Details of the event. An empty field is not sent, and it is not known whether GoFive then keeps or clears the existing text. To be safe, enter the existing text again.',
		),
		output: output(eventEntity),
	},
	idField: 'eventId',
	request: (_values, body) => ({ method: 'PUT', path: '/v1/customerEvent/{eventId}', body }),
});
