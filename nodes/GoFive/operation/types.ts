import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Effect } from '../api/request/request';

/** Hands out a parameter by its name. */
export type GetParameter = (name: string) => unknown;

/** What a field needs to know to read its value. */
export interface ReadContext {
	/** Zone of the GoFive account; it reads dates that carry no offset. */
	timeZone: string;
	/** Milliseconds since 1970. */
	now: number;
	/** Tells the user something after the run; of each kind only the first text, and how many items there were. */
	addHint(kind: string, text: string): void;
	/** Whether the user gave a parameter of this name, or with dots a part of it, as an expression. */
	isExpression(name: string): boolean;
}

/** One input of a form: how n8n shows it, how it is read, and what it becomes in a request. Its name comes from the key under which it stands. */
export interface Field<T = unknown> {
	properties(name: string): INodeProperties[];
	/** @throws GoFiveError that names the field as the UI shows it */
	filledValues(get: GetParameter, name: string, context: ReadContext): T;
	/** GoFive's key in the body, unless it is the name; null for what does not belong into the body under one key. */
	bodyKey?: string | null;
	/** What the value becomes in the body, where that is not simply itself. */
	toBody?(value: T, name: string): IDataObject;
	/** The fields of a group or of a line. */
	nestedFields?: Record<string, Field>;
	/** The lists that are loaded from GoFive for it, by the names of n8n's methods. */
	loadedLists?: Record<string, Lookup>;
	/** Whether it is a date, which the option Time Zone reads and writes. */
	isDate?: boolean;
	/** Whether it tells which item asks for what; Output and the like do not. */
	isOutputOnly?: boolean;
}

/** Which form the records have when they leave the node; `lines`: one item for each of a record's lines. */
export type Output = { mode: 'simplified' | 'raw' | 'lines' } | { mode: 'selected'; fields: string[] };

/**
 * The fields of an operation, by the names of their parameters, under which `request` and `receive` find their values.
 * The runner knows three of them by name: `limit` cuts, `output` chooses the form, `paging` asks for pages.
 */
export type Fields = Record<string, Field> & {
	limit?: Field<number | undefined>;
	/** With what the records are whose columns it offers. */
	output?: Field<Output> & { entity?: Entity };
	paging?: Field<Pages | undefined>;
};

/** The values of fields, by name. */
export type FieldValues<F> = { [K in keyof F]: NonNullable<F[K]> extends Field<infer T> ? T : never };

/** The options of an operation or of the trigger, with what holds where the user chose nothing. */
export interface NodeOptions {
	ifNothingFound: 'nothing' | 'emptyItem' | 'error';
	sort: 'asReturned' | 'oldestFirst' | 'newestFirst';
	/** Zone of the GoFive account. */
	timeZone: string;
	maxParallelRequests: number;
	/** Seconds. */
	timeout: number;
	/** Days before today whose events the trigger watches. */
	lookBack: number;
	/** Days after today whose events the trigger watches. */
	lookAhead: number;
	/** Whether the trigger begins with the events that are there already. */
	emitExisting: boolean;
}

/** Name of an option, as workflows store it. */
export type NodeOptionName = keyof NodeOptions;

/** The values of an operation's fields, and its options. */
export type OperationValues<F extends Fields = Fields> = FieldValues<F> & { options: NodeOptions };

/** Names for ids, fetched once per run when they are needed. */
export interface Lookup {
	request: ApiRequest;
	/** @returns names by id, both as text */
	receive(data: unknown): Map<string, string>;
	/** What the user is told when the look-up does not work; the run goes on without it. */
	failureHint: string;
}

/** Look-ups that were fetched, by the column that needs them. */
export type LookupTables = Record<string, Map<string, string> | undefined>;

/** What stands in a column, for n8n and for the one who reads the README. */
export type ColumnType = 'text' | 'number' | 'integer' | 'flag' | 'date' | 'list' | 'object';

/** What a person may choose, in the order in which it is shown. */
export type OptionList<V = string | number | boolean> = ReadonlyArray<{ name: string; value: V; description?: string }>;

