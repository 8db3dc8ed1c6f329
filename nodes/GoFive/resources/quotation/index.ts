import type { DataResource } from '../../operation';
import { convertToSalesOrder } from './convertToSalesOrder';
import { get } from './get';
import { getAll } from './getAll';
import { getTotals } from './getTotals';
import { upsert } from './upsert';

export const quotationResource: DataResource = {
	name: 'Quotation',
	value: 'quotation',
	description: 'An offer to a customer, with products and prices',
	defaultOperation: getAll.value,
	operations: [convertToSalesOrder, upsert, get, getAll, getTotals],
};
