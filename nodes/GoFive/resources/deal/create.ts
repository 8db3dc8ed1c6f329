import { id, operation, output, texts } from '../../operation';
import { additionalOfNew } from '../fields';
import { deal } from './deal';
import { inRaw, mainFields, moreFields } from './fields';

/** POST /v1/deals (page api-3608469). Its answer was not seen: it is taken to be like the answer of Update. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create deal',
	description: 'Add a deal for one or more customers',
	fields: {
		customerCodes: texts('Customer Codes', 'Codes of the customers whose deal it is, with commas between them', {
			required: true,
			example: 'C000055, C000154',
		}),
		boardId: id('Board ID', inRaw('Board on which the deal stands', 'boardId'), { required: true, example: '1' }),
		...mainFields,
		additionalFields: additionalOfNew(moreFields),
		output: output(deal),
	},
	record: 'dealName',
	request: (_, body) => ({ method: 'POST', path: '/v1/deals', body }),
});
