import { readId, type ListSource } from '../../operation';
import { getTypes } from './getTypes';

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
