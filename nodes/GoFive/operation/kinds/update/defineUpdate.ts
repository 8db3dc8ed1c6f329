/**
 * Operations that change single fields of a record, and the rule that they follow:
 * 1. Read: each key of the request that the form neither sets nor clears. Before a further update, the record is read again
 *    for ten seconds, until it shows the changes of earlier items.
 * 2. Refuse an item: if a key cannot be read in the form of the request, if GoFive has no record or several records with the
 *    ID, or if the values do not fit together. One message names all keys. In rows and objects, missing and empty values are
 *    equal, and only a filled unknown key is refused.
 * 3. Send: the read values with the values of the form, without empty values except those that the form clears, and without
 *    Values That May Be Lost.
 * 4. Check: read the record for ten seconds, until it shows the sent values.
 * 5. End the run: if the record cannot be read in step 4 or does not show the changes or the sent values, if a declared value
 *    that is not in the form differs, or if another filled key became empty.
 * A partial update reads only the keys that its request needs, and ends with step 3.
 * Imported by `operation/index.ts`. Start with runUpdates.ts for a run. To add a key of the request, add it to the table
 * `CurrentValues` in `update.ts` of the resource, and its field to the form.
 */
import type { IDataObject } from 'n8n-workflow';
import { notice } from '../../fields/notice';
import type { DATE_FORMATS } from '../../fields/date';
import type { Fields, NodeOptionName } from '../../field';
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
	/** Whether the request contains only required and changed values, so that the update needs no check. */
	isPartial?: true;
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
	const options: NodeOptionName[] = current.isPartial ? [] : ['valuesThatMayBeLost'];
	return {
		...completeDefinition(definition, 'write', options),
		kind: 'update',
		idField,
		current,
		notices: { currentRecordNotice: notice(CURRENT_RECORD_NOTICE) },
	};
}
