import { plain, recordsOf } from '../../api/answer/envelope';
import type { ApiRequest } from '../../api/request/request';
import type { Entity, Loaded, Lookup } from '../../operation';

/** GET /v1/customerEvent/event-types (page api-13679783). */
export const eventTypesRequest: ApiRequest = { method: 'GET', path: '/v1/customerEvent/event-types' };

/** A kind of customer event, such as a meeting; each company has its own list. */
export const eventType: Entity = {
	plural: 'event types',
	columns: {
		eventTypeId: { name: 'Event Type ID', type: 'integer' },
		eventTypeName: { name: 'Event Type Name', type: 'text' },
	},
	key: ['eventTypeId'],
};

/** Names of the event types by id. */
export const eventTypeNames: Lookup = {
	request: eventTypesRequest,
	receive: (data) =>
		new Map(recordsOf(data).map(({ eventTypeId, eventTypeName }) => [plain(eventTypeId), plain(eventTypeName)])),
	missing:
		"The names of the event types could not be fetched from GoFive, so 'eventTypeName' is empty. Everything else is complete.",
};

/** The list from which a user picks event types. */
export const eventTypeList: Loaded = {
	method: 'getEventTypes',
	lookup: eventTypeNames,
	how: "Give the ID of an event type; the operation 'Get Types' lists them.",
};
