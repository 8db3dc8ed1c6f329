import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Effect } from '../api/request';
import type { GetParameter, NodeOptionName, NodeOptions, OptionList, Output, ReadContext } from './inputTypes';
import type { PathEvidence } from './pathEvidence';
import type { CurrentValue, CurrentValues, Pages, Part, ValueForm } from './requestTypes';

export type { GetParameter, NodeOptionName, NodeOptions, OptionList, Output, ReadContext };
export type { CurrentValue, CurrentValues, Pages, Part, ValueForm };

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
	operation: Operation;
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

/** Parts that follow from the records of a list, which is read first. The key column of the list identifies a part. */
export interface ListedParts<P = object> {
	operation: Operation;
	/** Values with which the list is read, in addition to those of an untouched form. */
	values: Record<string, unknown>;
	/** @param read - Reads a column of the record. */
	toPart(key: string, read: (column: string) => unknown): Part<P>;
	/** Sentence about how to shorten the list. */
	narrowingAdvice: string;
}

export type Parts<P = object> = Array<Part<P>> | ListedParts<P>;

/** Record that an update changes: how it is read, and what the request repeats of it. */
export interface CurrentRecord {
	/** Operation that reads the record. It has the field that identifies the record, too. */
	operation: Operation;
	values: CurrentValues;
	/** Keys of the record that GoFive sets with each update, for example the date of the last change. */
	setByGoFive: string[];
	/** @throws GoFiveError if the values of the complete request do not fit together. */
	validate?(body: IDataObject): void;
}

/** Value and description of an operation. The description of an upsert is fixed by n8n, see `defineOperation`. */
type OperationIdentity = { value: 'upsert'; description?: never } | { value: string; description: string };

/** Definition of an operation in its file: data and small pure functions. */
export type OperationDefinition<F extends Fields, P extends object = object> = OperationIdentity & {
	name: string;
	/** Text in n8n's list of actions, for users and AI agents. */
	action: string;
	/** Whether the operation may change data in GoFive. Reads run in parallel and are retried, writes run one at a time. */
	effect: Effect;
	/** Source of the path, if it was not found in the public copy of GoFive's documentation. The description and a notice say so. */
	evidence?: PathEvidence;
	/**
	 * Field that identifies the record to update, if GoFive may clear fields of it that the request does not contain. If the
	 * field is filled in, a notice in the form says so.
	 */
	mayClearFields?: keyof F & string;
	/** Record that is read before it is written. The request then repeats its values, changed by those of the form. */
	current?: CurrentRecord;
	fields: F;
	/** Field that identifies the record of an input item. Messages name the record by it, an empty item contains it. */
	idField?: keyof F & string;
	/** Field with the name of the record, by which messages name it if the ID is empty because the item creates it. */
	nameField?: keyof F & string;
	/** Entity of the records. Defaults to the one of the field Output. Without it, the records are returned unchanged. */
	entity?: Entity;
	/** Returns the name of the output's records in plural, for messages. Defaults to that of the entity. */
	pluralName?(values: OperationValues<F>): string;
	/** Error description if GoFive finds no record: values for the user to check. */
	notFoundDescription?: string;
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
	/** Pagination of a list, if it is paginated with these values. */
	pages?: Pages | ((values: OperationValues<F>) => Pages | undefined);
	/** Maximum number of items per request, if the response has a row for each, with its value of the ID field. */
	batchSize?: number;
	/** @throws GoFiveError if the values of an input item are not valid together. */
	validate?(values: OperationValues<F>): void;
	/**
	 * Describes the request for one input item. If the operation has parts, it is called for each part, and once without the
	 * values of a part. Without any value, its method and path are still those of the operation.
	 * @param body - Body that was built from all values. See `Field.bodyKey`.
	 */
	request(values: OperationValues<F> & Partial<P>, body: IDataObject): ApiRequest;
	/**
	 * Extracts the records from the data of GoFive's response, in the order of the output. Defaults to `readRecords`.
	 * @throws GoFiveError if the data has another form.
	 */
	receive?(data: unknown, values: OperationValues<F>): IDataObject[];
	/** Operations to try in place of `request`. The output has a record for each of them. */
	checks?: AccessCheck[];
	/** Returns a hint about a written record, if there is one. */
	hintAfterWrite?(record: IDataObject, values: OperationValues<F>): string | undefined;
};

/** Operation in the form that the runner uses, without the types of its fields. */
export type Operation = OperationDefinition<Fields> & { description: string };

/** Operation whose access can be checked, and the name of its resource. */
export interface AccessCheck {
	resource: string;
	operation: Operation;
}
