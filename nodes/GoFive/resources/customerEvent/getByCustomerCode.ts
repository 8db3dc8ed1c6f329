import type { IDataObject } from 'n8n-workflow';
import { dateRange, defineOperation, limit, output, toRecordList, type NodeOptions } from '../../operation';
import { parseGoFiveDate } from '../../time/goFiveDate';
import { customerCode } from '../sharedFields';
import { eventEntity } from './entity';
import { eventTypes, matchesEventTypes } from './fields';

/** Sorts events by date. Events without a date come last. */
function sortEvents(events: IDataObject[], { sort, timeZone }: NodeOptions): IDataObject[] {
	if (sort === 'asReturned') return events;
	const sign = sort === 'oldestFirst' ? 1 : -1;
	const entries = events.map((event) => ({ event, instantMs: parseGoFiveDate(event.eventDate, timeZone) }));
	const dated = entries.filter((entry) => entry.instantMs !== undefined) as Array<{
		event: IDataObject;
		instantMs: number;
	}>;
	dated.sort((a, b) => sign * (a.instantMs - b.instantMs));
	const undated = entries.filter(({ instantMs }) => instantMs === undefined);
	return [...dated, ...undated].map(({ event }) => event);
}

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
	receive(data, { eventTypes, dateRange, options }) {
		// A proxy may drop the body of a GET request, so the date range is applied here as well.
		const events = toRecordList(data, eventEntity).filter(
			({ eventType, eventDate }) => matchesEventTypes(eventType, eventTypes) && dateRange.includes(eventDate),
		);
		return sortEvents(events, options);
	},
});
