/**
 * Operations that change single fields of a record, and the rule that they follow:
 * 1. GoFive's request replaces the record, so each key that the form neither sets nor clears is read from the record.
 * 2. An item is refused before anything is sent if a key cannot be read in the form of the request. One message names all
 *    of them. In rows and objects, missing and empty values are equal, and only a filled unknown key is refused.
 * 3. The read values and those of the form are sent, without empty values and those in Values That May Be Lost.
 * 4. The record is then read for ten seconds, until it shows the sent values. If not, the run ends.
 * 5. The run also ends if a declared value that is not in the form differs, or if another filled key became empty.
 * With `replacesRecord: false`, only the required keys are read, and nothing is read after sending.
 * Imported by `operation/index.ts`. Start with runUpdates.ts for a run. A new key of the request is added to the table
 * `CurrentValues` of its resource.
 */
import type { IDataObject } from 'n8n-workflow';
import { notice } from '../../fields/notice';
import type { DATE_FORMATS } from '../../fields/date';
import type { Fields } from '../../field';
import type { RequestOperation, ReadOperation } from '../../operation';
import { completeDefinition, type Definition } from '../../completeDefinition';

/** Form of a value that a request accepts. GoFive may store a phone number and an amount in another format. */
export type ValueForm = 'text' | 'phone' | 'number' | 'amount' | 'boolean' | 'texts' | 'date' | 'object' | 'rows';

/** Where a record contains the current value of a key of the request, so that an update can send it back unchanged. */
export interface CurrentValue {
	form: ValueForm;
	/** Format of a date. Defaults to a day. */
	dateFormat?: keyof typeof DATE_FORMATS;
	/** Whether GoFive requires the key. */
	required?: true;
	/** Codes that the request accepts. */
	codes?: readonly number[];
	/** Key with the same value, for a record that lacks the key of the request. */
	otherKey?: string;
	/** Codes of the request by code in the other key. The other key has them for no other meaning. */
	otherCodes?: Readonly<Record<number, number>>;
	/** Key with the names of the values, for a record without their codes. The list of the field in the form has the codes. */
	namesKey?: string;
	/** Keys of an object or of each row. */
	values?: CurrentValues;
	/** Key that identifies a row. The rows of the form then change single rows, else they replace all of them. */
	rowKey?: string;
	/** Whether the order of the list matters, for example if the first entry is the main one. */
	isOrdered?: true;
	/** Whether the value may change during an update without being damaged, for example the stock with a sale. */
	isVolatile?: true;
	/** Whether GoFive stores other entries than the sent ones, for example its own addresses of images. */
	isComparedByCount?: true;
	/** Other keys of the record that may become empty if the form changes the value. */
	dependentKeys?: string[];
}

/** Current values by key of the request. */
export type CurrentValues = Readonly<Record<string, CurrentValue>>;

/** Record that an update changes: how it is read, and what the request repeats of it. */
export interface CurrentRecord {
	/** Operation that reads the record. */
	operation: ReadOperation;
	/** Parameters of this operation that differ from those of an untouched form. */
	parameters?: IDataObject;
	values: CurrentValues;
	/** Set if GoFive keeps the values that a request omits. */
	replacesRecord?: false;
	/** @throws GoFiveError if the values of the complete request do not fit together. */
	validate?(body: IDataObject): void;
}

/** Operation that changes single fields of a record. */
export interface UpdateOperation extends RequestOperation {
	kind: 'update';
	effect: 'write';
	idField: string;
	current: CurrentRecord;
}

const CURRENT_RECORD_NOTICE = "Turn on 'Preview' for the first run.";

/** Defines an operation that changes single fields of a record. */
export function defineUpdate<F extends Fields>(
	definition: Definition<F> & { idField: keyof F & string; current: CurrentRecord },
): UpdateOperation {
	const { idField, current } = definition;
	const options = current.replacesRecord === false ? [] : (['valuesThatMayBeLost'] as const);
	return {
		...completeDefinition(definition, 'write', [...options]),
		kind: 'update',
		idField,
		current,
		notices: { currentRecordNotice: notice(CURRENT_RECORD_NOTICE) },
	};
}
