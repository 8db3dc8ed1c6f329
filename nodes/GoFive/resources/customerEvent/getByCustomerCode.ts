import { dateRange, defineOperation, limit, output } from '../../operation';
import { customerCode } from '../sharedFields';
import { eventEntity } from './entity';
import { eventTypes, matchesEventTypes } from './fields';

/**
 * Retrieves the events of a customer: `GET /v1/customerEvent/filter`.
 * The query takes a single event type, so several types are filtered in the response.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const getByCustomerCode = defineOperation({
	name: 'Get by Customer Code',
	value: 'getByCustomerCode',
	action: 'Get customer events by customer code',
	description: 'Retrieve the past and planned events of one customer',
	effect: 'read',
	fields: {
		customerCode: customerCode('Code of the customer whose events you want to retrieve'),
		eventTypes: eventTypes(),
		dateRange: dateRange(),
		limit: limit({ returnsAll: true }),
		output: output(eventEntity),
	},
	options: ['sort'],
	idField: 'customerCode',
	notFoundDescription:
		"Check the code, the dates and the types, or select another value in the option 'If Nothing Found'.",
	request: ({ customerCode, eventTypes, dateRange: { from, to } }) => ({
		method: 'GET',
		path: '/v1/customerEvent/filter',
		query: [
			['customerCode', customerCode],
			['eventTypeIds', eventTypes.length === 1 ? eventTypes[0] : undefined],
		],
		body: from || to ? { DateFrom: from, DateTo: to } : undefined,
	}),
	// A proxy may drop the body of a GET request, so the date range is applied here as well.
	includesRecord: ({ eventType, eventDate }, { eventTypes, dateRange }) =>
		matchesEventTypes(eventType, eventTypes) && dateRange.includes(eventDate),
});
