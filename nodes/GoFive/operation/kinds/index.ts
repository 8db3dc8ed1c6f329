// The kinds of operations: a folder each. A new kind is a folder, a member of the union `Operation` below, and its runner in
// `executeOperation.ts`.
// Imported by `operation/index.ts`, `describe/` and `kinds/access`, whose operation is about all others.
import type { OperationBase, ReadOperation } from '../operation';
import type { EndpointOperation } from './endpoint/defineEndpoint';
import type { UpdateOperation } from './update/defineUpdate';
import type { BatchOperation } from './batch/defineBatch';
import type { WriteOperation } from './write/defineWrite';

/** Operation in the form that the node uses, without the types of its fields. */
export type Operation =
	| ReadOperation
	| WriteOperation
	| BatchOperation
	| UpdateOperation
	| EndpointOperation
	| AccessOperation;

/** Operation that tries other operations. The output has a record for each of them. */
export interface AccessOperation extends OperationBase {
	kind: 'access';
	checks: AccessCheck[];
}

/** Operation whose access can be checked, and the name of its resource. */
export interface AccessCheck {
	resource: string;
	operation: Operation;
}

/** Resource of the node: a folder with one file per operation. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
	/** Value of the operation that a new node shows. n8n does not store defaults, so it must never change. */
	defaultOperation: string;
}
