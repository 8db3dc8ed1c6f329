import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { checkThe, staffCode } from '../fields';
import { employee } from './employee';

/** GET /v1/Employees/{code} (older portal; that the code is the staff code is inferred). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get employee',
	description: 'Retrieve an employee by staff code. GoFive has not published this path.',
	effect: 'read',
	fields: {
		staffCode: staffCode('Staff code of the employee to get', { required: true, wire: null }),
		output: output(employee),
	},
	entity: employee,
	record: 'staffCode',
	ifNone: checkThe('staff code'),
	request: ({ staffCode }) => ({ method: 'GET', path: `/v1/Employees/${pathPart(staffCode)}` }),
});
