import { describeUnconfirmed, markUnconfirmed } from './pathEvidence';
import type { Fields, Operation, OperationDefinition } from './types';

/** Description of all operations with the value `upsert`. n8n's lint rules fix it. */
const UPSERT_DESCRIPTION = 'Create a new record, or update the current one if it already exists (upsert)';

/**
 * Completes an operation with its derived parts: the entity of its field Output, the description of an upsert, and the
 * name and the description of an operation whose path is unconfirmed.
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
export function defineOperation<F extends Fields>(definition: OperationDefinition<F>): Operation {
	const { evidence, name, description = UPSERT_DESCRIPTION } = definition;
	return {
		entity: definition.fields.output?.entity,
		...definition,
		name: evidence ? markUnconfirmed(name) : name,
		description: evidence ? describeUnconfirmed(description) : description,
	} as Operation;
}
