import { pathPart } from '../../api/request/request';
import { operation, type Entity } from '../../operation';
import { eventId } from './fields';

/** What is left of an event that was deleted. */
const deletion: Entity = {
	plural: 'deleted customer events',
	columns: { eventId: { name: 'Event ID', type: 'integer' }, deleted: { name: 'Deleted', type: 'flag' } },
};

/** DELETE /v1/customerEvent/{eventId}: GoFive lists the operation by name only, so method and path are inferred. */
export const deleteEvent = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer event',
	description: 'Delete an event permanently. GoFive has not published this path.',
	fields: { eventId: eventId() },
	entity: deletion,
	record: 'eventId',
	request: ({ eventId }) => ({ method: 'DELETE', path: `/v1/customerEvent/${pathPart(eventId)}` }),
	receive: (_, { eventId }) => [{ eventId, deleted: true }],
});
