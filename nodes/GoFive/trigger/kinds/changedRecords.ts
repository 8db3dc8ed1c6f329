// New records, and records that changed since the last poll, with the values before the change if the user wants them.
// Imported by `index.ts`.
// Start with changedRecords at the end.
import type { IDataObject } from 'n8n-workflow';
import type { Column, Columns } from '../../operation/entity';
import type { Fields } from '../../operation/field';
import { multiOptions } from '../../operation/fields/list';
import { withHint } from '../../operation/fields/notice';
import { toColumnOptions } from '../../operation/fields/output';
import { createSimplifier } from '../../operation/records/columns';
import { readRawValue } from '../../operation/records/records';
import { computeDigest } from '../digest';
import type { StoredValue, StoredValues } from '../storedValues';
import { getWatchedColumns, type ComparedRecord, type TriggerKind } from './triggerKind';

/** What changed in a record. Both are null if the values before the change are not stored, and empty for a new record. */
export interface RecordDifference {
	/** Keys of the watched columns that differ. */
	changedFields: string[] | null;
	/** GoFive's values of all watched columns before the change, without long texts and rows. */
	previous: IDataObject | null;
}

/** Length of the longest text that is stored. */
const MAX_TEXT_LENGTH = 100;

const PREVIOUS_VALUES_HINT = "To show values before a change, add 'Include Previous Values' in 'Options'.";

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
	const simplify = createSimplifier({ columns: flatColumns }, { timeZone, lookupTables: {}, now: 0 });
	return { changedFields, previous: simplify({ record: previous }) };
}

/** Finds what changed in a record with stored values. */
function findDifference(
	keys: string[],
	values: StoredValues,
	{ before, change, isTest }: ComparedRecord,
): RecordDifference {
	if (isTest) return comparePrevious(keys, values, values);
	if (change === 'new') return { changedFields: [], previous: {} };
	return comparePrevious(keys, values, before?.values);
}

/** New records, and records with a watched column that differs from the last poll. */
export const changedRecords: TriggerKind = {
	value: 'newOrChanged',
	name: 'New or Changed',
	describe({ entity: { pluralName }, fixedColumnNames, periodNote }) {
		if (fixedColumnNames) return `When there are new or changed ${pluralName} (${fixedColumnNames})${periodNote}`;
		return `When there are new ${pluralName}, or a watched field changed since the last poll${periodNote}`;
	},
	getFields({ fixedColumnNames, watchableColumns }): Fields {
		if (fixedColumnNames) return {};
		const fieldsToWatch = multiOptions(
			'Fields to Watch',
			"Fields whose changes start the workflow. Leave empty to watch the fields that 'Simplified' in 'Output' returns.",
			toColumnOptions(watchableColumns),
		);
		return { fieldsToWatch: withHint(fieldsToWatch, PREVIOUS_VALUES_HINT) };
	},
	getOptions: ({ fixedColumnNames }) => (fixedColumnNames ? [] : ['includePreviousValues']),
	createRule({ entity, defaultWatchedColumns, fixedColumnNames, watchableColumns }, values) {
		const { includePreviousValues, timeZone } = values.options;
		const watchedColumns = getWatchedColumns(values, defaultWatchedColumns);
		const storesValues = includePreviousValues && !fixedColumnNames;
		return {
			watchedColumns,
			storesValues,
			compare(compared) {
				const { record, change, isReported } = compared;
				const values = storesValues ? toStoredValues(record, watchableColumns, watchedColumns) : undefined;
				if (!isReported || !change) return { stored: { values } };
				const difference = values && findDifference(watchedColumns, values, compared);
				const addedFields = difference ? formatDifference(difference, entity.columns, timeZone) : {};
				return { stored: { values }, report: { change, addedFields } };
			},
		};
	},
};
