import type { IDataObject } from 'n8n-workflow';
import { plain } from '../../api/answer/envelope';
import type { Entity } from '../../operation/types';
import { goFiveInstant, isoDate } from '../../time/goFiveDate';
import { eventTypeNames } from './eventType';

/** A customer event, as the event pages answer it. */
export const event: Entity = {
	plural: 'customer events',
	ifNone: "Check the code, the dates and the types; or choose another way in the option 'If Nothing Found'.",
	fields: [
		{ name: 'Customer Code', value: 'customerCode' },
		{ name: 'Customer ID', value: 'customerId' },
		{ name: 'Description', value: 'description' },
		{ name: 'Event Date', value: 'eventDate' },
		{ name: 'Event ID', value: 'eventId' },
		{ name: 'Event Name', value: 'eventName' },
		{ name: 'Event Type', value: 'eventType' },
		{ name: 'Event Type Name', value: 'eventTypeName' },
	],
	lookups: { eventTypeName: eventTypeNames },
	simplify: (record, values, names): IDataObject => {
		// After a write the values hold what was sent, which stands where the answer has nothing.
		const sent = values as IDataObject;
		const eventDate = record.eventDate ?? sent.eventDate ?? null;
		const eventType = record.eventType ?? sent.eventType ?? null;
		// GoFive's own null says that it kept no description; the other fields it always keeps.
		const description = record.description === undefined ? sent.description || null : record.description;
		return {
			eventId: record.eventId ?? sent.eventId ?? null,
			eventName: record.eventName ?? sent.eventName ?? null,
			eventDate: typeof eventDate === 'string' ? isoDate(eventDate, values.options.timeZone) : eventDate,
			eventType,
			eventTypeName: names.eventTypeName?.get(plain(eventType)) ?? null,
			description,
			customerCode: record.customerCode ?? sent.customerCode ?? null,
			customerId: record.customerId ?? null,
		};
	},
	instant: ({ eventDate }, { options }) => goFiveInstant(eventDate, options.timeZone),
};
