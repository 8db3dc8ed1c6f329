import type { DataResource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { update } from './update';

export const caseResource: DataResource = {
	name: 'Case',
	value: 'case',
	description: 'A request or complaint from a customer, with a due date and an assigned employee',
	defaultOperation: create.value,
	operations: [create, get, update],
};
