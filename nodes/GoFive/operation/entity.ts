// What a record of GoFive consists of: columns, and the names that they show.
// Imported by `operation/` and the trigger. It imports nothing, so that no import is circular.
// Start with Entity.

/** Options of a list, in the order in which the form shows them. */
export type OptionList<V = string | number | boolean> = ReadonlyArray<{ name: string; value: V; description?: string }>;

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
	/**
	 * Computes the value from GoFive's values of other columns. No record contains it.
	 * @param context - Time of the run in ms since 1970, and the time zone of the GoFive account.
	 */
	compute?(read: (key: string) => unknown, context: { now: number; timeZone: string }): unknown;
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

/** Operation that reads records with names. It is a `ReadOperation`, whose type names entities itself. */
export interface NamesOperation {
	kind: 'read';
	entity?: Entity;
	pages?: object;
}

/** Names of values in GoFive. */
export interface NameSource {
	/** Name of the entries in plural, for messages, for example "employees". */
	pluralName: string;
	/** Operation that reads the records with the names. */
	operation: NamesOperation;
	/** Entity of the records, if the operation has none. A text or number in place of a record is in the key `value`. */
	entity?: Entity;
	/** Field of an operation that reads a single record by its ID. Without it, the operation lists all records. */
	idField?: string;
	/** Keys of the columns with the value of an entry, and its name and code in the label: "Somchai Jaidee (staff01)". */
	valueColumn: string;
	nameColumn?: string;
	codeColumn?: string;
}

/** Names by ID, by the key of the column that shows them. Undefined if the lookup failed. */
export type LookupTables = Record<string, Map<string, string> | undefined>;
