import { recordsOf } from '../../api/answer/envelope';
import { output } from '../../operation/fields';
import { operation } from '../../operation/types';
import { eventType, eventTypesRequest } from './eventType';

/** GET /v1/customerEvent/event-types (page api-13679783). */
export const getTypes = operation({
	name: 'Get Types',
	value: 'getTypes',
	action: 'Get customer event types',
	description: 'Retrieve the event types of your company, with the IDs that other operations take',
	fields: { output: output(eventType) },
	options: ['ifNothingFound', 'timeout'],
	entity: eventType,
	request: () => eventTypesRequest,
	receive: (data) => recordsOf(data),
});
