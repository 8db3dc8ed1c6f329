import { toRecords } from '../../api/response/envelope';
import { dateRange, limit, defineOperation, output } from '../../operation';
import { customerCode } from '../sharedFields';
import { eventEntity } from './entity';
import { eventTypes, matchesEventTypes } from './fields';

/** GET /v1/customerEvent/filter (page api-13677613). One type goes into the query, several are picked from the answer. */
export const getByCustomerCode = defineOperation({
	name: 'Get by Customer Code',
	value: 'getByCustomerCode',
	action: 'Get customer events by customer code',
	description: 'Retrieve the events of one customer, past and planned',
	fields: {
		customerCode: customerCode('Code of the customer whose events to get'),
		eventTypes: eventTypes(),
		dateRange: dateRange(),
		limit: limit({ returnsAll: true }),
		output: output(eventEntity),
	},
	options: ['sort'],
	idField: 'customerCode',
	notFoundHint: "Check the code, the dates and the types; or choose another way in the option 'If Nothing Found'.",
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
		toRecords(data).filter(
			(record) => matchesEventTypes(record.eventType, eventTypes) && dateRange.includes(record.eventDate),
		),
});
