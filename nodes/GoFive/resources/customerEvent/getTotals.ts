import { rejectInput } from '../../api/errors';
import {
	buildOperationNotice,
	dateRange,
	defineList,
	defineTotals,
	describeUnconfirmedOperation,
	truncateValue,
	type Field,
	type Part,
} from '../../operation';
import { customerSelection, showForSelection, ALL_CUSTOMERS, type CustomerSelection } from './customerSelection';
import { eventTotals, namedEventEntity } from './entity';
import { eventTypes } from './fields';
import { customerParts, eventFilters, getAll, REQUESTS_HINT } from './getAll';
import { eventFilter, eventRequest } from './getByCustomerCode';

/** Returns the part of a customer whose code the user enters. Totals also count customers without events. */
const toCustomerPart = (customerCode: string): Part<{ customerCode: string }> => ({
	key: customerCode,
	name: `customer code '${truncateValue(customerCode)}'`,
	values: { customerCode },
	toOutput: (events) => (events.length === 0 ? [{ customerCode }] : events),
});

/** Shows a field for the list of all customers only. */
const showForAllCustomers = <T>(field: Field<T>): Field<T> => ({
	...field,
	properties: (name) => field.properties(name).map(showForSelection(ALL_CUSTOMERS)),
});

/** Events of the selected customers, and the customers without events. */
const list = defineList({
	name: getAll.name,
	value: getAll.value,
	action: getAll.action,
	description: getAll.description,
	entity: namedEventEntity,
	fields: {
		customerSelection: customerSelection({
			verb: 'count',
			default: ALL_CUSTOMERS,
			listNotice: buildOperationNotice('read'),
			statesHint: REQUESTS_HINT,
		}),
		eventTypes: eventTypes(),
		dateRange: dateRange({ pluralName: 'events' }),
		filters: showForAllCustomers(eventFilters()),
	},
	notFoundDescription:
		"Check the customers, the types and the dates, or select another value in the option 'If Nothing Found'.",
	parts: ({ customerSelection: { codes, states }, filters }) =>
		codes
			? codes.map(toCustomerPart)
			: customerParts({ customerStateIds: states, filters }, 'eventsAndCustomersWithoutEvents'),
	filter: eventFilter,
	request: eventRequest,
});

/** Counts the events of many customers. */
export const getTotals = defineTotals(list, eventTotals, {
	describe: describeUnconfirmedOperation,
	validate({ customerSelection: selection, groupBy }) {
		if ((selection as CustomerSelection).codes && groupBy === 'salesperson')
			rejectInput(
				"'Group By' cannot be Salesperson for customer codes",
				"Only the list of all customers contains their owners. Set 'Customers' to 'All Customers', or select another value in 'Group By'.",
			);
	},
});
