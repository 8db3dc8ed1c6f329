import { defineRead, output, text } from '../../operation';
import { notFoundHintFor, withLookupLink } from '../sharedFields';
import { expenseEntity } from './entity';

/**
 * Retrieves an expense: `GET /v1/expenses/{id}`.
 * @see https://developer.gofive.co.th/api-3605745
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get expense',
	description: 'Retrieve an expense with its details',
	fields: {
		expenseId: text(
			'Expense ID',
			withLookupLink(
				'ID of the expense to retrieve, not its Expense Number',
				'The field expenseId of Expense > Get Many probably contains it',
			),
			{ required: true, bodyKey: null, example: '1042' },
		),
		output: output(expenseEntity),
	},
	idField: 'expenseId',
	notFoundDescription: notFoundHintFor('ID of the expense'),
	request: () => ({ method: 'GET', path: '/v1/expenses/{expenseId}' }),
});
