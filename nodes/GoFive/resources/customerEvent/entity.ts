import type { Entity } from '../../operation';
import { customerNames } from '../customer/customerNames';
import { eventTypeList } from './eventType';

/**
 * A customer event.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const eventEntity: Entity = {
	pluralName: 'customer events',
	columns: {
		customerCode: { displayName: 'Customer Code', names: customerNames },
		eventDate: { displayName: 'Event Date', type: 'date' },
		eventTypeName: { displayName: 'Event Type Name', lookup: { source: eventTypeList, idColumn: 'eventType' } },
		eventName: { displayName: 'Event Name' },
		description: { displayName: 'Description' },
		eventId: { displayName: 'Event ID', type: 'integer' },
		eventType: { displayName: 'Event Type', type: 'integer' },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['eventId'],
};
