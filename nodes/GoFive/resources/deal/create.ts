import { output } from '../../operation/fields/output';
import { texts } from '../../operation/fields/several';
import { id } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { additionalOfNew } from '../fields';
import { deal } from './deal';
import { inRaw, mainFields, moreFields } from './fields';

/** POST /v1/deals (page api-3608469). Its answer was not seen: it is taken to be like the answer of Update. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create deal',
	description: 'Add a deal for one or more customers',
	effect: 'write',
	fields: {
		customerCodes: texts('Customer Codes', {
			required: true,
			placeholder: 'e.g. C000055, C000154',
			description: 'Codes of the customers whose deal it is, with commas between them',
		}),
		boardId: id(
			'Board ID',
			{ required: true, placeholder: 'e.g. 1', description: inRaw('Board on which the deal stands', 'boardId') },
			'Give the ID of a board, a whole number such as 1.',
		),
		...mainFields,
		additionalFields: additionalOfNew(moreFields),
		output: output(deal),
	},
	entity: deal,
	record: 'dealName',
	request: (_, body) => ({ method: 'POST', path: '/v1/deals', body }),
});
