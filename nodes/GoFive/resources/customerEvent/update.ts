import { defineUpdate, output, type CurrentValues } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { updateFields } from '../sharedFields';
import { eventEntity } from './entity';
import { eventCustomerCode, eventId, optionalEventFields, requiredEventFields } from './fields';
import { getByCustomerCode } from './getByCustomerCode';

/** Where an event contains the values of `PUT /v1/customerEvent/{eventId}`. The description is sent back, too. */
const currentEventValues: CurrentValues = {
	eventName: { form: 'text', required: true },
	eventType: { form: 'number', required: true },
	eventDate: { form: 'date', required: true, dateFormat: 'wallTime' },
	description: { form: 'text' },
};

/**
 * Changes some fields of a customer event: `PUT /v1/customerEvent/{eventId}`. Fields that are not in the form are read with Get
 * by Customer Code first. It is inferred that the path ends with the ID.
 * @see https://developer.gofive.co.th/api-13678073
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update customer event',
	description: 'Change some fields of a customer event, for example its date',
	fields: {
		eventId: eventId(),
		customerCode: eventCustomerCode(),
		...updateFields(requiredEventFields(), optionalEventFields),
		output: output(toUpdatedEntity(eventEntity, ['customerCode', 'eventDate', 'eventName', 'eventId'])),
	},
	idField: 'eventId',
	current: {
		operation: getByCustomerCode,
		parameters: { dateRange: 'allDates' },
		values: currentEventValues,
		isPartial: true,
	},
	request(_values, body) {
		// The page shows a text, so a cleared description is an empty one.
		const description = body['description'] === null ? { description: '' } : {};
		return { method: 'PUT', path: '/v1/customerEvent/{eventId}', body: { ...body, ...description } };
	},
});
