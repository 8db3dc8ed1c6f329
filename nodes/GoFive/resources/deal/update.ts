import { defineWrite, output } from '../../operation';
import { updateFields } from '../sharedFields';
import { dealEntity } from './entity';
import { dealId, dealUpdateFields, requiredDealFields } from './fields';

/**
 * Updates a deal: `PUT /v1/deals/{id}`. It is inferred that null clears a field.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const update = defineWrite({
	name: 'Update',
	value: 'update',
	action: 'Update deal',
	description: 'Update a deal. Fill in all required fields, including fields that you do not change.',
	fields: {
		dealId: dealId(),
		...requiredDealFields,
		...updateFields(dealUpdateFields),
		output: output(dealEntity),
	},
	idField: 'dealId',
	request: (_values, body) => ({ method: 'PUT', path: '/v1/deals/{dealId}', body }),
});
