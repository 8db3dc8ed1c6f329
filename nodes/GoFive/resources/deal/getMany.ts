import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { ids } from '../../operation/fields/several';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { filters } from '../fields';
import { deal } from './deal';
import { inRaw, WHOLE_NUMBERS } from './fields';

/** POST /v1/Deals/Enquiry: GoFive lists the operation by name only; path and keys are those of its older portal. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many deals',
	description: 'Retrieve a list of deals. GoFive has not published this path.',
	effect: 'read',
	fields: {
		limit: limit(),
		filters: filters({
			dealStageIds: ids(
				'Deal Stage IDs',
				{
					placeholder: 'e.g. 11, 12',
					description: inRaw('Only deals that stand at one of these stages', 'dealStageId'),
				},
				WHOLE_NUMBERS,
			),
			keyword: text('Keyword', { description: 'Deals in which GoFive finds this text' }),
		}),
		output: output(deal),
	},
	entity: deal,
	ifNone: "Check keyword and stages; or choose another way in the option 'If Nothing Found'.",
	pages: { take: 'pageLength', skip: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
