// The kinds of operations: a folder each. A new kind is a folder, a line in `OperationsByKind` below, and its runner in
// `run/executeOperation.ts`.
// Imported by `operation/index.ts`, `describe/`, `run/executeOperation.ts` and `kinds/access`, whose operation is about all others.
import type { OperationBase, ReadOperation } from '../operation';
import type { EndpointOperation } from './endpoint/defineEndpoint';
import type { UpdateOperation } from './update/defineUpdate';
import type { BatchOperation } from './batch/defineBatch';
import type { TotalsOperation } from './totals/defineTotals';
import type { WriteOperation } from './write/defineWrite';

/** Operations by their kind. */
export interface OperationsByKind {
	read: ReadOperation;
	totals: TotalsOperation;
	write: WriteOperation;
	batch: BatchOperation;
	update: UpdateOperation;
	endpoint: EndpointOperation;
	access: AccessOperation;
}

export type OperationKind = keyof OperationsByKind;

/** Operation in the form that the node uses, without the types of its fields. */
export type Operation = OperationsByKind[OperationKind];

/** Operation that tries other operations. The output has a record for each of them. */
export interface AccessOperation extends OperationBase {
	kind: 'access';
	checks: AccessCheck[];
}

/** Operation that reads or writes data of GoFive in a way that its definition states. Its effect says which. */
export type DataOperation = Exclude<Operation, EndpointOperation | AccessOperation>;

/** Operation to check, and the name of its resource. */
export interface AccessCheck {
	resource: string;
	operation: DataOperation;
}

/** Resource of the node: a folder with one file per operation. */
export interface Resource<O extends Operation = Operation> {
	name: string;
	value: string;
	description: string;
	operations: O[];
	/** Value of the operation that a new node shows. n8n does not store defaults, so it must never change. */
	defaultOperation: string;
}

/** Resource whose access can be checked. */
export type DataResource = Resource<DataOperation>;
