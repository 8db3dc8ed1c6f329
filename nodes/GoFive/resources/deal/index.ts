import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

/** Chances of a sale, as they stand on Venio's boards. */
export const deal: Resource = {
	name: 'Deal',
	value: 'deal',
	description: 'A chance of a sale to a customer, with its value and stage',
	defaultOperation: getMany.value,
	operations: [create, update, get, getMany],
};
