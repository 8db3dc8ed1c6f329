import type { Resource } from '../../operation';
import { upsert } from './upsert';
import { get } from './get';

/** Sales orders, with their products. */
export const salesOrderResource: Resource = {
	name: 'Sales Order',
	value: 'salesOrder',
	description: 'An order of a customer, with products, prices and totals',
	defaultOperation: get.value,
	operations: [upsert, get],
};
