import type { DataResource } from '../../operation';
import { createSatisfaction } from './createSatisfaction';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

/** Leads, prospects and customers, companies as well as individuals. */
export const customerResource: DataResource = {
	name: 'Customer',
	value: 'customer',
	description: 'A company or person that you sell to, or hope to sell to',
	defaultOperation: get.value,
	operations: [upsert, update, createSatisfaction, get, getAll],
};
