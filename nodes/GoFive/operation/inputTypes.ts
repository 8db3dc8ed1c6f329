/** Types of what a form contains and of how it is read. They name no field and no operation, which are in `types.ts`. */

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
	 * Finds the value of an entry of a list by its name. Undefined if the input is not a name, or the list is not loaded yet.
	 * @param source - The `ListSource`.
	 * @throws GoFiveError for an unknown name, or if the list could not be loaded.
	 */
	findListValue?(source: object, input: unknown, displayName: string): unknown;
	/** Whether a parameter is an expression. A path with dots refers to a part of the parameter. */
	isExpression(name: string): boolean;
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
	timeout: number;
	/** Names of fields that an update omits although their value is not known. GoFive may clear them. */
	fieldsNotReturned: string[] | undefined;
	/** Number of days before today in which the trigger watches records. */
	lookBack: number;
	/** Number of days after today in which the trigger watches records. */
	lookAhead: number;
	/** Whether the trigger starts the workflow for the records that exist at activation. */
	emitExisting: boolean;
	/** Whether the trigger stores the values of the watched fields, and adds those before a change. */
	includePreviousValues: boolean;
	/** Whether the trigger reports a record again after each further period without a change. */
	repeat: boolean;
}

/** Name of an option. Saved workflows contain it. */
export type NodeOptionName = keyof NodeOptions;

/** Options of a list, in the order in which the form shows them. */
export type OptionList<V = string | number | boolean> = ReadonlyArray<{ name: string; value: V; description?: string }>;

/** Format of the node's output. `lines` returns one item per line of a record. */
export type Output = { mode: 'simplified' | 'raw' | 'lines' } | { mode: 'selected'; fields: string[] };
