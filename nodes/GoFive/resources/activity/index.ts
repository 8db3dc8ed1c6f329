import type { Resource } from '../../operation';
import { get } from './get';

export const activityResource: Resource = {
	name: 'Activity',
	value: 'activity',
	description: 'What a person of your company does or plans, such as a visit',
	defaultOperation: get.value,
	operations: [get],
};
