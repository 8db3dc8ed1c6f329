// What a form contains, and the values that are read from it.
// Imported by `operation/` and the trigger. `entity.ts` is below it.
// Start with Field.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Entity, NameSource } from './entity';

/** Returns the value of a parameter by its name. */
export type GetParameter = (name: string) => unknown;

/** Context in which a field reads its value. */
export interface ReadContext {
	/** Time zone of the GoFive account. Dates without an offset are read in it. */
	timeZone: string;
	/** Current time in ms since 1970. */
	now: number;
	/**
	 * Adds a hint that n8n shows after the run.
	 * @param kind - Kind of the hint. Of each kind, n8n shows the first text and the number of items that it applies to.
	 */
	addHint(kind: string, text: string): void;
	/**
	 * Adds a hint about a field that is blank because of its expression. One hint per field counts the items.
	 * @param consequence - What the run did without the value, as the end of a sentence. Defaults to not sending it.
	 */
	addBlankHint(displayName: string, consequence?: string): void;
	/**
	 * Finds the value of an entry of a list by its name. Undefined if the input is not a name, or the list is not loaded yet.
	 * @throws GoFiveError for an unknown name, or if the list could not be loaded.
	 */
	findListValue?(source: ListSource, input: unknown, displayName: string): unknown;
	/** Whether a parameter is an expression. A path with dots refers to a part of the parameter. */
	isExpression(name: string): boolean;
}

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

/** Options of an operation or of the trigger. An option that was not added has its default. */
export interface NodeOptions {
	/** Whether the names of employees and customers follow their codes. */
	addNames: boolean;
	/** Whether each output item begins with the fields of its input item. */
	includeInputFields: boolean;
	ifNothingFound: 'nothing' | 'emptyItem' | 'error';
	sort: 'asReturned' | 'oldestFirst' | 'newestFirst';
	/** Time zone of the GoFive account. */
	timeZone: string;
	maxParallelRequests: number;
	/** Number of seconds without data from GoFive before a request is cancelled. */
	timeoutSeconds: number;
	/** Names of fields and of parts of rows that an update does not send. GoFive may clear their values. */
	valuesThatMayBeLost: string[] | undefined;
	/** Number of days before today in which the trigger watches records. */
	lookBack: number;
	/** Number of days after today in which the trigger watches records. */
	lookAhead: number;
	/** Whether the trigger starts the workflow for the records that exist at activation. */
	includeExistingRecords: boolean;
	/** Whether the trigger stores the values of the watched fields, and adds those before a change. */
	includePreviousValues: boolean;
	/** Whether the trigger reports a record again after each further period without a change. */
	repeat: boolean;
}

/** Name of an option. Saved workflows contain it. */
export type NodeOptionName = keyof NodeOptions;

/** Format of the node's output. `rows` returns one item per row of a record. */
export type Output = { mode: 'simplified' | 'raw' | 'rows' } | { mode: 'selected'; fields: string[] };
