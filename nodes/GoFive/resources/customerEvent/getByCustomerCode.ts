import { dateRange, defineList, output } from '../../operation';
import { customerCode, limitWithoutTotals } from '../sharedFields';
import { eventTotals, readEventEntity } from './entity';
import { eventTypes } from './fields';
import { eventFilter, eventRequest } from './readEvents';

/** Retrieves the events of a customer. */
export const getByCustomerCode = defineList({
	name: 'Get by Customer Code',
	value: 'getByCustomerCode',
	action: 'Get customer events by customer code',
	description: 'Retrieve the past and planned events of one customer',
	fields: {
		customerCode: customerCode('Code of the customer whose events you want to retrieve'),
		eventTypes: eventTypes(),
		dateRange: dateRange({ pluralName: 'events' }),
		limit: limitWithoutTotals({ returnsAll: true }),
		output: output(readEventEntity, eventTotals),
	},
	idField: 'customerCode',
	notFoundDescription:
		"Check the code, the dates and the types, or select another value in the option 'If Nothing Found'.",
	filter: eventFilter,
	sortColumn: 'eventDate',
	request: eventRequest,
});
