// Operations that change single fields of a record: read the record, fill the form's values in, send all, check the record.
// Imported by `operation/index.ts`.
// Start with runUpdates.ts for a run. currentValues.ts turns a record into a request, valueChanges.ts compares two records.
import type { IDataObject } from 'n8n-workflow';
import { notice } from '../../fields/notice';
import type { Fields } from '../../field';
import type { RequestOperation, ReadOperation } from '../../operation';
import { completeDefinition, type Definition } from '../../completeDefinition';

/**
 * Form of a value that a request accepts. A day is a date without a time. A phone number and an amount are a text and a
 * number that GoFive may store in another format.
 */
export type ValueForm = 'text' | 'phone' | 'number' | 'amount' | 'boolean' | 'texts' | 'day' | 'object' | 'rows';

/** Where a record contains the current value of a key of the request, so that an update can send it back unchanged. */
export interface CurrentValue {
	/** A value of the record in another form is never converted: the update fails before anything is sent. */
	form: ValueForm;
	/** Whether GoFive requires the key. */
	required?: true;
	/** Whether an update is never sent without the value, not even if the user confirms that it is empty. */
	isNeverOmitted?: true;
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
	/** Keys of the record that follow from the value. If the form changes it, they are not sent, and may change with it. */
	derived?: string[];
	/** Whether the value changes without a user, for example the stock with a sale. If it does during a run, the run ends. */
	isVolatile?: true;
}

/** Current values by key of the request. */
export type CurrentValues = Readonly<Record<string, CurrentValue>>;

/** Record that an update changes: how it is read, and what the request repeats of it. */
export interface CurrentRecord {
	/** Operation that reads the record. It has the field that identifies the record, too. */
	operation: ReadOperation;
	values: CurrentValues;
	/** Keys of the record that GoFive sets with each update, for example the date of the last change. */
	setByGoFive: string[];
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

/** Defines an operation that changes single fields of a record. The request repeats the values of the record, changed by those of the form. */
export function defineUpdate<F extends Fields>(
	definition: Definition<F> & { idField: keyof F & string; current: CurrentRecord },
): UpdateOperation {
	const { idField, current } = definition;
	const operation = completeDefinition(definition, 'write', ['fieldsGoFiveDoesNotReturn']);
	return {
		...operation,
		kind: 'update',
		idField,
		current,
		notices: { currentRecordNotice: notice(CURRENT_RECORD_NOTICE) },
	};
}
