import {
	addSelectedColumns,
	daysSince,
	selectedOnly,
	type Entity,
	type Totals,
	type TotalsGroup,
} from '../../operation';
import { customerNames } from '../customer/get';
import { eventTypeList } from './getTypes';

const eventColumns: Entity['columns'] = {
	eventDate: { displayName: 'Event Date', type: 'date' },
	eventTypeName: { displayName: 'Event Type Name', lookup: { source: eventTypeList, idColumn: 'eventType' } },
	eventName: { displayName: 'Event Name' },
	description: { displayName: 'Description' },
	eventId: { displayName: 'Event ID', type: 'integer' },
	eventType: { displayName: 'Event Type ID', type: 'integer' },
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

const EVENT_TYPE_GROUP = { displayName: 'Event Type', column: 'eventType', shownColumns: ['eventTypeName'] };

const CUSTOMER_GROUP: TotalsGroup = {
	displayName: 'Customer',
	column: 'customerCode',
	hasZeroRows: true,
	latest: { columns: ['eventDate', 'eventTypeName', 'eventName'], recordName: 'event' },
};

/** Sentence about the last event, which a date range may omit. */
const LATEST_NOTE =
	"With 'All Dates' in 'Date Range', each item also contains the days since the last event, most days first.";

/** Totals of customer events. */
export const eventTotals: Totals = {
	examples: 'salesperson, event type or month',
	date: 'eventDate',
	customer: 'customerCode',
	groups: {
		customer: {
			...CUSTOMER_GROUP,
			description: `Each customer, including customers without events. ${LATEST_NOTE}`,
			shownColumns: ['customerCode', 'customerName', 'ownerNames'],
		},
		eventType: EVENT_TYPE_GROUP,
		salesperson: {
			displayName: 'Salesperson (Customer Owner)',
			description:
				'Each owner of a customer, including owners without events. If a customer has several owners, they form one group.',
			column: 'ownerNames',
			hasZeroRows: true,
			countsCustomers: true,
		},
	},
	defaultGroup: 'salesperson',
	sums: [],
	partName: 'customer',
};
