import { pathPart } from '../../api/request/request';
import { operation, output, text } from '../../operation';
import { checkThe } from '../fields';
import { employee } from './employee';

/** GET /v1/Employees/{code} (older portal; that the code is the staff code is inferred). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by staff code. GoFive has not published this path.',
	fields: {
		staffCode: text('Staff Code', 'Staff code of the employee to get; Get Many of Employee returns it', {
			required: true,
			wire: null,
			example: 'staff01',
		}),
		output: output(employee),
	},
	record: 'staffCode',
	ifNone: checkThe('staff code'),
	request: ({ staffCode }) => ({ method: 'GET', path: `/v1/Employees/${pathPart(staffCode)}` }),
});
