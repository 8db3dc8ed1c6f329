import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { invalidValueError } from '../../operation/fields/invalidValue';
import { multiOptions } from '../../operation/fields/list';
import { withHint } from '../../operation/fields/notice';
import { number } from '../../operation/fields/number';
import { toColumnOptions } from '../../operation/fields/output';
import { formatKeys, readRawValue } from '../../operation/records/records';
import type { Column } from '../../operation/entity';
import type { Fields, OperationValues } from '../../operation/field';
import type { TriggerSource } from '../source';
import { describeSilence, trackSilence, type SilenceRule } from './silence';
import { getWatchedColumns, type TriggerKind } from './triggerKind';

/** Ten years. */
const MAX_DAYS = 3650;

/** Number of days by default. n8n does not store a default, so it must never change. */
const DEFAULT_DAYS = 14;

/**
 * Checks that a change would be seen, because otherwise all records would count as unchanged.
 * @throws GoFiveError if no record has a watched column, not even an empty one
 */
function assertChangesVisible(
	{ entity, watchableColumns }: TriggerSource,
	watchedColumns: string[],
	records: IDataObject[],
): void {
	const isVisible = (record: IDataObject) =>
		watchedColumns.some((key) => readRawValue(record, key, watchableColumns[key] as Column) !== undefined);
	const [firstRecord] = records;
	if (!firstRecord || records.some(isVisible)) return;
	throw new GoFiveError({
		kind: 'unclear',
		message: `GoFive returned ${entity.pluralName} without the watched fields`,
		description: `The trigger cannot see whether the records change. Select other fields in 'Fields to Watch'. The first record contains the fields ${formatKeys(firstRecord)}.`,
	});
}

/**
 * Reads when an unchanged record is reported.
 * @throws GoFiveError if a record leaves the watched days before
 */
function readSilence({ entity, options: names, silence }: TriggerSource, values: OperationValues): SilenceRule {
	const { repeat, lookBack, timeZone } = values.options;
	const days = values.daysWithoutChange as number;
	if (names.includes('lookBack') && lookBack <= days) {
		throw invalidValueError(
			lookBack,
			'Look Back',
			`Enter more than ${days} days, the value of 'Days Without Change', so that the ${entity.pluralName} are watched for long enough.`,
		);
	}
	return { days, repeats: repeat, dateColumns: silence?.dateColumns ?? [], entity, timeZone };
}

/** Records whose watched columns have not changed for a number of days. */
export const unchangedRecords: TriggerKind = {
	value: 'unchanged',
	name: 'Unchanged',
	describe: ({ entity: { pluralName }, periodNote, silence }) =>
		silence &&
		`When ${pluralName} keep the same ${silence.defaultName} for the number of days that you enter${periodNote}`,
	getFields({ silence, watchableColumns }): Fields {
		if (!silence) return {};
		const daysWithoutChange = number(
			'Days Without Change',
			'Number of days that the watched fields must stay unchanged before the workflow starts. By default, the count for existing records starts when you publish the workflow.',
			{ min: 1, max: MAX_DAYS, isInteger: true, default: DEFAULT_DAYS },
		);
		return {
			daysWithoutChange: withHint(daysWithoutChange, silence.openAdvice),
			columnsToWatch: multiOptions(
				'Fields to Watch',
				`A change in one of these fields restarts the count of days. Leave empty to watch the ${silence.defaultName}.`,
				toColumnOptions(watchableColumns),
			),
		};
	},
	getOptions: () => ['repeat'],
	createRule(source, values, now) {
		const rule = readSilence(source, values);
		const watchedColumns = getWatchedColumns(values, source.silence?.defaultWatchedColumns ?? []);
		return {
			watchedColumns,
			assertComparable: (records) => assertChangesVisible(source, watchedColumns, records),
			compare({ record, before, current, change, isOwed, isTest }) {
				// Only the existing records of a part are owed.
				const history = { before, isChanged: change === 'changed', isIncluded: isOwed };
				const { silence, isDue } = trackSilence(record, history, rule, now);
				Object.assign(current, silence);
				if (!isDue && !isTest) return undefined;
				const addedFields = describeSilence(silence.unchangedSince, now, rule.timeZone);
				return { change: 'unchanged', addedFields };
			},
		};
	},
};
