import { dateRange, defineOperation, limit, options, output, text, truncateValue } from '../../operation';
import type { ListedParts } from '../../operation';
import { customerStates } from '../customer/fields';
import { getAll as getAllCustomers } from '../customer/getAll';
import { filters } from '../sharedFields';
import { namedEventEntity } from './entity';
import { eventTypes } from './fields';
import { eventFilter, eventRequest } from './readEvents';

/** Which items Return selects. */
const RETURNED_ITEMS = [
	{
		name: 'Customers Without Events',
		value: 'customers',
		description: 'One item per customer without a matching event',
	},
	{ name: 'Events', value: 'events', description: 'One item per event' },
	{
		name: 'Events and Customers Without Events',
		value: 'all',
		description: 'One item per event, and one item without an event for each other customer',
	},
] as const;

type ReturnedItems = (typeof RETURNED_ITEMS)[number]['value'];

/** Describes the customers of a list as parts: one request per customer. */
export const customerParts = (
	values: Record<string, unknown>,
	returns: ReturnedItems,
): ListedParts<{ customerCode: string }> => ({
	operation: getAllCustomers,
	values,
	keyName: 'customerCode',
	toPart: (code, { customerCode, customerName }) => ({
		key: code,
		name: `customer code '${truncateValue(code)}'`,
		values: { customerCode: code },
		toOutput(events) {
			const customer = { customerCode, customerName };
			if (events.length === 0) return returns === 'events' ? [] : [customer];
			return returns === 'customers' ? [] : events.map((event) => ({ ...customer, ...event }));
		},
	}),
});

/** Retrieves the events of all customers: the list of customers, then one request per customer. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customer events',
	description: 'Retrieve a list of past and planned customer events, or of the customers without events',
	effect: 'read',
	evidence: 'legacy',
	fields: {
		customerTypes: customerStates('events of customers'),
		eventTypes: eventTypes(),
		dateRange: dateRange({ pluralName: 'events' }),
		returns: options('Return', 'Whether to return events or the customers without events', RETURNED_ITEMS, {
			default: 'events',
		}),
		limit: limit({ returnsAll: true }),
		filters: filters({
			keyword: text('Search Text', 'Only events of customers that match this text', { example: 'Coffee' }),
		}),
		output: output(namedEventEntity),
	},
	notFoundDescription:
		"Check the states, the dates and the types, or select another value in the option 'If Nothing Found'.",
	parts: ({ customerTypes, filters, returns }) => customerParts({ customerTypes, filters }, returns),
	filter: eventFilter,
	sortColumn: 'eventDate',
	// Only the path of the list of customers is unconfirmed.
	request: (values) => ({ ...eventRequest(values), notFoundNote: undefined }),
});
