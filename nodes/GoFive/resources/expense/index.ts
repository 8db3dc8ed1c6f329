import type { DataResource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getTotals } from './getTotals';

export const expenseResource: DataResource = {
	name: 'Expense',
	value: 'expense',
	description: 'An expense of an employee, with its details',
	defaultOperation: getAll.value,
	operations: [create, get, getAll, getTotals],
};
