import type { IDataObject } from 'n8n-workflow';
import type { Columns, Entity, Fields, NodeOptionName, Operation, OperationValues } from '../operation/types';
import type { DateRange } from '../time/range';

/** Division of a source into parts that are read, remembered and reported separately. */
export interface PartDefinition {
	/** Returns the keys of the parts, for example the customer codes. */
	getKeys(values: OperationValues): string[];
	/** Returns the values with which the operation reads one part. */
	toValues(key: string): Record<string, unknown>;
	/** Sentence of the message if GoFive does not know a part. */
	unknownAdvice: string;
}

/** Records that the trigger watches: an operation that reads them, and what identifies and changes them. */
export interface Source {
	/** Name of a record in the form, and end of the values of Trigger On, for example "Deal" for `newDeal`. */
	name: string;
	/** Operation that reads the records. */
	operation: Operation;
	/** Entity of the output. */
	entity: Entity;
	/** Keys that identify a record in GoFive's response. The first that is filled counts. */
	idKeys: string[];
	/** Fields of the form, in their order. */
	fields: Fields;
	/** Names of the fields whose stored values decide which records are read. If they change, the trigger starts again. */
	scopeFields: string[];
	/** Options of the form. */
	options: NodeOptionName[];
	/** Columns whose values count as the content of a record. */
	watchableColumns: Columns;
	/** Keys of the watched columns if the user selects none. */
	defaultWatchedColumns: string[];
	/** Without it, the source has a single part. */
	parts?: PartDefinition;
	/** Returns the values of the days to read. Without it, the source has no dates. */
	toDateValues?(days: DateRange): Record<string, unknown>;
	/** Filter after reading. Records that it excludes are remembered. */
	selection?: { field: string; includes(record: IDataObject, selected: unknown[]): boolean };
	/** Description of New in the form. */
	newDescription: string;
	/** Description of New or Changed in the form. */
	changedDescription: string;
	/** Sentence about how to watch fewer records. */
	narrowingAdvice: string;
}
