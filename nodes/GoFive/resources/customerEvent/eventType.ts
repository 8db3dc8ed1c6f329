import { toRecords } from '../../api/response/envelope';
import type { ApiRequest } from '../../api/request/request';
import type { Entity, LoadedList, Lookup } from '../../operation';
import { toText } from '../../shared/text';

/** GET /v1/customerEvent/event-types (page api-13679783). */
export const eventTypesRequest: ApiRequest = { method: 'GET', path: '/v1/customerEvent/event-types' };

/** A type of customer event, for example a meeting. Each company has its own list. */
export const eventTypeEntity: Entity = {
	pluralName: 'event types',
	columns: {
		eventTypeId: { displayName: 'Event Type ID', type: 'integer' },
		eventTypeName: { displayName: 'Event Type Name', type: 'text' },
	},
	keyColumns: ['eventTypeId'],
};

/** Names of the event types by id. */
export const eventTypeLookup: Lookup = {
	request: eventTypesRequest,
	receive: (data) =>
		new Map(toRecords(data).map(({ eventTypeId, eventTypeName }) => [toText(eventTypeId), toText(eventTypeName)])),
	failureHint:
		"The names of the event types could not be fetched from GoFive, so 'eventTypeName' is empty. Everything else is complete.",
};

/** The list from which a user picks event types. */
export const eventTypeList: LoadedList = {
	method: 'getEventTypes',
	lookup: eventTypeLookup,
	remedy: "Give the ID of an event type; the operation 'Get Types' lists them.",
};
