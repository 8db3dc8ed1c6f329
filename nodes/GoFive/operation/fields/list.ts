import type { INodeProperties } from 'n8n-workflow';
import type { Field, Lookup } from '../types';
import { one } from './one';
import { hintIfLost, readId } from './read';
import { partsOf } from './several';

/** A list that is loaded from GoFive. */
export interface Loaded {
	/** n8n's name for it. */
	method: string;
	lookup: Lookup;
	/** Tells where to find the right id. */
	how: string;
}

/** One of a list that is loaded from GoFive, by its id. @param thing such as "Event Type" */
export function list(thing: string, { method, lookup, how }: Loaded): Field<number> {
	const displayName = `${thing} Name or ID`;
	const property = { type: 'options' as const, typeOptions: { loadOptionsMethod: method } };
	const description =
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
	const parse = (given: unknown) => readId(given, displayName, how);
	return {
		...one(displayName, description, { required: true }, property, parse, how),
		lists: { [method]: lookup },
	};
}

/** Several of such a list, as a list, one id, or a text such as "1,2"; none means all. */
export function someOfList(thing: string, { method, lookup, how }: Loaded, plural: string): Field<number[]> {
	const displayName = `${thing} Names or IDs`;
	return {
		lists: { [method]: lookup },
		properties: (name): INodeProperties[] => [
			{
				displayName,
				name,
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: method },
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: `Empty means all ${plural}`,
			},
		],
		read(get, name, context) {
			const given = partsOf(get(name));
			if (given.length === 0) hintIfLost(context, name, displayName, `all ${plural} were kept`);
			return [...new Set(given.map((id) => readId(id, displayName, how)))];
		},
	};
}
