import type { Entity } from '../../operation';
import { eventTypeList } from './eventType';

/**
 * A customer event.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const eventEntity: Entity = {
	pluralName: 'customer events',
	columns: {
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode', notNull: true },
		eventDate: { displayName: 'Event Date', type: 'date', fromInput: 'eventDate', notNull: true },
		eventTypeName: { displayName: 'Event Type Name', lookup: { source: eventTypeList, idColumn: 'eventType' } },
		eventName: { displayName: 'Event Name', fromInput: 'eventName', notNull: true },
		// Not required: null in a response means that GoFive stored no description.
		description: { displayName: 'Description', fromInput: 'description' },
		eventId: { displayName: 'Event ID', type: 'integer', fromInput: 'eventId', notNull: true },
		eventType: { displayName: 'Event Type', type: 'integer', fromInput: 'eventType', notNull: true },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['eventId'],
	sortColumn: 'eventDate',
};
