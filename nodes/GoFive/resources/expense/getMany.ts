import { Failure, NOTHING_SENT } from '../../api/words/failure';
import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { texts } from '../../operation/fields/several';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { filters } from '../fields';
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
			description: 'What the money was spent on; GoFive does not say whether No Type finds expenses of all types',
		}),
		limit: limit(),
		filters: filters({
			dateStart: date('From', { as: 'utc' }),
			searchText: text('Search Text', { description: 'Expenses in which GoFive finds this text' }),
			staffCodes: texts('Staff Codes', {
				placeholder: 'e.g. staff01, staff02',
				description: 'Only expenses of these people: their staff codes, with commas between them',
			}),
			statusIds: texts('Status IDs', {
				placeholder: 'e.g. 302',
				description: 'Only expenses with one of these statuses; Get returns the ID as statusId',
			}),
			dateEnd: date('To', { as: 'utc', isEnd: true }),
		}),
		output: output(expense),
	},
	entity: expense,
	ifNone: "Check type and filters; or choose another way in the option 'If Nothing Found'.",
	request({ filters: { dateStart, dateEnd } }, body) {
		if (dateStart && dateEnd && dateStart > dateEnd) {
			throw new Failure({
				message: "'From' is after 'To'",
				description: `Swap the two dates, or leave one of them out. ${NOTHING_SENT}`,
			});
		}
		return { method: 'POST', path: '/v1/expenses/enquiry', body };
	},
});
