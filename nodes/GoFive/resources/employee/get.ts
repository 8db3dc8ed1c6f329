import { defineRead, output, text } from '../../operation';
import { notFoundHintFor, withLookupLink } from '../sharedFields';
import { employeeEntity } from './entity';

/**
 * Retrieves an employee: `GET /v1/Employees/{code}`. It is inferred that the code is the staff code.
 * Not found in the public copy of GoFive's documentation; the path is taken from the 2021 partner portal.
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by a code, which is probably the staff code',
	evidence: 'legacy',
	fields: {
		staffCode: text(
			'Staff Code',
			withLookupLink(
				'Probably the staff code of the employee to retrieve',
				'To look up the code, use Employee > Get Many',
			),
			{
				required: true,
				bodyKey: null,
				example: 'staff01',
			},
		),
		output: output(employeeEntity),
	},
	idField: 'staffCode',
	notFoundDescription: notFoundHintFor('staff code'),
	request: () => ({ method: 'GET', path: '/v1/Employees/{staffCode}' }),
});
