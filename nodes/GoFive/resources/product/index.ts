import type { DataResource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';
import { getUnits } from './getUnits';
import { update } from './update';
import { updateStock } from './updateStock';
import { upsert } from './upsert';
import { verifySerialNumber } from './verifySerialNumber';

export const productResource: DataResource = {
	name: 'Product',
	value: 'product',
	description: 'A product that your company sells, with its prices and stock',
	defaultOperation: getAll.value,
	operations: [upsert, update, get, getAll, getUnits, updateStock, verifySerialNumber],
};
