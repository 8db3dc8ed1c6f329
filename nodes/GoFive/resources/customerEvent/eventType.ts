import { plain, recordsOf } from '../../api/answer/envelope';
import type { ApiRequest } from '../../api/request/request';
import type { Entity, Lookup } from '../../operation/types';

/** GET /v1/customerEvent/event-types (page api-13679783). */
export const eventTypesRequest: ApiRequest = { method: 'GET', path: '/v1/customerEvent/event-types' };

/** A kind of customer event, such as a meeting; each company has its own list. */
export const eventType: Entity = {
	plural: 'event types',
	ifNone: 'Event types are set up in the settings of Venio.',
	fields: [
		{ name: 'Event Type ID', value: 'eventTypeId' },
		{ name: 'Event Type Name', value: 'eventTypeName' },
	],
	simplify: ({ eventTypeId = null, eventTypeName = null }) => ({ eventTypeId, eventTypeName }),
};

/** Names of the event types by id. */
export const eventTypeNames: Lookup = {
	request: eventTypesRequest,
	receive: (data) =>
		new Map(recordsOf(data).map(({ eventTypeId, eventTypeName }) => [plain(eventTypeId), plain(eventTypeName)])),
	missing:
		"The names of the event types could not be fetched from GoFive, so 'eventTypeName' is empty. Everything else is complete.",
};
