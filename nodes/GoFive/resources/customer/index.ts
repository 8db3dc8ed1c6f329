import type { Resource } from '../../operation';
import { upsert } from './upsert';
import { createSatisfaction } from './createSatisfaction';
import { get } from './get';

/** Companies and people that one sells to: leads, prospects and customers. */
export const customerResource: Resource = {
	name: 'Customer',
	value: 'customer',
	description: 'A company or a person that you sell to, or hope to',
	defaultOperation: get.value,
	operations: [upsert, createSatisfaction, get],
};
