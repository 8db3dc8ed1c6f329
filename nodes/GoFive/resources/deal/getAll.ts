import { defineOperation, idList, limit, output, text } from '../../operation';
import { filters } from '../sharedFields';
import { dealEntity } from './entity';
import { rawOutputAdvice } from './fields';

/**
 * Retrieves deals: `POST /v1/Deals/Enquiry`.
 * GoFive's documentation lists only the operation's name. Path and keys are taken from the 2021 partner portal.
 */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many deals',
	description: 'Retrieve a list of deals. GoFive has not published this path.',
	effect: 'read',
	fields: {
		limit: limit(),
		filters: filters({
			dealStageIds: idList(
				'Deal Stage IDs',
				rawOutputAdvice('Only deals that stand at one of these stages', 'dealStageId'),
				{ example: '11, 12' },
			),
			keyword: text('Keyword', 'Deals in which GoFive finds this text'),
		}),
		output: output(dealEntity),
	},
	notFoundDescription: "Check keyword and stages; or choose another way in the option 'If Nothing Found'.",
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: (_values, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
