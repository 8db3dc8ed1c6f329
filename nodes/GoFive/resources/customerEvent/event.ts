import type { Entity } from '../../operation';
import { eventTypeNames } from './eventType';

/** A customer event, as the event pages answer it. */
export const event: Entity = {
	plural: 'customer events',
	columns: {
		customerCode: { name: 'Customer Code', type: 'text', always: true },
		eventDate: { name: 'Event Date', type: 'date', always: true },
		eventTypeName: { name: 'Event Type Name', type: 'text', lookup: { names: eventTypeNames, by: 'eventType' } },
		eventName: { name: 'Event Name', type: 'text', always: true },
		// GoFive's own null says that it kept none; the other fields it always keeps.
		description: { name: 'Description', type: 'text' },
		eventId: { name: 'Event ID', type: 'integer', always: true },
		eventType: { name: 'Event Type', type: 'integer', always: true },
		customerId: { name: 'Customer ID', type: 'integer' },
	},
	key: ['eventId'],
	sortBy: 'eventDate',
};
