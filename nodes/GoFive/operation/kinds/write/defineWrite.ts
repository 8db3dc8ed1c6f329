// Operations that write one record per request.
// Imported by `operation/index.ts`.
// Start with runWrites.ts for a run.
import type { IDataObject } from 'n8n-workflow';
import type { Fields, OperationValues } from '../../field';
import type { RequestOperation } from '../../operation';
import { completeDefinition, type Definition } from '../../completeDefinition';

interface WriteSettings<F extends Fields = Fields> {
	/** Returns the written records, in the order of the output. Defaults to those of the response. */
	receive?(data: unknown, values: OperationValues<F>): IDataObject[];
	/** Returns a hint about a written record, if there is one. */
	hintAfterWrite?(record: IDataObject, values: OperationValues<F>): string | undefined;
}

/** Operation that writes one record per request. */
export interface WriteOperation extends RequestOperation, WriteSettings {
	kind: 'write';
	effect: 'write';
}

/** Defines an operation that writes one record per request. */
export const defineWrite = <F extends Fields>(definition: Definition<F> & WriteSettings<F>): WriteOperation => ({
	...completeDefinition(definition, 'write'),
	kind: 'write',
});
