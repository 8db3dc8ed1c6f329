import type { Operation } from './types';

/** Resource of the node: a folder with one file per operation. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
	/** Value of the operation that a new node shows. n8n does not store defaults, so it must never change. */
	defaultOperation: string;
}
