import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { group } from '../../operation/fields/group';
import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { texts } from '../../operation/fields/several';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { expense, EXPENSE_TYPES } from './expense';

/** POST /v1/expenses/enquiry (page api-3605021), without paging. Its answer was not seen: a row is taken to be like the answer of Get. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many expenses',
	description: 'Retrieve a list of expenses of one type',
	effect: 'read',
	fields: {
		expenseTypeId: choice('Expense Type', EXPENSE_TYPES, {
			required: true,
			description: 'What the money was spent on; GoFive does not say whether None finds expenses of all types',
		}),
		limit: limit(),
		filters: group(
			'Filters',
			{
				dateEnd: date('Date End', { as: 'utc', isEnd: true }),
				dateStart: date('Date Start', { as: 'utc' }),
				searchText: text('Search Text', { description: 'Expenses in which GoFive finds this text' }),
				staffCodes: texts('Staff Codes', {
					placeholder: 'e.g. staff01, staff02',
					description: 'Only expenses of these people: their staff codes, with commas between them',
				}),
				statusIds: texts('Status IDs', {
					placeholder: 'e.g. 302',
					description: 'Only expenses with one of these statuses; Get returns the ID as statusId',
				}),
			},
			{ placeholder: 'Add Filter' },
		),
		output: output(expense),
	},
	entity: expense,
	ifNone: "Check type and filters; or choose another way in the option 'If Nothing Found'.",
	request: (_, body) => ({ method: 'POST', path: '/v1/expenses/enquiry', body }),
});
