import type { IDataObject } from 'n8n-workflow';
import { plain } from '../../api/envelope';
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
	simplify: (record, { customerCode, options }, names): IDataObject => {
		const { eventDate } = record;
		return {
			eventId: record.eventId ?? null,
			eventName: record.eventName ?? null,
			eventDate: typeof eventDate === 'string' ? isoDate(eventDate, options.timeZone) : (eventDate ?? null),
			eventType: record.eventType ?? null,
			eventTypeName: names.eventTypeName?.get(plain(record.eventType)) ?? null,
			description: record.description ?? null,
			customerCode: record.customerCode ?? customerCode ?? null,
			customerId: record.customerId ?? null,
		};
	},
	instant: ({ eventDate }, { options }) => goFiveInstant(eventDate, options.timeZone),
};
