import type { Resource } from '../../operation';
import { get } from './get';
import { getMany } from './getMany';

/** What people of the own company spent and want back. */
export const expense: Resource = {
	name: 'Expense',
	value: 'expense',
	description: 'Money that a person of your company spent, with what it was spent on',
	defaultOperation: getMany.value,
	operations: [get, getMany],
};
