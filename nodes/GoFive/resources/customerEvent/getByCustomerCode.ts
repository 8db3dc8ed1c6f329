import { recordsOf } from '../../api/answer/envelope';
import { dateRangeField, limit, operation, output } from '../../operation';
import { customerCode } from '../fields';
import { event } from './event';
import { eventTypes, hasTypeOf } from './fields';

/** GET /v1/customerEvent/filter (page api-13677613). One type goes into the query, several are picked from the answer. */
export const getByCustomerCode = operation({
	name: 'Get by Customer Code',
	value: 'getByCustomerCode',
	action: 'Get customer events by customer code',
	description: 'Retrieve the events of one customer, past and planned',
	fields: {
		customerCode: customerCode('Code of the customer whose events to get'),
		eventTypes: eventTypes(),
		dateRange: dateRangeField(),
		limit: limit({ all: true }),
		output: output(event),
	},
	options: ['sort'],
	record: 'customerCode',
	ifNone: "Check the code, the dates and the types; or choose another way in the option 'If Nothing Found'.",
	request: ({ customerCode, eventTypes, dateRange: { from, to } }) => ({
		method: 'GET',
		path: '/v1/customerEvent/filter',
		query: [
			['customerCode', customerCode],
			['eventTypeIds', eventTypes.length === 1 ? eventTypes[0] : undefined],
		],
		body: from || to ? { DateFrom: from, DateTo: to } : undefined,
	}),
	// A proxy may drop the body of a GET, so the range is applied here as well.
	receive: (data, { eventTypes, dateRange }) =>
		recordsOf(data).filter((record) => hasTypeOf(record.eventType, eventTypes) && dateRange.includes(record.eventDate)),
});
