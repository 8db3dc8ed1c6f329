import { defineList, limit, output, text, type NameSource } from '../../operation';
import { filters, notFoundHintFor } from '../sharedFields';
import { employeeEntity } from './entity';

/** Other filters in the observed request. The meaning of other values is not known. */
const OBSERVED_FILTERS = { employeeType: null, teamId: null, status: null, type: null, orderBy: 0 };

/**
 * Retrieves employees: `POST /v1/Employees/Enquiry`.
 * GoFive's documentation lists only the operation's name. The request was observed in a public client.
 */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many employees',
	description: 'Retrieve a list of employees, with fewer fields than Employee > Get',
	evidence: 'observed',
	fields: {
		limit: limit(),
		filters: filters({
			searchText: text('Search Text', 'Only employees who match this text', { example: 'Somchai' }),
		}),
		output: output(employeeEntity),
	},
	notFoundDescription: notFoundHintFor('search text'),
	pages: { takeKey: 'pageLength', skipKey: 'skip' },
	request: ({ filters }) => ({
		method: 'POST',
		path: '/v1/Employees/Enquiry',
		body: { ...OBSERVED_FILTERS, keyWord: filters.searchText ?? '' },
	}),
});

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
