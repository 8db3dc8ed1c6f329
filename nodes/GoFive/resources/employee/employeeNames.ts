import type { NameSource } from '../../operation';
import { getAll } from './getAll';

const createEmployeeNames = (valueColumn: 'staffCode' | 'userId'): NameSource => ({
	pluralName: 'employees',
	operation: getAll,
	valueColumn,
	nameColumn: 'fullname',
});

/** Names of the employees by staff code. */
export const staffCodeNames = createEmployeeNames('staffCode');

/** Names of the employees by user ID. */
export const userIdNames = createEmployeeNames('userId');
