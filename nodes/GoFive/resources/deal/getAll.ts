import { idList, limit, defineOperation, output, text } from '../../operation';
import { filters } from '../sharedFields';
import { dealEntity } from './entity';
import { rawOutputAdvice } from './fields';

/** POST /v1/Deals/Enquiry: GoFive lists the operation by name only; path and keys are those of its older portal. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many deals',
	description: 'Retrieve a list of deals. GoFive has not published this path.',
	fields: {
		limit: limit(),
		filters: filters({
			dealStageIds: idList(
				'Deal Stage IDs',
				rawOutputAdvice('Only deals that stand at one of these stages', 'dealStageId'),
				{
					example: '11, 12',
				},
			),
			keyword: text('Keyword', 'Deals in which GoFive finds this text'),
		}),
		output: output(dealEntity),
	},
	notFoundHint: "Check keyword and stages; or choose another way in the option 'If Nothing Found'.",
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
