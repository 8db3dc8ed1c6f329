import type { IDataObject } from 'n8n-workflow';
import {
	buildOperationNotice,
	dateRange,
	defineList,
	describeUnconfirmedOperation,
	isBlank,
	limit,
	notice,
	options,
	output,
	readColumn,
	text,
	truncateValue,
} from '../../operation';
import type { ListedParts } from '../../operation';
import { customerStates } from '../customer/fields';
import { getAll as getAllCustomers } from '../customer/getAll';
import { filters } from '../sharedFields';
import { namedEventEntity } from './entity';
import { eventTypes } from './fields';
import { eventFilter, eventRequest } from './getByCustomerCode';

/** Which items Include selects. */
const INCLUDED_ITEMS = [
	{
		name: 'Customers Without Events',
		value: 'customersWithoutEvents',
		description: 'One item per customer without a matching event',
	},
	{ name: 'Events', value: 'events', description: 'One item per event' },
	{
		name: 'Events and Customers Without Events',
		value: 'eventsAndCustomersWithoutEvents',
		description: 'One item per event, and one item per customer without a matching event',
	},
] as const;

type IncludedItems = (typeof INCLUDED_ITEMS)[number]['value'];

/** Names of the items, for messages. */
const INCLUDED_NAMES: Record<IncludedItems, string> = {
	customersWithoutEvents: 'customers without events',
	events: 'customer events',
	eventsAndCustomersWithoutEvents: 'customer events or customers',
};

/** Adds the customer to the start of an event, also of Raw. A value that the event itself has counts. */
function addCustomer(event: IDataObject, customer: IDataObject): IDataObject {
	const added = { ...customer, ...event };
	for (const [key, value] of Object.entries(customer))
		if (isBlank(readColumn(event, key, namedEventEntity))) added[key] = value;
	return added;
}

/** Describes the customers of a list as parts: one request per customer. */
export const customerParts = (
	values: Record<string, unknown>,
	include: IncludedItems,
): ListedParts<{ customerCode: string }> => ({
	operation: getAllCustomers,
	values,
	narrowingAdvice: "Select fewer states in 'Customer States'.",
	toPart: (customerCode, read) => ({
		key: customerCode,
		name: `customer code '${truncateValue(customerCode)}'`,
		values: { customerCode },
		toOutput(events) {
			const ownerNames = read('ownerNames');
			const customer = {
				customerCode,
				customerName: read('customerName') ?? null,
				...(ownerNames !== undefined && { ownerNames }),
			} as IDataObject;
			if (events.length === 0) return include === 'events' ? [] : [customer];
			return include === 'customersWithoutEvents' ? [] : events.map((event) => addCustomer(event, customer));
		},
	}),
});

const DESCRIPTION =
	'Retrieve a list of the past and planned events of many customers, or of the customers without events';

export const REQUESTS_HINT =
	"This operation sends one request per customer. To send fewer requests, select 'Customer States', or add 'Search Text' in 'Filters'.";

/** Creates the filters of the customers. */
export const eventFilters = () =>
	filters({
		searchText: text('Search Text', 'Only events of customers that match this text', { example: 'Coffee' }),
	});

/** Retrieves the events of all customers: the list of customers, then one request per customer. */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customer events',
	description: describeUnconfirmedOperation(DESCRIPTION),
	fields: {
		evidenceNotice: notice(buildOperationNotice('read')),
		customerStateIds: customerStates('events of customers', REQUESTS_HINT),
		eventTypes: eventTypes(),
		dateRange: dateRange({ pluralName: 'events' }),
		include: {
			...options('Include', 'Which items to return', INCLUDED_ITEMS, {
				default: 'events',
			}),
			isOutputOnly: true,
		},
		limit: limit({ returnsAll: true }),
		filters: eventFilters(),
		output: output(namedEventEntity),
	},
	notFoundDescription:
		"Check the states, the types, the dates and the search text, or select another value in the option 'If Nothing Found'.",
	pluralName: ({ include }) => INCLUDED_NAMES[include],
	parts: ({ customerStateIds, filters, include }) => customerParts({ customerStateIds, filters }, include),
	filter: eventFilter,
	sortColumn: 'eventDate',
	request: eventRequest,
});
