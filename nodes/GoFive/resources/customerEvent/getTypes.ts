import { defineList, output, readId, type Entity, type ListSource } from '../../operation';

/** A type of customer event, for example a meeting. Each company has its own list. */
const eventTypeEntity: Entity = {
	pluralName: 'event types',
	columns: {
		eventTypeId: { displayName: 'Event Type ID', type: 'integer' },
		eventTypeName: { displayName: 'Event Type Name' },
	},
	keyColumns: ['eventTypeId'],
};

/**
 * Retrieves the event types: `GET /v1/customerEvent/event-types`.
 * @see https://developer.gofive.co.th/api-13679783
 */
export const getTypes = defineList({
	name: 'Get Event Types',
	value: 'getTypes',
	action: 'Get customer event types',
	description: 'Retrieve the event types of your company with the IDs that other operations use',
	fields: { output: output(eventTypeEntity) },
	notFoundDescription:
		"Ask your Venio administrator or GoFive support to add event types, or select another value in the option 'If Nothing Found'.",
	request: () => ({ method: 'GET', path: '/v1/customerEvent/event-types' }),
});

/** List of event types, for the forms and for the names in the output. */
export const eventTypeList: ListSource<number> = {
	method: 'getEventTypes',
	pluralName: 'event types',
	operation: getTypes,
	valueColumn: 'eventTypeId',
	nameColumn: 'eventTypeName',
	acceptsNames: true,
	hasNumericValues: true,
	read: (input, displayName) =>
		readId(
			input,
			displayName,
			'Enter the ID of an event type. To look up the ID, use Customer Event > Get Event Types.',
		),
};
