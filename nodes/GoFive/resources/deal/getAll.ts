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
	description: 'Retrieve a list of deals',
	effect: 'read',
	evidence: 'legacy',
	fields: {
		limit: limit(),
		filters: filters({
			dealStageIds: idList('Deal Stage IDs', rawOutputAdvice('Only deals in one of these stages', 'dealStageId'), {
				example: '11, 12',
			}),
			keyword: text('Keyword', 'Only deals that contain this text'),
		}),
		output: output(dealEntity),
	},
	notFoundDescription: "Check the keyword and the stages, or select another value in the option 'If Nothing Found'.",
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: (_values, body) => ({ method: 'POST', path: '/v1/Deals/Enquiry', body }),
});
