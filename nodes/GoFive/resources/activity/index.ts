import type { DataResource } from '../../operation';
import { get } from './get';

export const activityResource: DataResource = {
	name: 'Activity',
	value: 'activity',
	description:
		"A past or planned activity of an employee, for example a visit. For the events of a customer, use the resource 'Customer Event'.",
	defaultOperation: get.value,
	operations: [get],
};
