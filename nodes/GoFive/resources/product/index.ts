import type { Resource } from '../../operation';
import { createOrUpdate } from './createOrUpdate';
import { get } from './get';
import { getMany } from './getMany';
import { getManyByFilter } from './getManyByFilter';
import { getUnits } from './getUnits';
import { updateStock } from './updateStock';
import { verifySerialNumber } from './verifySerialNumber';

/** What the company sells, with prices and stock. */
export const product: Resource = {
	name: 'Product',
	value: 'product',
	description: 'What your company sells, with prices and stock',
	defaultOperation: getMany.value,
	operations: [createOrUpdate, get, getMany, getManyByFilter, getUnits, updateStock, verifySerialNumber],
};
