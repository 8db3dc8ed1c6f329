import { addSelectedColumns, daysSince, selectedOnly, type Entity } from '../../operation';
import { customerNames } from '../customer/customerNames';
import { eventTypeList } from './eventType';

const eventColumns: Entity['columns'] = {
	eventDate: { displayName: 'Event Date', type: 'date' },
	eventTypeName: { displayName: 'Event Type Name', lookup: { source: eventTypeList, idColumn: 'eventType' } },
	eventName: { displayName: 'Event Name' },
	description: { displayName: 'Description' },
	eventId: { displayName: 'Event ID', type: 'integer' },
	eventType: { displayName: 'Event Type', type: 'integer' },
	customerId: { displayName: 'Customer ID', type: 'integer' },
};

/**
 * A customer event.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const eventEntity: Entity = {
	pluralName: 'customer events',
	columns: { customerCode: { displayName: 'Customer Code', names: customerNames }, ...eventColumns },
	keyColumns: ['eventId'],
};

const DAYS_SINCE_EVENT_DATE = { daysSinceEventDate: daysSince('eventDate', 'Event Date') };

/** A customer event of a list. */
export const readEventEntity = addSelectedColumns(eventEntity, DAYS_SINCE_EVENT_DATE);

/** Names of the owners of the customer, which only the list of customers contains. */
const OWNER_NAMES = { displayName: 'Owner Names', separator: ', ' };

/** A customer event with the name and the owners of its customer, which the list of customers contains. */
export const namedEventEntity: Entity = {
	...eventEntity,
	columns: {
		customerCode: { displayName: 'Customer Code' },
		customerName: { displayName: 'Customer Name' },
		...eventColumns,
		...selectedOnly({ ownerNames: OWNER_NAMES, ...DAYS_SINCE_EVENT_DATE }),
	},
};

/** A customer event of the trigger, whose customers are a list or codes that the user enters. */
export const watchedEventEntity: Entity = {
	...eventEntity,
	columns: {
		...eventEntity.columns,
		...selectedOnly({ ownerNames: { ...OWNER_NAMES, displayName: 'Owner Names (With All Customers)' } }),
	},
};
