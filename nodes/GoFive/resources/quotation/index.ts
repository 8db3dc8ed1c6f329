import type { Resource } from '../../operation';
import { convertToSalesOrder } from './convertToSalesOrder';
import { createOrUpdate } from './createOrUpdate';
import { get } from './get';
import { getMany } from './getMany';

/** Offers to customers, with the products in them. */
export const quotation: Resource = {
	name: 'Quotation',
	value: 'quotation',
	description: 'An offer to a customer, with products and prices',
	defaultOperation: getMany.value,
	operations: [convertToSalesOrder, createOrUpdate, get, getMany],
};
