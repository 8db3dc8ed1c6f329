import type { ApiRequest } from '../../api/request/request';
import { extractList, type Entity, type Lookup, type OptionsSource } from '../../operation';
import { toText } from '../../shared/text';

/**
 * Request for the event types, shared by Get Types and the lists.
 * @see https://developer.gofive.co.th/api-13679783
 */
export const eventTypesRequest: ApiRequest = { method: 'GET', path: '/v1/customerEvent/event-types' };

/** A type of customer event, for example a meeting. Each company has its own list. */
export const eventTypeEntity: Entity = {
	pluralName: 'event types',
	columns: {
		eventTypeId: { displayName: 'Event Type ID', type: 'integer' },
		eventTypeName: { displayName: 'Event Type Name' },
	},
	keyColumns: ['eventTypeId'],
};

/** Names of the event types by ID. */
export const eventTypeLookup: Lookup = {
	request: eventTypesRequest,
	receive: (data) =>
		new Map(
			extractList(data, eventTypeEntity).map(({ eventTypeId, eventTypeName }) => [
				toText(eventTypeId),
				toText(eventTypeName),
			]),
		),
	failureHint:
		"The names of the event types could not be loaded from GoFive, so 'eventTypeName' is empty. All other data is complete.",
};

/** Source of the lists of event types in the forms. */
export const eventTypeOptions: OptionsSource = {
	method: 'getEventTypes',
	lookup: eventTypeLookup,
	errorDescription: "Enter the ID of an event type. The operation 'Get Types' lists them.",
};
