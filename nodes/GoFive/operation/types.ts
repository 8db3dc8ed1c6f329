import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Effect } from '../api/request';
import type { GetParameter, NodeOptionName, NodeOptions, OptionList, Output, ReadContext } from './inputTypes';
import type { PathEvidence } from './pathEvidence';

/** Field of a form: how n8n shows it, how its value is read and sent. Its name is its key in the operation's fields. */
export interface Field<T = unknown> {
	/** Label in the form. Messages name the field by it. */
	displayName: string;
	/** Builds n8n's properties. Some fields consist of several, such as Return All and Limit. */
	properties(name: string): INodeProperties[];
	/**
	 * Reads the value of the field.
	 * @throws GoFiveError if the value is not valid. Its message contains the display name.
	 */
	read(getParameter: GetParameter, name: string, context: ReadContext): T;
	/**
	 * GoFive's key, if it differs from the field's name. Null if the value is not sent under a key of its own, for example
	 * because the nested values are sent next to the others.
	 * Messages of GoFive about this key are shown with the display name, also if the key is in the query.
	 */
	bodyKey?: string | null;
	/** Builds the field's part of the request body, if that is not the value under its key. */
	toBody?(value: T, name: string): IDataObject;
	/** Returns true for an input without a value. By default, these are blank text and an empty list. */
	isEmpty?(input: unknown): boolean;
	/** Fields of a collection or of a row. */
	nestedFields?: Record<string, Field>;
	/** List that n8n loads for the field. */
	list?: ListSource;
	/** Whether the value is a date, so that the operation needs the option Time Zone. */
	isDate?: boolean;
	/** Whether the field affects only the node's output, not the request. */
	isOutputOnly?: boolean;
}

/**
 * Fields of an operation by parameter name. `request` and `receive` get the values under the same names.
 * The runner uses two of them: `limit` cuts the records, and `output` formats them.
 */
export type Fields = Record<string, Field> & {
	limit?: Field<number | undefined>;
	output?: Field<Output> & { entity?: Entity };
};

/** Values of fields by name. */
export type FieldValues<F> = { [K in keyof F]: NonNullable<F[K]> extends Field<infer T> ? T : never };

/** Values of an operation's fields, and its options. */
export type OperationValues<F extends Fields = Fields> = FieldValues<F> & { options: NodeOptions };

/** Names by ID, by the key of the column that shows them. Undefined if the lookup failed. */
export type LookupTables = Record<string, Map<string, string> | undefined>;

/** Names of values in GoFive. */
export interface NameSource {
	/** Name of the entries in plural, for messages, for example "employees". */
	pluralName: string;
	/** Operation that reads the records with the names. */
	operation: ReadOperation;
	/** Entity of the records, if the operation has none. A text or number in place of a record is in the key `value`. */
	entity?: Entity;
	/** Field of an operation that reads a single record by its ID. Without it, the operation lists all records. */
	idField?: string;
	/** Keys of the columns with the value of an entry, and its name and code in the label: "Somchai Jaidee (staff01)". */
	valueColumn: string;
	nameColumn?: string;
	codeColumn?: string;
}

/** List in a form that is loaded from GoFive, so that a user chooses a value by its name. */
export interface ListSource<T = unknown> extends NameSource {
	/** Name of n8n's methods that load the list. */
	method: string;
	/** Name of a value, for example "staff code". Defaults to "ID". */
	valueName?: string;
	/** Filter of the operation that searches the records. With it, a resource locator loads the list page by page. */
	searchFilter?: string;
	/** Whether a name is accepted in place of a value. The list is then read once per execution. */
	acceptsNames?: boolean;
	/** Whether the values of the entries are numbers. Saved workflows contain them. */
	hasNumericValues?: boolean;
	/**
	 * Reads a chosen or entered value.
	 * @throws GoFiveError if the value is not valid.
	 */
	read(input: unknown, displayName: string): T;
}

/** Type of a column's values, for the output schema and the documents. */
export type ColumnType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'list' | 'object';

/** One column of a record in the node's output. */
export interface Column {
	/** Name of the column in the form and in the documents. */
	displayName: string;
	/** Type of the values. Defaults to text. */
	type?: ColumnType;
	/**
	 * Paths to the value in GoFive's record, with a dot between the keys. The first one with a value that is not blank counts,
	 * else the first one that is present. Defaults to the column's own key. A value that GoFive omits is read at the same paths of the sent values.
	 */
	paths?: string[];
	/** Source of the names for an ID if the record has no name, and the column that holds the ID. */
	lookup?: { source: NameSource; idColumn: string };
	/** Source of the names for the codes in this column. The option Add Names adds the column of the name. */
	names?: NameSource;
	/** Whether the option Add Names adds the column. It is shown if its code is shown, and an unknown name is the code. */
	isAddedName?: boolean;
	/** Names of GoFive's codes. A code without a name is shown as it is. */
	valueNames?: OptionList;
	/** Paths to the list whose entries the column counts. The first list that is not empty counts, else the sent one. */
	countPaths?: string[];
	/** Separator with which a list of texts becomes one text, so that a report can group by it. Any other value is unchanged. */
	separator?: string;
	/** Whether only Selected Fields offers the column. A simplified record has at most ten. */
	selectedOnly?: boolean;
}

