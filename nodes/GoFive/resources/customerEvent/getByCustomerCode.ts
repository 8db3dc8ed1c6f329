import type { IDataObject } from 'n8n-workflow';
import { assertColumn, dateRange, defineList, limit, output, readColumn, toId } from '../../operation';
import type { DateRange } from '../../time/range';
import { customerCode } from '../sharedFields';
import { eventEntity, readEventEntity } from './entity';
import { eventTypes } from './fields';

/** Values that limit the events of a customer. */
interface EventFilter {
	eventTypes: number[];
	dateRange: DateRange;
}

/** Whether an event has one of the types. True if no types are selected or the event's type is not an ID. */
export function matchesEventTypes(event: IDataObject, typeIds: number[]): boolean {
	const id = typeIds.length === 0 ? undefined : toId(readColumn(event, 'eventType', eventEntity));
	return id === undefined || typeIds.includes(id);
}

/** @throws GoFiveError if no event has a type, because the types could then not be told apart. */
export const assertEventTypes = (events: IDataObject[]): void =>
	assertColumn(
		events,
		eventEntity,
		'eventType',
		"limited to these event types. To include all event types, clear 'Event Type Names or IDs'.",
	);

/**
 * Describes the request for the events of a customer: `GET /v1/customerEvent/filter`.
 * The query takes a single event type, so several types are filtered in the response.
 * @see https://developer.gofive.co.th/api-13677613
 */
export const eventRequest = ({
	customerCode,
	eventTypes,
	dateRange: { from, to },
}: EventFilter & { customerCode?: string }) => ({
	method: 'GET' as const,
	path: '/v1/customerEvent/filter',
	urlTarget: 'record' as const,
	query: [
		['customerCode', customerCode],
		['eventTypeIds', eventTypes.length === 1 ? eventTypes[0] : undefined],
	] as Array<[string, string | number | undefined]>,
	body: from || to ? { DateFrom: from, DateTo: to } : undefined,
});

/** Creates the filter of events. A proxy may drop the body of a GET request, so the date range is applied here as well. */
export const eventFilter =
	({ eventTypes, dateRange }: EventFilter) =>
	(events: IDataObject[]): IDataObject[] => {
		// A single type is part of the request.
		if (eventTypes.length > 1) assertEventTypes(events);
		return events.filter(
			(event) =>
				matchesEventTypes(event, eventTypes) && dateRange.includes(readColumn(event, 'eventDate', eventEntity)),
		);
	};

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
		limit: limit({ returnsAll: true }),
		output: output(readEventEntity),
	},
	idField: 'customerCode',
	notFoundDescription:
		"Check the code, the dates and the types, or select another value in the option 'If Nothing Found'.",
	filter: eventFilter,
	sortColumn: 'eventDate',
	request: eventRequest,
});
