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
	read(get: GetParameter, name: string, context: ReadContext): T;
	/** GoFive's key in the body, unless it is the name; null for what does not belong into the body under one key. */
	bodyKey?: string | null;
	/** What the value becomes in the body, where that is not simply itself. */
	toBody?(value: T, name: string): IDataObject;
	/** The fields of a group or of a line. */
	nestedFields?: Record<string, Field>;
	/** The lists that are loaded from GoFive for it, by the names of n8n's methods. */
	loadOptions?: Record<string, Lookup>;
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

/** One column of a record. */
export interface Column {
	/** As n8n shows it. */
	displayName: string;
	type: ColumnType;
	/** Where GoFive's record has it, the first that is there; dots lead inside. Unless set under the column's key. */
	paths?: string[];
	/** Whether GoFive always fills it, so that null in its answer to a write says no more than a missing key. */
	isAlwaysFilled?: boolean;
	/** Where its value is not in the record: names by id, and the column that holds the id. */
	lookup?: { valueLabels: Lookup; idColumn: string };
	/** Where GoFive has a code: what a person calls each; a code that is none of them stands as it is. */
	valueLabels?: OptionList;
	/** Where it is the number of entries of a list: the list, the first that is there. */
	countOf?: string[];
	/** Whether only Selected Fields offers it, since a simplified record has ten columns at most. */
	isSelectedOnly?: boolean;
}

/** The columns of a thing, by key and in reading order. */
export type Columns = Record<string, Column>;

/** A thing that GoFive knows, and what it looks like in n8n. */
export interface Entity {
	/** The thing in plural, for messages. */
	pluralName: string;
	columns: Columns;
	/** The columns that together name a record; pages know a row by them. */
	keyColumns?: string[];
	/** The column of the date to sort by. */
	sortColumn?: string;
	/** The lines of a record, such as the products of a quotation: where they are, their columns, and those of the record beside them. */
	lines?: { pluralName: string; paths: string[]; columns: Columns; parentColumns: string[] };
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