/** Columns by key, in the order of the output. */
export type Columns = Record<string, Column>;

/** A kind of record in GoFive, described as a table of columns. */
export interface Entity {
	/** Name of the records in plural, for messages. */
	pluralName: string;
	columns: Columns;
	/** Keys of the columns that together identify a record for the user, so that every item contains them. */
	keyColumns?: string[];
	/** Keys of the columns that identify a record for the node. The first that is filled counts. Defaults to `keyColumns`. */
	idColumns?: string[];
	/** Columns that only the node reads. */
	internalColumns?: Columns;
	/** Group in which a response may contain records: the column of their list, and the columns that they take over. */
	groups?: { listColumn: string; sharedColumns: string[] };
	/** Rows of a record, for example the products of a quotation, which 'One Item per Row' in Output turns into items. */
	lines?: {
		/** Name of a row with its record, for the form: "product of a quotation". */
		rowName: string;
		/** Paths to the list of rows in GoFive's record. The first list that is not empty counts, else the first one. */
		paths: string[];
		columns: Columns;
		/** Keys of the record's columns that each row repeats. */
		parentColumns: string[];
	};
}

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

/** Parts that follow from the records of a list, which is read first. The key column of the list identifies a part. */
export interface ListedParts<P = object> {
	operation: ReadOperation;
	/** Values with which the list is read, in addition to those of an untouched form. */
	values: Record<string, unknown>;
	/** @param read - Reads a column of the record. */
	toPart(key: string, read: (column: string) => unknown): Part<P>;
	/** Sentence about how to shorten the list. */
	narrowingAdvice: string;
}

export type Parts<P = object> = Array<Part<P>> | ListedParts<P>;

/** What an operation of any kind has: its texts, its form, and the request for one input item. */
export interface OperationBase {
	name: string;
	value: string;
	/** Text in n8n's list of actions, for users and AI agents. */
	action: string;
	description: string;
	/** Whether the operation may change data in GoFive. */
	effect: Effect;
	/** Source of the path, if it was not found in the public copy of GoFive's documentation. The description and a notice say so. */
	evidence?: PathEvidence;
	fields: Fields;
	/** Names of the options in the form. */
	options: NodeOptionName[];
	/** Notices of the kind of operation. They precede the fields. */
	notices?: Fields;
	/** Field that identifies the record of an input item. Messages name the record by it, an empty item contains it. */
	idField?: string;
	/** Field with the name of the record, by which messages name it if the ID is empty because the item creates it. */
	nameField?: string;
	/** Entity of the records. Defaults to the one of the field Output. Without it, the records are returned unchanged. */
	entity?: Entity;
	/** @throws GoFiveError if the values of an input item are not valid together. */
	validate?(values: OperationValues): void;
	/**
	 * Describes the request for one input item. If the operation has parts, it is called for each part, and once without the
	 * values of a part. Without any value, its method and path are still those of the operation.
	 * @param body - Body that was built from all values. See `Field.bodyKey`.
	 */
	request(values: OperationValues, body: IDataObject): ApiRequest;
}

/** Settings of an operation that reads a list. */
export interface ListSettings<F extends Fields = Fields, P extends object = object> {
	/** Error description if GoFive finds no record: values for the user to check. */
	notFoundDescription?: string;
	/** Returns the name of the output's records in plural, for messages. Defaults to that of the entity. */
	pluralName?(values: OperationValues<F>): string;
	/**
	 * Returns the parts of a list that takes several requests. They are read in parallel, their records are returned in this
	 * order, and a record that several parts return is returned once. Also called with the values of an untouched form.
	 */
	parts?(values: OperationValues<F>): Parts<P>;
	/**
	 * Returns a filter of the records that GoFive's request cannot express. With a filter, the whole list is read, and the
	 * limit counts the records that it keeps. Undefined if all records are kept.
	 */
	filter?(values: OperationValues<F>): ((records: IDataObject[]) => IDataObject[]) | undefined;
	/** Key of the column with the date by which the records can be sorted. The operation then has the option Sort. */
	sortColumn?: string;
	/** Filter in the field `filters` that takes the first day of the records, for a list without pages. */
	startFilter?: string;
	/** Pagination of the list. */
	pages?: Pages;
}

/** Operation that reads a record or a list. Its kind is in this file, because entities name operations, and lists of fields do. */
export interface ReadOperation extends OperationBase, ListSettings {
	kind: 'read';
	/** Whether it reads a list. Otherwise the ID field identifies its record. */
	isList: boolean;
	/**
	 * Extracts the records from the data of the response.
	 * @throws GoFiveError if the data has another form.
	 */
	receive?(data: unknown, values: OperationValues): IDataObject[];
}
