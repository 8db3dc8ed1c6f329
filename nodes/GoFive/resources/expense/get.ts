import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { expense } from './expense';
import { checkThe } from '../fields';

/** GET /v1/expenses/{id} (page api-3605745). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get expense',
	description: 'Retrieve one expense, with its lines',
	effect: 'read',
	fields: {
		expenseId: text('Expense ID', {
			required: true,
			wire: null,
			placeholder: 'e.g. 1042',
			description: 'ID of the expense; Get Many returns it as expenseId',
		}),
		output: output(expense),
	},
	entity: expense,
	record: 'expenseId',
	ifNone: checkThe('ID of the expense'),
	request: ({ expenseId }) => ({ method: 'GET', path: `/v1/expenses/${pathPart(expenseId)}` }),
});
