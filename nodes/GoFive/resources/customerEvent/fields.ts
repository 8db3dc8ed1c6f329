import { date, id, loadedMultiOptions, loadedOptions, multilineText, text } from '../../operation';
import { customerCode, withLookupLink } from '../sharedFields';
import { eventTypeList } from './getTypes';

/** Creates the field for the ID of an event, which is part of the path. */
export const eventId = () =>
	id(
		'Event ID',
		withLookupLink(
			'ID of the event (whole number)',
			'To look up the ID, use the field eventId of Customer Event > Get by Customer Code',
		),
		{ required: true, bodyKey: null, example: '13' },
	);

/** Creates the list of event types to keep. An empty list means all. */
export const eventTypes = () =>
	loadedMultiOptions('Event Type', 'Only events of these types', eventTypeList, { default: [] });

/**
 * Creates the fields that Create and Update share.
 * @param description - Description of the field Description, which differs between both.
 */
export const eventFields = (description: string) => ({
	customerCode: customerCode('Code of the customer that the event belongs to'),
	eventName: text('Event Name', 'Name of the event', { required: true }),
	eventType: loadedOptions('Event Type', 'Type of the event', eventTypeList),
	eventDate: date('Event Date', { format: 'wallTime', required: true }),
	description: multilineText('Description', description),
});
