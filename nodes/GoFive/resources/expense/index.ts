import type { Resource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';

export const expenseResource: Resource = {
	name: 'Expense',
	value: 'expense',
	description: 'Money that a person of your company spent, with what it was spent on',
	defaultOperation: getAll.value,
	operations: [get, getAll],
};
