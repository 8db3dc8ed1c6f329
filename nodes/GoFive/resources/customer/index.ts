import type { Resource } from '../../operation';
import { upsert } from './upsert';
import { createSatisfaction } from './createSatisfaction';
import { get } from './get';

/** Leads, prospects and customers, companies as well as individuals. */
export const customerResource: Resource = {
	name: 'Customer',
	value: 'customer',
	description: 'A company or a person that you sell to, or hope to',
	defaultOperation: get.value,
	operations: [upsert, createSatisfaction, get],
};
