import { asId, date, id, list, longText, someOfList, text } from '../../operation';
import { customerCode } from '../fields';
import { eventTypeList } from './eventType';

/** The id of an event; it stands in the path. */
export const eventId = () =>
	id('Event ID', 'ID of the event, a whole number; Get by Customer Code returns it as eventId', {
		required: true,
		wire: null,
		example: '13',
	});

/** Event types to keep; none means all. */
export const eventTypes = () => someOfList('Event Type', eventTypeList, 'types');

/** What a new or changed event holds; @param description of its field Description */
export const eventFields = (description: string) => ({
	customerCode: customerCode('Code of the customer to whom the event belongs'),
	eventName: text('Event Name', 'Title of the event', { required: true }),
	eventType: list('Event Type', eventTypeList),
	eventDate: date('Event Date', { as: 'wallTime', required: true }),
	description: longText('Description', description),
});

/** Whether an event is of one of the types; true for all when none is asked for, and for an event whose type is no ID. */
export function hasTypeOf(type: unknown, types: number[]): boolean {
	const id = asId(type);
	return types.length === 0 || id === undefined || types.includes(id);
}
