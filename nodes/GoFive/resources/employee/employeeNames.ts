import type { NameSource } from '../../operation';
import { getAll } from './getAll';

const createEmployeeNames = (codeKey: 'staffCode' | 'userId'): NameSource => ({
	pluralName: 'employees',
	operation: getAll,
	toEntry: ({ [codeKey]: value, fullname }) => ({ value, name: fullname }),
});

/** Names of the employees by staff code. */
export const staffCodeNames = createEmployeeNames('staffCode');

/** Names of the employees by user ID. */
export const userIdNames = createEmployeeNames('userId');
