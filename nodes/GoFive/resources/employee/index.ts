import type { DataResource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';

export const employeeResource: DataResource = {
	name: 'Employee',
	value: 'employee',
	description: 'An employee of your company who uses Venio',
	defaultOperation: getAll.value,
	operations: [get, getAll],
};
