import type { IDataObject } from 'n8n-workflow';
import type { Columns, Entity } from '../operation/entity';
import type { Fields, NodeOptionName, OperationValues } from '../operation/field';
import type { Parts, ReadOperation } from '../operation/operation';
import type { DateRange } from '../time/range';

/** What says how far a record is. */
export interface StatusDefinition {
	/** Keys of the columns with the status. */
	columns: string[];
	/** What these columns are, for the form, for example "stage and status". */
	name: string;
	/** Keys of the columns with the date of the last change. The second one counts if the first one is null. */
	changeDateColumns: string[];
	/** Sentence about how to omit records that are completed, for the form. */
	openAdvice: string;
}

/** Records that the trigger watches: an operation that reads them, and what identifies and changes them. */
export interface TriggerSource {
	/** Name of a record in the form. */
	name: string;
	/** End of the values of Trigger On, for example "Deal" for `newDeal`. Saved workflows contain it. */
	value: string;
	/** Operation that reads the records. */
	operation: ReadOperation;
	/** Entity of the output. */
	entity: Entity;
	/** Fields of the form, in their order. */
	fields: Fields;
	/** Options of the form. */
	options: NodeOptionName[];
	/** Columns whose values count as the content of a record. */
	watchableColumns: Columns;
	/** Keys of the watched columns if the user selects none. They never change, because stored digests cover them in this order. */
	defaultWatchedColumns: string[];
	/** Returns the parts that are read, remembered and reported separately, for example one per customer. Defaults to a single one. */
	parts?(values: OperationValues): Parts;
	/**
	 * Returns the values with which the operation is read, in addition to those of the form and of the part.
	 * @param days - Days of Look Back and Look Ahead.
	 */
	getReadValues?(days: DateRange, values: OperationValues): Record<string, unknown>;
	/** Returns the stored parameters that decide which records are read. If they change, the trigger starts again. */
	getScope(stored: IDataObject): unknown[];
	/** Returns the subject of a message about some of the parts. */
	describeParts(keys: string[]): string;
	/** Sentence of the message if GoFive does not know a part that the user entered. */
	unknownPartAdvice?: string;
	/** Filter after reading. The trigger treats a record that it excludes as if GoFive had not returned it. */
	includesRecord?(record: IDataObject, values: OperationValues): boolean;
	/** @throws GoFiveError if `includesRecord` cannot tell these records apart. */
	assertFilterable?(records: IDataObject[], values: OperationValues): void;
	/** Names of the watched columns, if the user cannot select others. */
	fixedColumnNames?: string;
	/** End of the descriptions in the form, about the days that the trigger watches. Empty if it watches all. */
	periodNote: string;
	/** Status of a record. Undefined if its records have none. */
	status?: StatusDefinition;
	/** Sentence about how to watch fewer records. */
	narrowingAdvice: string;
	/** Sentence about how to shorten a poll. Defaults to that about how to watch fewer records. */
	durationAdvice?: string;
}
