import { describeUnconfirmedOperation } from './pathEvidence';
import type { Fields, Operation, OperationDefinition } from './types';

/** Builds the description of an operation with the value `upsert`. n8n's lint rules fix it, except for the record's name. */
const describeUpsert = (action: string): string =>
	`Create a new ${action.replace('Create or update ', '')}, or update the current one if it already exists (upsert)`;

/**
 * Completes an operation with its derived parts: the entity of its field Output, the description of an upsert, and that of
 * an operation whose path is unconfirmed.
 * @example
 * ```ts
 * export const get = defineOperation({
 * 	name: 'Get',
 * 	value: 'get',
 * 	action: 'Get contract',
 * 	description: 'Retrieve one contract, with its services',
 * 	effect: 'read',
 * 	fields: {
 * 		contractNo: text('Contract No', 'Number of the contract', { required: true, bodyKey: null }),
 * 		output: output(contractEntity),
 * 	},
 * 	idField: 'contractNo',
 * 	request: () => ({ method: 'GET', path: '/v1/contract/\{contractNo\}' }),
 * });
 * ```
 */
export function defineOperation<F extends Fields, P extends object = object>(
	definition: OperationDefinition<F, P>,
): Operation {
	const { action, evidence, description = describeUpsert(action) } = definition;
	return {
		entity: definition.fields.output?.entity,
		...definition,
		description: evidence ? describeUnconfirmedOperation(description) : description,
	} as Operation;
}
