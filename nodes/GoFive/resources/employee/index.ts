import type { Resource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';

export const employeeResource: Resource = {
	name: 'Employee',
	value: 'employee',
	description: 'A person of your company who works with Venio',
	defaultOperation: getAll.value,
	operations: [get, getAll],
};
