import type { IDataObject } from 'n8n-workflow';
import type { Operation } from './types';

/** Maximum number of records from which a list is built that is not loaded page by page. */
export const MAX_LIST_RECORDS = 1000;

/** List in a form that is loaded from GoFive, so that a user chooses a value by its name. */
export interface ListSource<T = unknown> {
	/** Name of n8n's methods that load the list. */
	method: string;
	/** Name of the entries in plural, for messages, for example "employees". */
	pluralName: string;
	/** Name of a value, for example "staff code". Defaults to "ID". */
	valueName?: string;
	/** Operation that reads the records from which the list is built. */
	operation: Operation;
	/** Filter of the operation that searches the records. With it, a resource locator loads the list page by page. */
	searchFilter?: string;
	/**
	 * Returns the value of a record's entry, and the name and the code in its label: "Somchai Jaidee (staff01)".
	 * A text or number in place of a record is in the key `value`.
	 */
	toEntry(record: IDataObject): [value: unknown, name?: unknown, code?: unknown];
	/** Whether the values of the entries are numbers. Saved workflows contain them. */
	hasNumericValues?: boolean;
	/**
	 * Reads a chosen or entered value.
	 * @throws GoFiveError if the value is not valid.
	 */
	read(input: unknown, displayName: string): T;
}

/**
 * Describes the records from which a list is loaded as a whole. Undefined if that is all of them. The number is that of
 * MAX_LIST_RECORDS. It is not formatted with toLocaleString(), which takes 15 ms when n8n loads the node.
 * @param place - Where to enter a value that the list does not contain.
 */
export const describeListExtent = (source: ListSource, place: string): string | undefined =>
	source.operation.pages &&
	`The list is loaded from the first 1,000 ${source.operation.entity?.pluralName}. To select other ${source.pluralName}, enter their ${source.valueName ?? 'ID'}s ${place}.`;
