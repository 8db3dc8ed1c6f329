import { date } from '../../operation/fields/dates';
import { list, someOfList } from '../../operation/fields/list';
import { asId } from '../../operation/fields/read';
import { id, text } from '../../operation/fields/simple';
import { customerCode } from '../fields';
import { eventTypeList } from './eventType';

/** The id of an event; it stands in the path. */
export const eventId = () =>
	id(
		'Event ID',
		{
			required: true,
			wire: null,
			placeholder: 'e.g. 13',
			description: 'ID of the event, a whole number; Get by Customer Code returns it as eventId',
		},
		'Give the ID of an event, a whole number such as 13.',
	);

/** Event types to keep; none means all. */
export const eventTypes = () => someOfList('Event Type', eventTypeList, 'types');

/** What a new or changed event holds; @param description of its field Description */
export const eventFields = (description: string) => ({
	customerCode: customerCode('Code of the customer to whom the event belongs'),
	eventName: text('Event Name', { required: true, description: 'Title of the event' }),
	eventType: list('Event Type', eventTypeList),
	eventDate: date('Event Date', { as: 'wallTime', required: true }),
	description: text('Description', { typeOptions: { rows: 3 }, description }),
});

/** Whether an event is of one of the types; true for all when none is asked for, and for an event whose type is no ID. */
export function hasTypeOf(type: unknown, types: number[]): boolean {
	const id = asId(type);
	return types.length === 0 || id === undefined || types.includes(id);
}
