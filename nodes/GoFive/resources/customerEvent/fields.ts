import { toId, date, id, loadedOptions, multilineText, loadedMultiOptions, text } from '../../operation';
import { customerCode } from '../sharedFields';
import { eventTypeOptions } from './eventType';

/** The id of an event; it stands in the path. */
export const eventId = () =>
	id('Event ID', 'ID of the event, a whole number; Get by Customer Code returns it as eventId', {
		required: true,
		bodyKey: null,
		example: '13',
	});

/** Event types to keep; none means all. */
export const eventTypes = () => loadedMultiOptions('Event Type', eventTypeOptions, 'types');

/** What a new or changed event holds; @param description of its field Description */
export const eventFields = (description: string) => ({
	customerCode: customerCode('Code of the customer to whom the event belongs'),
	eventName: text('Event Name', 'Title of the event', { required: true }),
	eventType: loadedOptions('Event Type', eventTypeOptions),
	eventDate: date('Event Date', { as: 'wallTime', required: true }),
	description: multilineText('Description', description),
});

/** Whether an event is of one of the types; true for all when none is asked for, and for an event whose type is no ID. */
export function matchesEventTypes(type: unknown, typeIds: number[]): boolean {
	const id = toId(type);
	return typeIds.length === 0 || id === undefined || typeIds.includes(id);
}
