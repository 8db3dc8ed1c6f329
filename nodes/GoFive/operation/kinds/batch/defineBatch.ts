// Operations that write the records of several items in one request.
// Imported by `operation/index.ts`.
// Start with runBatches.ts for a run.
import type { Fields } from '../../field';
import type { RequestOperation } from '../../operation';
import { completeDefinition, type Definition } from '../../completeDefinition';

interface BatchSettings {
	/** Maximum number of items per request. The response has a row for each, with its value of the ID field. */
	batchSize: number;
}

/** Operation that writes the records of several items in one request. The body of each item is a list of one row. */
export interface BatchOperation extends RequestOperation, BatchSettings {
	kind: 'batch';
	effect: 'write';
}

/** Defines an operation that writes the records of several items in one request. */
export const defineBatch = <F extends Fields>(
	definition: Definition<F> & BatchSettings & { idField: keyof F & string },
): BatchOperation => {
	const { batchSize } = definition;
	return { ...completeDefinition(definition, 'write'), kind: 'batch', batchSize };
};
