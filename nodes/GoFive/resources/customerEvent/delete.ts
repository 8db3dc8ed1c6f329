import { pathPart } from '../../api/request/request';
import { operation } from '../../operation/types';
import { eventId } from './fields';

/** DELETE /v1/customerEvent/{eventId}: GoFive lists the operation by name only, so method and path are inferred. */
export const deleteEvent = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer event',
	description: 'Delete an event permanently',
	fields: { eventId: eventId() },
	options: ['timeout'],
	record: 'eventId',
	request: ({ eventId }) => ({ method: 'DELETE', path: `/v1/customerEvent/${pathPart(eventId)}` }),
	receive: () => [{ deleted: true }],
});
