import type { IDataObject } from 'n8n-workflow';
import { recordsOf } from '../../api/answer/envelope';
import { dateField } from '../../operation/dateFields';
import { asId, readId, hintIfLost, text } from '../../operation/fields';
import { isBlank } from '../../operation/text';
import type { Field } from '../../operation/types';
import { customerCode } from '../fields';

/** The id of an event. */
export function eventId(): Field<number> {
	return {
		properties: [
			{
				displayName: 'Event ID',
				name: 'eventId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 13',
				description: 'ID of the event, a whole number; Get by Customer Code returns it as eventId',
			},
		],
		read: (get) => readId(get('eventId'), 'Event ID', 'Give the ID of an event, a whole number such as 13.'),
	};
}

const HOW_TYPE = "Give the ID of an event type; the operation 'Get Types' lists them.";

function list(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	return typeof value === 'string' ? value.split(',') : [value];
}

/** Event types to keep, as a list, one id, or a text such as "1,2"; none means all. */
export function eventTypes(): Field<number[]> {
	const displayName = 'Event Type Names or IDs';
	return {
		properties: [
			{
				displayName: 'Event Type Names or IDs',
				name: 'eventTypes',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getEventTypes' },
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'Empty means all types',
			},
		],
		read: (get, context) => {
			const given = list(get('eventTypes')).filter((id) => !isBlank(id));
			if (given.length === 0) hintIfLost(context, 'eventTypes', displayName, 'all types were kept');
			return [...new Set(given.map((id) => readId(id, displayName, HOW_TYPE)))];
		},
	};
}

/** The type of one event. */
function eventType(): Field<number> {
	return {
		properties: [
			{
				displayName: 'Event Type Name or ID',
				name: 'eventType',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getEventTypes' },
				required: true,
				default: '',
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			},
		],
		read: (get) => readId(get('eventType'), 'Event Type Name or ID', HOW_TYPE),
	};
}

/** What a new or changed event holds, by the keys of the API; @param description of its field Description */
export function eventFields(description: string) {
	return {
		customerCode: customerCode('Code of the customer to whom the event belongs'),
		eventName: text('Event Name', 'eventName', 'Title of the event', true),
		eventType: eventType(),
		eventDate: dateField('Event Date', 'eventDate'),
		description: text('Description', 'description', description, false),
	};
}

interface EventValues {
	customerCode: string;
	eventName: string;
	eventType: number;
	eventDate: string;
	description: string;
}

/** What was written: GoFive's record, or what was sent where it answers without one (the page shows no answer to Create). */
export function written(data: unknown, values: EventValues, eventId?: number): IDataObject[] {
	const [record] = typeof data === 'object' ? recordsOf(data) : [];
	return [record ?? { eventId: eventId ?? asId(data), ...eventBody(values) }];
}

/** The body of a request that writes an event; an empty description is left out. */
export function eventBody({ eventName, eventType, eventDate, description, customerCode }: EventValues): IDataObject {
	return { eventName, eventType, eventDate, description: description || undefined, customerCode };
}

/** Whether an event is of one of the types; true for all when none is asked for, and for an event whose type is no ID. */
export function hasTypeOf(type: unknown, types: number[]): boolean {
	const id = asId(type);
	return types.length === 0 || id === undefined || types.includes(id);
}
