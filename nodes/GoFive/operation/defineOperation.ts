import type { Fields, Operation, OperationDefinition } from './types';

/** The name and the description that n8n wants of an operation `upsert`. */
const UPSERT_TEXTS = {
	name: 'Create or Update',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

/** Makes an operation whole: see what its definition may leave out. */
export function defineOperation<F extends Fields>(definition: OperationDefinition<F>): Operation {
	const { value, fields } = definition;
	const operation = {
		effect: /^get(?=[A-Z]|$)/.test(value) ? 'read' : 'write',
		entity: fields.output?.entity,
		...definition,
		...(value === 'upsert' && UPSERT_TEXTS),
	};
	return operation as unknown as Operation;
}
