import type { DataResource } from '../../operation';
import { get } from './get';
import { upsert } from './upsert';

export const salesOrderResource: DataResource = {
	name: 'Sales Order',
	value: 'salesOrder',
	description: 'An order from a customer, with products, prices and totals',
	defaultOperation: get.value,
	operations: [upsert, get],
};
