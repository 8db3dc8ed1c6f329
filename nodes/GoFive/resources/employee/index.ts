import type { Resource } from '../../operation';
import { get } from './get';
import { getMany } from './getMany';

/** The people who work with Venio. */
export const employee: Resource = {
	name: 'Employee',
	value: 'employee',
	description: 'A person of your company who works with Venio',
	defaultOperation: getMany.value,
	operations: [get, getMany],
};