/** One column of a record in the node's output. */
export interface Column {
	/** Name of the column in the form and in the documents. */
	displayName: string;
	type: ColumnType;
	/**
	 * Paths to the value in GoFive's record, with a dot between the keys. The first path that is present counts.
	 * Defaults to the column's own key.
	 */
	paths?: string[];
	/**
	 * Name of the parameter whose sent value fills the column if GoFive omits it: an input of the form itself, or of a
	 * collection whose values are sent next to the others. A read fills only the column of the record's key.
	 * For a column with `countOf` it is the parameter with the rows.
	 */
	fromInput?: string;
	/** Whether GoFive always stores a value, so that null in a response to a write means the same as a missing key. */
	isAlwaysFilled?: boolean;
	/** Source of the names for an ID if the record has no name, and the column that holds the ID. */
	lookup?: { source: Lookup; idColumn: string };
	/** Names of GoFive's codes. A code without a name is shown as it is. */
	valueLabels?: OptionList;
	/** Paths to the list whose entries the column counts. The first list that is present counts. */
	countOf?: string[];
	/** Whether only Selected Fields offers the column. A simplified record has at most ten. */
	isSelectedOnly?: boolean;
}

/** Columns by key, in the order of the output. */
export type Columns = Record<string, Column>;

/** Rows of a record, for example the products of a quotation, which Output Lines turns into items. */
export interface EntityLines {
	/** Name of the rows in plural, for the form and for hints. */
	pluralName: string;
	/** Paths to the list of rows in GoFive's record. The first list that is present counts. */
	paths: string[];
	/** Name of the parameter whose sent rows are used if GoFive's response has no list. */
	fromInput?: string;
	columns: Columns;
	/** Keys of the record's columns that each row repeats. */
	parentColumns: string[];
}

/** A kind of record in GoFive, described as a table of columns. */
export interface Entity {
	/** Name of the records in plural, for messages. */
	pluralName: string;
	columns: Columns;
	/** Keys of the columns that together identify a record, by which pagination recognizes a row. */
	keyColumns?: string[];
	/** Key of the column with the date to sort by. */
	sortColumn?: string;
	lines?: EntityLines;
}

/** How GoFive hands out a list in parts: the names of how many rows to give and, unless it knows none, how many to pass over. */
export interface Pages {
	takeKey: string;
	skipKey?: string;
}

/** How many items go in one call, and how the answer says which row is whose. */
export interface Batch {
	/** At most so many items in one call. */
	size: number;
	/** The field, and GoFive's key in a row of the answer, by which a row is known. */
	keyField: string;
	/** The name of the thing in plural, for messages. */
	pluralName: string;
}

/** What an operation is called; n8n fixes both of an upsert. */
type OperationName =
	| { name: string; value: string; description: string }
	| { name?: never; value: 'upsert'; description?: never };

/** An operation as its file describes it: data, and two pure functions. */
export type OperationDefinition<F extends Fields> = OperationName & {
	/** What n8n lists, and what an AI agent reads. */
	action: string;
	/** What it does at GoFive, unless a request says otherwise: if it is left out, an operation `get` or `get...` only asks. */
	effect?: Effect;
	fields: F;
	/** Options beside those that every operation of its kind has. */
	options?: readonly NodeOptionName[];
	/** Name of the field that names the record which an item is about: messages name it, and an item without data carries it. */
	idField?: keyof F & string;
	/** What the records are, if not those of the field Output; without any they go out as `receive` returns them. */
	entity?: Entity;
	/** Name of the field that tells a new record from one to change, where that is not `record`. */
	updateKeyField?: keyof F & string;
	/** What to look at where GoFive has nothing. */
	notFoundHint?: string;
	pages?: Pages;
	batch?: Batch;
	/** @param body the values as GoFive wants them, without those that are left out; @throws GoFiveError when they do not fit together */
	request(values: OperationValues<F>, body: IDataObject): ApiRequest;
	/** Unless set: the records of GoFive's data. @throws GoFiveError when it has another form */
	receive?(data: unknown, values: OperationValues<F>): IDataObject[];
	/** Something to tell the user of a record that was written; see `ReadContext.hint`. */
	hintAfterWrite?(idField: IDataObject, values: OperationValues<F>): string | undefined;
};

/** An operation as the runner works with it: whole, its fields not known by type. */
export type Operation = OperationDefinition<Fields> & { name: string; description: string; effect: Effect };

/** A resource: a folder with one file per operation. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
	/** The operation of a new node, by its value. n8n stores no defaults, so it never changes. */
	defaultOperation: string;
}
