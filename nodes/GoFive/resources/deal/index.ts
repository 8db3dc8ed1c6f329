import type { DataResource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getTotals } from './getTotals';
import { update } from './update';

/** Deals: possible sales on Venio's boards. */
export const dealResource: DataResource = {
	name: 'Deal',
	value: 'deal',
	description: 'A sales opportunity with a customer, with its value and stage',
	defaultOperation: getAll.value,
	operations: [create, update, get, getAll, getTotals],
};
