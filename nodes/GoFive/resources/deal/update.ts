import { defineOperation, notice, output } from '../../operation';
import { updateFields } from '../sharedFields';
import { dealEntity } from './entity';
import { dealId, optionalDealFields, requiredDealFields } from './fields';

/**
 * Updates a deal: `PUT /v1/deals/{id}`. It is inferred that null clears a field.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update deal',
	description: 'Update a deal. Its required fields must all be sent, including unchanged ones.',
	effect: 'write',
	fields: {
		allFields: notice('GoFive requires the fields below, including those you are not changing.'),
		dealId: dealId(),
		...requiredDealFields,
		updateFields: updateFields(optionalDealFields),
		output: output(dealEntity),
	},
	idField: 'dealId',
	request: (_values, body) => ({ method: 'PUT', path: '/v1/deals/{dealId}', body }),
});
