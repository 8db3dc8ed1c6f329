import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { update } from './update';

export const caseResource: Resource = {
	name: 'Case',
	value: 'case',
	description: 'Something that a customer asks for or reports, with a due date and a person in charge',
	defaultOperation: create.value,
	operations: [create, get, update],
};
