import type { Resource } from '../../operation';
import { get } from './get';

export const activityResource: Resource = {
	name: 'Activity',
	value: 'activity',
	description: 'An activity that an employee of your company plans or does, for example a visit',
	defaultOperation: get.value,
	operations: [get],
};
