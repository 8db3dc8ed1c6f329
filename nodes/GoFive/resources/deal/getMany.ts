import { ids, limit, operation, output, text } from '../../operation';
import { filters } from '../fields';
import { deal } from './deal';
import { inRaw } from './fields';

/** POST /v1/Deals/Enquiry: GoFive lists the operation by name only; path and keys are those of its older portal. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many deals',
	description: 'Retrieve a list of deals. GoFive has not published this path.',
	fields: {
		limit: limit(),
		filters: filters({
			dealStageIds: ids('Deal Stage IDs', inRaw('Only deals that stand at one of these stages', 'dealStageId'), {
				example: '11, 12',
			}),
			keyword: text('Keyword', 'Deals in which GoFive finds this text'),
		}),
		output: output(deal),
	},
	ifNone: "Check keyword and stages; or choose another way in the option 'If Nothing Found'.",
	pages: { take: 'pageLength', skip: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
