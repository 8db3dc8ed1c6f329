import { output } from '../../operation/fields';
import { operation } from '../../operation/types';
import { event } from './event';
import { eventBody, eventFields, written } from './fields';

/** POST /v1/customerEvent (page api-13676424). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create customer event',
	description: 'Add an event to a customer',
	fields: { ...eventFields('More about the event; left out when empty'), output: output(event) },
	options: ['timeZone', 'timeout'],
	entity: event,
	record: 'customerCode',
	request: (values) => ({ method: 'POST', path: '/v1/customerEvent', body: eventBody(values) }),
	receive: (data, values) => written(data, values),
});
