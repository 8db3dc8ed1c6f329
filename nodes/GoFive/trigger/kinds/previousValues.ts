// Values of the watched columns that the trigger stores, so that a changed record contains those before the change.
// Imported by the comparison, the state and the output of a poll.
// Start with comparePrevious().
import type { IDataObject } from 'n8n-workflow';
import { createSimplifier } from '../../operation/records/columns';
import { readRawValue } from '../../operation/records/records';
import type { Column, Columns } from '../../operation/entity';
import { computeDigest } from '../digest';

/** Stored value of a watched column: the value itself, or in a list the digest of a long text or of rows. */
type StoredValue = string | number | boolean | null | [digest: string];

/** Stored values of a record, in the order of the watched columns. */
export type StoredValues = StoredValue[];

/** What changed in a record. Both are null if the values before the change are not stored, and empty for a new record. */
export interface RecordDifference {
	/** Keys of the watched columns that differ. */
	changedFields: string[] | null;
	/** GoFive's values of all watched columns before the change, without long texts and rows. */
	previous: IDataObject | null;
}

/** Length of the longest text that is stored. */
const MAX_TEXT_LENGTH = 100;

/** Number of characters of all stored values, about 25,000 values. n8n stores them in the row of the workflow. */
const MAX_STORED_LENGTH = 1_000_000;

const NO_VALUES = 'null';

function toStoredValue(value: unknown): StoredValue {
	if (value === undefined || value === null || value === '') return null;
	const isShort = typeof value === 'string' ? value.length <= MAX_TEXT_LENGTH : typeof value !== 'object';
	return isShort ? (value as StoredValue) : [computeDigest([value])];
}

/** Returns the values of a record to store. */
export const toStoredValues = (record: IDataObject, columns: Columns, keys: string[]): StoredValues =>
	keys.map((key) => toStoredValue(readRawValue(record, key, columns[key] as Column)));

/** Compares the values of a record with those before the change. */
export function comparePrevious(keys: string[], values: StoredValues, before?: StoredValues): RecordDifference {
	if (before?.length !== keys.length) return { changedFields: null, previous: null };
	const isDifferent = (_key: string, index: number) =>
		computeDigest([before[index]]) !== computeDigest([values[index]]);
	const shown = keys.map((key, index) => [key, before[index]]).filter(([, value]) => !Array.isArray(value));
	return { changedFields: keys.filter(isDifferent), previous: Object.fromEntries(shown) as IDataObject };
}

/** Formats the values before a change like the columns of the output. */
export function formatDifference(
	{ changedFields, previous }: RecordDifference,
	columns: Columns,
	timeZone: string,
): IDataObject {
	if (!previous) return { changedFields, previous };
	const keys = Object.keys(previous);
	// The values are under the keys of their columns, and not at GoFive's paths.
	const flatColumns = Object.fromEntries(keys.map((key) => [key, { ...columns[key], paths: undefined } as Column]));
	const simplify = createSimplifier({ columns: flatColumns }, { timeZone, lookupTables: {} });
	return { changedFields, previous: simplify({ record: previous }) };
}

/** Creates the function that serializes the values of the records of a part, for all parts of a state. */
export function createValuesSerializer(): (values: Array<StoredValues | undefined>) => string | undefined {
	let lengthLeft = MAX_STORED_LENGTH;
	return (allValues) => {
		if (!allValues.some(Boolean)) return undefined;
		const rows = allValues.map((values) => {
			const row = values ? JSON.stringify(values) : NO_VALUES;
			lengthLeft -= row.length;
			return lengthLeft >= 0 ? row : NO_VALUES;
		});
		// A text, because n8n's default engine observes each nested object.
		return `[${rows.join(',')}]`;
	};
}

/** Parses the text of the serializer: a row per record, in the order of the records. Empty for any other value. */
export function parseStoredValues(text: unknown, recordCount: number): Array<StoredValues | null> {
	if (typeof text !== 'string') return [];
	try {
		const rows = JSON.parse(text) as unknown;
		const isValid = Array.isArray(rows) && rows.length === recordCount;
		return isValid && rows.every((row) => row === null || Array.isArray(row)) ? rows : [];
	} catch {
		return [];
	}
}
