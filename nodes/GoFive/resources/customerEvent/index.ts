import type { DataResource } from '../../operation';
import { create } from './create';
import { deleteEvent } from './delete';
import { getAll } from './getAll';
import { getTotals } from './getTotals';
import { getByCustomerCode } from './getByCustomerCode';
import { getTypes } from './getTypes';
import { update } from './update';

export const customerEventResource: DataResource = {
	name: 'Customer Event',
	value: 'customerEvent',
	description:
		"A past or planned event of a customer, for example a call or a meeting. For the activities of employees, use the resource 'Activity'.",
	defaultOperation: getAll.value,
	operations: [getByCustomerCode, getAll, getTotals, create, update, deleteEvent, getTypes],
};
