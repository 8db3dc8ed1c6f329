import { defineWrite, fieldsToClear, output } from '../../operation';
import { eventEntity } from './entity';
import { eventFields, eventId } from './fields';

const fields = eventFields('Details of the event. To be sure that GoFive keeps the existing text, enter it again.');

/**
 * Updates a customer event: `PUT /v1/customerEvent/{eventId}`. It is inferred that the path ends with the ID.
 * @see https://developer.gofive.co.th/api-13678073
 */
export const update = defineWrite({
	name: 'Update',
	value: 'update',
	action: 'Update customer event',
	description: 'Update a customer event. Fill in all required fields, including fields that you do not change.',
	fields: {
		eventId: eventId(),
		...fields,
		fieldsToClear: fieldsToClear({ description: fields.description }),
		output: output(eventEntity),
	},
	idField: 'eventId',
	request(_values, body) {
		// The page shows a text, so a cleared description is an empty one.
		const description = body['description'] === null ? { description: '' } : {};
		return { method: 'PUT', path: '/v1/customerEvent/{eventId}', body: { ...body, ...description } };
	},
});
