import { defineUpdate, output, type CurrentValues } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { updateFields } from '../sharedFields';
import { dealEntity } from './entity';
import { dealId, dealUpdateFields, requiredDealFields } from './fields';
import { get } from './get';

/**
 * Where a deal contains the values that `PUT /v1/deals/{id}` requires. Keys that begin with "deal" in a request begin with
 * "deals" in a response. No response has shown the assignee.
 */
const currentDealValues: CurrentValues = {
	dealName: { form: 'text', required: true, otherKey: 'dealsName' },
	dealValue: { form: 'number', required: true, otherKey: 'dealsValue' },
	probability: { form: 'number', required: true },
	expectedCloseDate: { form: 'date', required: true, dateFormat: 'withOffset' },
	assignTo: { form: 'text', required: true },
};

/**
 * Changes some fields of a deal: `PUT /v1/deals/{id}`. Required fields that are not in the form are read with Get first. It is
 * inferred that null clears a field.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update deal',
	description: 'Change some fields of a deal, for example its stage',
	fields: {
		dealId: dealId(),
		...updateFields(requiredDealFields(), dealUpdateFields),
		output: output(toUpdatedEntity(dealEntity, ['dealNo', 'dealName', 'dealStageName', 'dealValue', 'dealId'])),
	},
	idField: 'dealId',
	current: { operation: get, values: currentDealValues, isPartial: true },
	request: (_values, body) => ({ method: 'PUT', path: '/v1/deals/{dealId}', body }),
});
