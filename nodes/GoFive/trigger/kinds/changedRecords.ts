import { multiOptions } from '../../operation/fields/list';
import { withHint } from '../../operation/fields/notice';
import { toColumnOptions } from '../../operation/fields/output';
import type { Fields } from '../../operation/field';
import { comparePrevious, formatDifference, toStoredValues, type RecordDifference } from './previousValues';
import { getWatchedColumns, type ComparedRecord, type TriggerKind } from './triggerKind';

const PREVIOUS_VALUES_HINT = "To show values before a change, add 'Include Previous Values' in 'Options'.";

/** Finds what changed in a record with stored values. */
function findDifference(keys: string[], { before, current, change, isTest }: ComparedRecord): RecordDifference {
	const { values = [] } = current;
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
		const columnsToWatch = multiOptions(
			'Fields to Watch',
			"Fields whose changes start the workflow. Leave empty to watch the fields that 'Simplified' in 'Output' returns.",
			toColumnOptions(watchableColumns),
		);
		return { columnsToWatch: withHint(columnsToWatch, PREVIOUS_VALUES_HINT) };
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
				const { record, current, change, isReported } = compared;
				if (storesValues) current.values = toStoredValues(record, watchableColumns, watchedColumns);
				if (!isReported || !change) return undefined;
				const difference = storesValues && findDifference(watchedColumns, compared);
				const addedFields = difference ? formatDifference(difference, entity.columns, timeZone) : {};
				return { change, addedFields };
			},
		};
	},
};
