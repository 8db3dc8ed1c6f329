// What starts the workflow: new, changed or unchanged records. A file per kind, and `index.ts` lists them.
// Imported by the form, the settings and the comparison of a poll.
// Start with TriggerKind, then changedRecords.ts.
import type { IDataObject } from 'n8n-workflow';
import type { Fields, NodeOptionName, OperationValues } from '../../operation/field';
import type { TriggerSource } from '../triggerSource';
import type { SeenRecord } from '../triggerState';

/** Which records of a source start the workflow. The kind adds fields and options to the form, and a rule to each poll. */
export interface TriggerKind {
	/** Start of the values of Trigger On, for example "new" for `newDeal`. Saved workflows contain it. */
	value: string;
	/** Name in the form, before that of the source. */
	name: string;
	/** Returns the description in the form. Undefined if the source does not offer the kind. */
	describe(source: TriggerSource): string | undefined;
	/** Returns the fields of the form in addition to those of the source. */
	getFields(source: TriggerSource): Fields;
	/** Returns the options in addition to those of the source. */
	getOptions(source: TriggerSource): NodeOptionName[];
	/** @throws GoFiveError if the values do not fit together */
	createRule(source: TriggerSource, values: OperationValues, now: number): TriggerRule;
}

/** What a poll compares and reports. */
export interface TriggerRule {
	/** Keys of the columns whose digest is stored. Empty if changes are not watched. */
	watchedColumns: string[];
	/** Whether the values of the watched columns are stored. */
	storesValues?: boolean;
	/** @throws GoFiveError if the records of a part cannot be compared */
	assertComparable?(records: IDataObject[]): void;
	/** Compares a record with its stored state. */
	compare(compared: ComparedRecord): RecordComparison;
}

/** Record of a poll, and what is known about it. */
export interface ComparedRecord {
	record: IDataObject;
	/** State that the last poll stored. Undefined if the record is new. */
	before?: SeenRecord;
	/** Whether its ID was not seen before, or a watched column differs from the stored one. */
	change: 'new' | 'changed' | undefined;
	/** Whether the existing records of the part are to be reported. */
	isOwed: boolean;
	/** Whether new records of the part are reported, and not only stored. */
	isReported: boolean;
	/** Whether every record is shown, and its own values as the previous ones, so that a user can select them. */
	isTest: boolean;
}

/** Result of a comparison. */
export interface RecordComparison {
	/** What the kind stores for the next poll, in addition to the digest. */
	stored?: Partial<SeenRecord>;
	/** Why the record starts the workflow. Undefined if it does not. */
	report?: RecordReport;
}

/** Why a record starts the workflow. */
export interface RecordReport {
	/** Value of the column Change. */
	change: string;
	/** Fields that follow the columns in the output. */
	addedFields: IDataObject;
}

/** Returns the keys of the columns to watch, sorted, so that their order in the form does not count. */
export function getWatchedColumns(values: OperationValues, defaultColumns: string[]): string[] {
	const selectedColumns = (values.fieldsToWatch ?? []) as string[];
	return selectedColumns.length > 0 ? selectedColumns.sort() : defaultColumns;
}
