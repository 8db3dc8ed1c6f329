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

/** Creates the field for the customer of an event. */
export const eventCustomerCode = () => customerCode('Code of the customer that the event belongs to');

/** Creates the fields that an event requires. In the collection of an update, they are optional. */
export const requiredEventFields = (settings: { required?: true } = {}) => ({
	eventName: text('Event Name', 'Name of the event', settings),
	eventType: loadedOptions('Event Type', 'Type of the event', eventTypeList, settings),
	eventDate: date('Event Date', { ...settings, format: 'wallTime' }),
});

/** Optional fields of an event. */
export const optionalEventFields = { description: multilineText('Description', 'Details of the event') };
