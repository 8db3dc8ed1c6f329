import { output } from '../operation/fields/output';
import { loadedMultiOptions } from '../operation/fields/list';
import { truncateValue } from '../operation/fields/readValue';
import { TRIGGER_NOTICE } from '../operation/pathEvidence';
import { ALL_CUSTOMERS, customerSelection, type CustomerSelection } from '../resources/customerEvent/customerSelection';
import { eventEntity, watchedEventEntity } from '../resources/customerEvent/entity';
import { eventTypeList } from '../resources/customerEvent/getTypes';
import { customerParts } from '../resources/customerEvent/getAll';
import { assertEventTypes, getByCustomerCode, matchesEventTypes } from '../resources/customerEvent/getByCustomerCode';
import { joinNames, toText } from '../shared/text';
import type { TriggerSource } from './triggerSource';

/** Maximum number of customers in a message, so that it stays readable. */
const MAX_NAMED_CUSTOMERS = 20;

const ALL_CUSTOMERS_HINT =
	"Each poll sends one request per customer. Select an interval of at least 5 minutes in 'Poll Times', and at least 15 minutes for more than 100 customers.";

/** Field that selects the customers to watch. */
const watchedCustomers = customerSelection({
	verb: 'watch',
	default: 'codes',
	listNotice: TRIGGER_NOTICE,
	statesHint: ALL_CUSTOMERS_HINT,
});

/** Types of the events to watch. An empty list means all. */
const eventTypes = loadedMultiOptions('Event Type', 'Event types that start the workflow', eventTypeList, {
	default: [],
});

/** Days that the trigger watches by default, for the end of a description. */
const WATCHED_DATES =
	", dated from 30 days ago to 365 days from now. To change this, add 'Look Back' or 'Look Ahead' in 'Options'.";

/** Sorts what is selected in a list. An expression stays as it is. */
const sortSelection = (stored: unknown = []): unknown => (Array.isArray(stored) ? stored.map(toText).sort() : stored);

/** Events of customers, one part per customer. */
export const eventSource: TriggerSource = {
	name: 'Customer Event',
	value: 'Event',
	operation: getByCustomerCode,
	entity: watchedEventEntity,
	fields: { customerSelection: watchedCustomers, eventTypes, output: output(watchedEventEntity) },
	options: [
		'addNames',
		'includeExistingRecords',
		'lookBack',
		'lookAhead',
		'maxParallelRequests',
		'timeZone',
		'timeoutSeconds',
	],
	watchableColumns: eventEntity.columns,
	defaultWatchedColumns: ['eventName', 'eventDate', 'eventType', 'description'],
	parts(values) {
		const { codes, states } = values.customerSelection as CustomerSelection;
		if (!codes) return customerParts({ customerStateIds: states }, 'events');
		return codes.map((customerCode) => ({ key: customerCode, name: customerCode, values: { customerCode } }));
	},
	getReadValues: (dateRange) => ({ dateRange, eventTypes: [] }),
	getScope(stored) {
		const types = sortSelection(stored.eventTypes);
		if (stored.customerSelection !== ALL_CUSTOMERS) return [types];
		// The list itself does not count, so that the trigger continues if customers are added or removed.
		return [types, ALL_CUSTOMERS, sortSelection(stored.customerStateIds)];
	},
	describeParts: (codes) =>
		`Events of customer${codes.length > 1 ? 's' : ''} ${joinNames(codes.map(truncateValue), MAX_NAMED_CUSTOMERS)}`,
	unknownPartAdvice: "Correct the code in 'Customer Codes', or remove the code. Upper and lower case may matter.",
	includesRecord: (event, { eventTypes }) => matchesEventTypes(event, eventTypes as number[]),
	assertFilterable(events, { eventTypes }) {
		if ((eventTypes as number[]).length > 0) assertEventTypes(events);
	},
	fixedColumnNames: 'name, date, type or description',
	periodNote: WATCHED_DATES,
	narrowingAdvice: "To watch fewer customer events, decrease 'Look Back' or 'Look Ahead' in 'Options'.",
	durationAdvice: 'Watch fewer customers in one trigger.',
};
