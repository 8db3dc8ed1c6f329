import type { Entity } from '../../operation';
import { eventTypeLookup } from './eventType';

/**
 * A customer event.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const eventEntity: Entity = {
	pluralName: 'customer events',
	columns: {
		customerCode: { displayName: 'Customer Code', type: 'text', fromInput: 'customerCode', isAlwaysFilled: true },
		eventDate: { displayName: 'Event Date', type: 'date', fromInput: 'eventDate', isAlwaysFilled: true },
		eventTypeName: {
			displayName: 'Event Type Name',
			type: 'text',
			lookup: { source: eventTypeLookup, idColumn: 'eventType' },
		},
		eventName: { displayName: 'Event Name', type: 'text', fromInput: 'eventName', isAlwaysFilled: true },
		// Not isAlwaysFilled: null in a response means that GoFive stored no description.
		description: { displayName: 'Description', type: 'text', fromInput: 'description' },
		eventId: { displayName: 'Event ID', type: 'integer', fromInput: 'eventId', isAlwaysFilled: true },
		eventType: { displayName: 'Event Type', type: 'integer', fromInput: 'eventType', isAlwaysFilled: true },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['eventId'],
	sortColumn: 'eventDate',
};
