import type { Entity } from '../../operation';
import { eventTypeLookup } from './eventType';

/** A customer event, as the event pages answer it. */
export const eventEntity: Entity = {
	pluralName: 'customer events',
	columns: {
		customerCode: { displayName: 'Customer Code', type: 'text', isAlwaysFilled: true },
		eventDate: { displayName: 'Event Date', type: 'date', isAlwaysFilled: true },
		eventTypeName: {
			displayName: 'Event Type Name',
			type: 'text',
			lookup: { valueLabels: eventTypeLookup, idColumn: 'eventType' },
		},
		eventName: { displayName: 'Event Name', type: 'text', isAlwaysFilled: true },
		// GoFive's own null says that it kept none; the other fields it always keeps.
		description: { displayName: 'Description', type: 'text' },
		eventId: { displayName: 'Event ID', type: 'integer', isAlwaysFilled: true },
		eventType: { displayName: 'Event Type', type: 'integer', isAlwaysFilled: true },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['eventId'],
	sortColumn: 'eventDate',
};
