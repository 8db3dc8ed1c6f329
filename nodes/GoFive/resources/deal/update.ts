import { encodePathPart } from '../../api/request/request';
import { defineOperation, output } from '../../operation';
import { updateFields } from '../sharedFields';
import { dealEntity } from './entity';
import { dealId, requiredDealFields, optionalDealFields } from './fields';

/** PUT /v1/deals/{id} (page api-3602937). That null clears a field is inferred. */
export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update deal',
	description: 'Change a deal; GoFive wants its required fields again, also those that stay as they are',
	fields: {
		dealId: dealId(),
		...requiredDealFields,
		updateFields: updateFields(optionalDealFields),
		output: output(dealEntity),
	},
	idField: 'dealId',
	request: ({ dealId }, body) => ({ method: 'PUT', path: `/v1/deals/${encodePathPart(dealId)}`, body }),
});
