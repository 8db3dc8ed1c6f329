// Operations that read GoFive: a record by its ID, or a list.
// Imported by `operation/index.ts`. Every other kind reads with this folder, and so do names, lists of the form and the trigger.
// Start with runReads.ts for a run, then readAll.ts (a list), readParts.ts (a request or its pages).
import type { Entity } from '../../entity';
import type { Field, Fields, NodeOptionName } from '../../field';
import type { ListSettings, ReadOperation } from '../../operation';
import { hasNames } from '../../records/defineColumns';
import { completeDefinition, type Definition } from '../../completeDefinition';

/** Returns the options of an operation that reads. */
export function getReadOptions(fields: Fields, entity: Entity | undefined = fields.output?.entity): NodeOptionName[] {
	// Without request inputs, all items share one request.
	const hasRequestInputs = Object.values<Field>(fields).some(({ isOutputOnly }) => !isOutputOnly);
	return [
		...(hasNames(entity) ? (['addNames'] as const) : []),
		'ifNothingFound',
		...(hasRequestInputs ? (['maxParallelRequests'] as const) : []),
	];
}

/**
 * Defines an operation that reads one record by its ID.
 * @example
 * ```ts
 * export const get = defineRead({
 * 	name: 'Get',
 * 	value: 'get',
 * 	action: 'Get contract',
 * 	description: 'Retrieve one contract, with its services',
 * 	fields: {
 * 		contractNo: text('Contract No', 'Number of the contract', { required: true, bodyKey: null }),
 * 		output: output(contractEntity),
 * 	},
 * 	idField: 'contractNo',
 * 	notFoundDescription: notFoundHintFor('number'),
 * 	request: () => ({ method: 'GET', path: '/v1/contract/\{contractNo\}' }),
 * });
 * ```
 */
export function defineRead<F extends Fields>(
	definition: Definition<F> & { idField: keyof F & string; notFoundDescription: string },
): ReadOperation {
	const { fields, entity } = definition;
	return { ...completeDefinition(definition, 'read', getReadOptions(fields, entity)), kind: 'read', isList: false };
}

/** Defines an operation that reads a list: a response, pages, or parts. */
export function defineList<F extends Fields, P extends object = object>(
	definition: Definition<F, P> & ListSettings<F, P>,
): ReadOperation {
	const { fields, entity, sortColumn } = definition;
	const options = [...getReadOptions(fields, entity), ...(sortColumn ? (['sort'] as const) : [])];
	return { ...completeDefinition(definition, 'read', options), kind: 'read', isList: true };
}
