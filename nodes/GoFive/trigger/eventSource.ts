import { listField, loadedMultiOptions } from '../operation/fields/list';
import { output } from '../operation/fields/output';
import { readText } from '../operation/fields/readValue';
import { truncateValue } from '../operation/invalidValue';
import { eventEntity } from '../resources/customerEvent/entity';
import { eventTypeList } from '../resources/customerEvent/eventType';
import { matchesEventTypes } from '../resources/customerEvent/fields';
import { getByCustomerCode } from '../resources/customerEvent/getByCustomerCode';
import { joinNames } from '../shared/text';
import type { Source } from './source';

/** Maximum number of customers in a message, so that it stays readable. */
const MAX_NAMED_CUSTOMERS = 20;

/** Codes of the customers to watch. The field takes one code per line, comma-separated codes, or a list. */
const customerCodes = listField(
	'Customer Codes',
	'Codes of the customers to watch, comma-separated or one per line. An expression may return a list.',
	{ required: true, example: 'C000055, C000154' },
	(value) => readText(value, 'Customer Codes'),
	{
		emptyErrorDescription: 'Enter at least one customer code.',
		property: { type: 'string', typeOptions: { editorRows: 4 } },
	},
);

/** Types of the events to watch. An empty list means all. */
const eventTypes = loadedMultiOptions(
	'Event Type',
	'Event types that start the workflow. If you change them, the trigger starts again and only stores the existing events',
	eventTypeList,
	{ default: [] },
);

/** Events of customers, one part per customer code. */
export const eventSource: Source = {
	name: 'Customer Event',
	value: 'Event',
	operation: getByCustomerCode,
	entity: eventEntity,
	idKeys: ['eventId'],
	fields: { customerCodes, eventTypes, output: output(eventEntity) },
	options: ['addNames', 'emitExisting', 'lookBack', 'lookAhead', 'maxParallelRequests', 'timeZone', 'timeout'],
	watchableColumns: eventEntity.columns,
	defaultWatchedColumns: ['eventName', 'eventDate', 'eventType', 'description'],
	getPartKeys: (values) => values.customerCodes as string[],
	toPartValues: (customerCode, dateRange) => ({ customerCode, dateRange, eventTypes: [] }),
	describeParts: (codes) =>
		`Events of customer${codes.length > 1 ? 's' : ''} ${joinNames(codes.map(truncateValue), MAX_NAMED_CUSTOMERS)}`,
	unknownPartAdvice: "Correct the code in 'Customer Codes' (codes are case-sensitive), or remove it.",
	includesRecord: ({ eventType }, { eventTypes }) => matchesEventTypes(eventType, eventTypes as number[]),
	newDescription: 'When there are new customer events',
	changedDescription: 'When there are new or changed customer events (name, date, type or description)',
	narrowingAdvice:
		"Decrease 'Look Back' or 'Look Ahead', watch fewer customers in one trigger, or increase 'Max Parallel Requests'.",
};
