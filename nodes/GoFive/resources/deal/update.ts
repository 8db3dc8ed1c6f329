import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { updateFields } from '../fields';
import { deal } from './deal';
import { dealId, mainFields, moreFields } from './fields';

/** PUT /v1/deals/{id} (page api-3602937). That null clears a field is inferred. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update deal',
	description: 'Change a deal; GoFive wants its required fields again, also those that stay as they are',
	fields: { dealId: dealId(), ...mainFields, updateFields: updateFields(moreFields), output: output(deal) },
	record: 'dealId',
	request: ({ dealId }, body) => ({ method: 'PUT', path: `/v1/deals/${pathPart(dealId)}`, body }),
});
