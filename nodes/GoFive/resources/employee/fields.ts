import { loadedMultiOptions, readText, resourceLocator, type ListSource } from '../../operation';
import { getAll } from './getAll';

const buildEmployeeList = (valueColumn: 'staffCode' | 'userId', method: string): ListSource<string> => ({
	method,
	pluralName: 'employees',
	valueName: valueColumn === 'staffCode' ? 'staff code' : 'user ID',
	operation: getAll,
	searchFilter: 'keyWord',
	valueColumn,
	nameColumn: 'fullname',
	codeColumn: 'staffCode',
	read: readText,
});

const staffCodeList = buildEmployeeList('staffCode', 'getEmployees');
/** List of employees whose values are user IDs. */
export const userIdList = buildEmployeeList('userId', 'getEmployeeUserIds');

/** Creates the field for an employee. Its value is the staff code. */
export const employee = (displayName: string, description: string, settings: { required?: true } = {}) =>
	resourceLocator(displayName, description, staffCodeList, { example: 'staff01', ...settings });

/**
 * Creates the field for several employees. Its values are staff codes.
 * @param thing - Name of one of the employees, for example "Owner".
 */
export const employees = (thing: string, description: string) => loadedMultiOptions(thing, description, staffCodeList);
