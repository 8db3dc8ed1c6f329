import { recordsOf } from '../../api/answer/envelope';
import { dateRangeField } from '../../operation/dateFields';
import { limit, output } from '../../operation/fields';
import { operation } from '../../operation/types';
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
		types: eventTypes(),
		range: dateRangeField(),
		limit: limit(),
		output: output(event),
	},
	options: ['ifNothingFound', 'sort', 'timeZone', 'maxParallelRequests', 'timeout'],
	entity: event,
	record: 'customerCode',
	request: ({ customerCode, types, range }) => ({
		method: 'GET',
		path: '/v1/customerEvent/filter',
		query: [
			['customerCode', customerCode],
			['eventTypeIds', types.length === 1 ? types[0] : undefined],
		],
		body: range.from || range.to ? { DateFrom: range.from, DateTo: range.to } : undefined,
	}),
	// A proxy may drop the body of a GET, so the range is applied here as well.
	receive: (data, { types, range }) =>
		recordsOf(data).filter((record) => hasTypeOf(record.eventType, types) && range.includes(record.eventDate)),
});
