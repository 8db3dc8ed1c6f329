import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields';
import { operation } from '../../operation/types';
import { event } from './event';
import { eventBody, eventFields, eventId, written } from './fields';

/** PUT /v1/customerEvent/{eventId} (page api-13678073; that the ID ends the path is inferred). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update customer event',
	description: 'Change an event; GoFive needs all its fields, also unchanged ones',
	fields: {
		eventId: eventId(),
		...eventFields(
			'More about the event. Left empty it is not sent; whether GoFive then keeps the old text or clears it is not known.',
		),
		output: output(event),
	},
	options: ['timeZone', 'timeout'],
	entity: event,
	record: 'eventId',
	request: ({ eventId, ...values }) => ({
		method: 'PUT',
		path: `/v1/customerEvent/${pathPart(eventId)}`,
		body: eventBody(values),
	}),
	receive: (data, values) => written(data, values, values.eventId),
});
