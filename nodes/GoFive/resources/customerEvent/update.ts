import { encodePathPart } from '../../api/request/request';
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
	description: 'Change an event; GoFive needs all its fields, also unchanged ones',
	effect: 'write',
	fields: {
		allFields: notice('GoFive wants all fields of the event again, also those that stay as they are.'),
		eventId: eventId(),
		...eventFields(
			'More about the event. Left empty it is not sent; whether GoFive then keeps the old text or clears it is not known.',
		),
		output: output(eventEntity),
	},
	idField: 'eventId',
	request: ({ eventId }, body) => ({ method: 'PUT', path: `/v1/customerEvent/${encodePathPart(eventId)}`, body }),
});
