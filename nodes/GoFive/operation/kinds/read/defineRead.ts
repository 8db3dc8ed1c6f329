// Operations that read GoFive: a record by its ID, or a list.
// Imported by `operation/index.ts`, and by Any Endpoint, which reads like them.
// Start with runReads.ts. Data pass these files, all in `operation/`:
//
//   run/tasks.ts               parameters of an item -> values
//   kinds/read/runReads.ts     values -> rows -> items, or If Nothing Found
//   reading/readAll.ts         values -> parts -> their records, joined, sorted and cut to rows
//   reading/readParts.ts       a part -> its request or its pages (pagination.ts) -> records
//   reading/buildRequest.ts    values -> request, which api/client.ts sends
//   records/records.ts         response -> records
//   run/formatItems.ts         rows -> output data of the item
//   records/formatRows.ts      rows -> output data, with names, by Output
//   records/columns.ts         a row -> its columns
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
