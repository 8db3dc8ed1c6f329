import { defineWrite, type Entity } from '../../operation';
import { eventId } from './fields';

/** Confirmation that an event was deleted. */
const deletedEventEntity: Entity = {
	pluralName: 'deleted customer events',
	columns: {
		eventId: { displayName: 'Event ID', type: 'integer' },
		deleted: { displayName: 'Deleted', type: 'boolean' },
	},
};

/**
 * Deletes a customer event: `DELETE /v1/customerEvent/{eventId}`.
 * GoFive's documentation lists only the operation's name. Method and path are inferred.
 */
export const deleteEvent = defineWrite({
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer event',
	description: 'Delete a customer event',
	evidence: 'inferred',
	// Until a live check has confirmed the path, because a model may delete more than it is asked to.
	isHiddenFromTools: true,
	fields: { eventId: eventId() },
	entity: deletedEventEntity,
	idField: 'eventId',
	request: () => ({ method: 'DELETE', path: '/v1/customerEvent/{eventId}' }),
	receive: (_data, { eventId }) => [{ eventId, deleted: true }],
});
