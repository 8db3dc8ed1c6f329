/** Types of requests and of the records in their responses. Imported by `types.ts` only, which exports them. */
import type { IDataObject } from 'n8n-workflow';

/** Pagination of a list: GoFive's keys for the page size and, if the endpoint can skip records, for the offset. */
export interface Pages {
	takeKey: string;
	skipKey?: string;
}

/** One of the reads of which a list consists, for example the events of one customer. */
export interface Part<P = object> {
	/** Identifies the part, for example the customer code. The trigger stores it. */
	key: string;
	/** Name in messages of the action node, for example: customer code 'C000055'. The trigger names a part by its key. */
	name: string;
	/** Values with which the part is read, in addition to the values of the form. Columns that GoFive omits show them. */
	values: P;
	/** Turns the records of the part into those of the output. Defaults to the records themselves. */
	toOutput?(records: IDataObject[]): IDataObject[];
}

/**
 * Form of a value that a request accepts. A day is a date without a time. A phone number and an amount are a text and a
 * number that GoFive may store in another format.
 */
export type ValueForm = 'text' | 'phone' | 'number' | 'amount' | 'boolean' | 'texts' | 'day' | 'object' | 'rows';

/** Where a record contains the current value of a key of the request, so that an update can send it back unchanged. */
export interface CurrentValue {
	/** A value of the record in another form is never converted: the update fails before anything is sent. */
	form: ValueForm;
	/** Paths to the value in the record. The first one with a value counts. Defaults to the key. */
	paths?: string[];
	/** Whether GoFive requires the key. */
	required?: true;
	/** Codes of the request by code of the record. Null for a code that does not say what the request needs. */
	codes?: Readonly<Record<string, number | null>>;
	/** Path to the names of the values, for a record without their codes. The list of the field in the form has the codes. */
	namesPath?: string;
	/** Keys of an object or of each row. */
	values?: CurrentValues;
	/** Key that identifies a row. The rows of the form then change single rows, else they replace all of them. */
	rowKey?: string;
	/** Keys of the record that follow from the value. If the form changes it, they are not sent, and may change with it. */
	derived?: string[];
	/** Whether the value changes without a user, for example the stock with a sale. If it does during a run, the run ends. */
	isVolatile?: true;
}

/** Current values by key of the request. */
export type CurrentValues = Readonly<Record<string, CurrentValue>>;
