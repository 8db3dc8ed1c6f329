import { encodePathPart } from '../../api/request/request';
import { defineOperation, type Entity } from '../../operation';
import { eventId } from './fields';

/** Confirmation that an event was deleted. */
const deletedEventEntity: Entity = {
	pluralName: 'deleted customer events',
	columns: {
		eventId: { displayName: 'Event ID', type: 'integer', fromInput: 'eventId' },
		deleted: { displayName: 'Deleted', type: 'flag' },
	},
};

/** DELETE /v1/customerEvent/{eventId}: GoFive lists the operation by name only, so method and path are inferred. */
export const deleteEvent = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer event',
	description: 'Delete an event permanently. GoFive has not published this path.',
	fields: { eventId: eventId() },
	entity: deletedEventEntity,
	idField: 'eventId',
	request: ({ eventId }) => ({ method: 'DELETE', path: `/v1/customerEvent/${encodePathPart(eventId)}` }),
	receive: (_, { eventId }) => [{ eventId, deleted: true }],
});
