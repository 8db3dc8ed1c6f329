import { pathPart } from '../../api/request/request';
import { operation, output, text } from '../../operation';
import { expense } from './expense';
import { checkThe } from '../fields';

/** GET /v1/expenses/{id} (page api-3605745). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get expense',
	description: 'Retrieve one expense, with its lines',
	fields: {
		expenseId: text('Expense ID', 'ID of the expense; Get Many returns it as expenseId', {
			required: true,
			wire: null,
			example: '1042',
		}),
		output: output(expense),
	},
	record: 'expenseId',
	ifNone: checkThe('ID of the expense'),
	request: ({ expenseId }) => ({ method: 'GET', path: `/v1/expenses/${pathPart(expenseId)}` }),
});
