import { encodePathPart } from '../../api/request/request';
import { defineOperation, output, text } from '../../operation';
import { notFoundHintFor } from '../sharedFields';
import { employeeEntity } from './entity';

/** GET /v1/Employees/{code} (older portal; that the code is the staff code is inferred). */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by staff code. GoFive has not published this path.',
	fields: {
		staffCode: text('Staff Code', 'Staff code of the employee to get; Get Many of Employee returns it', {
			required: true,
			bodyKey: null,
			example: 'staff01',
		}),
		output: output(employeeEntity),
	},
	idField: 'staffCode',
	notFoundHint: notFoundHintFor('staff code'),
	request: ({ staffCode }) => ({ method: 'GET', path: `/v1/Employees/${encodePathPart(staffCode)}` }),
});
