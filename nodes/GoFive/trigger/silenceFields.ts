import { toColumnOptions } from '../operation/records/defineColumns';
import { multiOptions } from '../operation/fields/list';
import { withHint } from '../operation/fields/notice';
import { number } from '../operation/fields/number';
import type { Columns, Fields } from '../operation/types';
import type { SilenceSource } from './source';

/** Ten years. */
const MAX_DAYS = 3650;

/** Number of days by default. n8n does not store a default, so it must never change. */
const DEFAULT_DAYS = 14;

/** Declaration of how a source reports records that do not change. */
export interface SilenceDefinition extends Pick<SilenceSource, 'defaultWatchedColumns' | 'dateColumns'> {
	/** What the default columns are, for the form, for example "stage and status". */
	defaultName: string;
	/** Sentence about how to omit records that are completed, for the form. */
	openAdvice: string;
}

/** Creates Days Without Change, and Fields to Watch with the default columns of a source. */
function createFields(watchableColumns: Columns, { defaultName, openAdvice }: SilenceDefinition): Fields {
	const daysWithoutChange = number(
		'Days Without Change',
		'Number of days that the watched fields must stay unchanged before the workflow starts. By default, the count for existing records starts when you publish the workflow.',
		{ min: 1, max: MAX_DAYS, isInteger: true, default: DEFAULT_DAYS },
	);
	return {
		daysWithoutChange: withHint(daysWithoutChange, openAdvice),
		columnsToWatch: multiOptions(
			'Fields to Watch',
			`A change in one of these fields restarts the count of days. Leave empty to watch the ${defaultName}.`,
			toColumnOptions(watchableColumns),
		),
	};
}

/**
 * Creates what a source of records in a list needs to report unchanged records.
 * @param periodAdvice - End of the description, about the days that the trigger watches.
 */
export function createSilenceSource(
	pluralName: string,
	watchableColumns: Columns,
	definition: SilenceDefinition,
	periodAdvice: string,
): SilenceSource {
	const { defaultWatchedColumns, defaultName, dateColumns } = definition;
	return {
		description: `When ${pluralName} keep the same ${defaultName} for the number of days that you enter${periodAdvice}`,
		fields: createFields(watchableColumns, definition),
		defaultWatchedColumns,
		dateColumns,
	};
}
