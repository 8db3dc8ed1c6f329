import { rejectInput } from '../../api/errors';
import { loadedMultiOptions, readText, resourceLocator, type ListSource } from '../../operation';
import { getAll } from './getAll';

/** User ID of an employee: a GUID in GoFive's documentation, which is five groups of hexadecimal digits. */
const USER_ID = /^[\da-f]+(?:-[\da-f]+){4}$/i;

/**
 * Reads a staff code.
 * @throws GoFiveError for a user ID.
 */
function readStaffCode(input: unknown, displayName: string): string {
	const staffCode = readText(input, displayName);
	if (USER_ID.test(staffCode))
		rejectInput(
			`'${displayName}' requires a staff code, not a user ID`,
			'Select the employee from the list, or enter the Staff Code that Employee > Get Many returns.',
		);
	return staffCode;
}

/**
 * Reads a user ID.
 * @throws GoFiveError for a staff code.
 */
function readUserId(input: unknown, displayName: string): string {
	const userId = readText(input, displayName);
	if (!USER_ID.test(userId))
		rejectInput(
			`'${displayName}' requires a user ID, not a staff code`,
			'Select the employee from the list, or enter the User ID that Employee > Get Many returns.',
		);
	return userId;
}

const buildEmployeeList = (valueColumn: 'staffCode' | 'userId', method: string): ListSource<string> => ({
	method,
	pluralName: 'employees',
	valueName: valueColumn === 'staffCode' ? 'staff code' : 'user ID',
	operation: getAll,
	searchFilter: 'searchText',
	valueColumn,
	nameColumn: 'fullname',
	codeColumn: 'staffCode',
	read: valueColumn === 'staffCode' ? readStaffCode : readUserId,
});

const staffCodeList = buildEmployeeList('staffCode', 'getEmployees');
/** List of employees whose values are user IDs. */
export const userIdList = buildEmployeeList('userId', 'getEmployeeUserIds');

/** Creates the field for an employee. Its value is the staff code. */
export const employee = (
	displayName: string,
	description: string,
	settings: { required?: true; bodyKey?: string } = {},
) => resourceLocator(displayName, description, staffCodeList, { example: 'staff01', ...settings });

/**
 * Creates the field for several employees. Its values are staff codes.
 * @param thing - Name of one of the employees, for example "Owner".
 */
export const employees = (thing: string, description: string) => loadedMultiOptions(thing, description, staffCodeList);
