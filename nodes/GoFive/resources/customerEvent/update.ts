import { encodePathPart } from '../../api/request/request';
import { notice, defineOperation, output } from '../../operation';
import { eventEntity } from './entity';
import { eventFields, eventId } from './fields';

/** PUT /v1/customerEvent/{eventId} (page api-13678073; that the ID ends the path is inferred). */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update customer event',
	description: 'Change an event; GoFive needs all its fields, also unchanged ones',
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
