// Records that do not change for a number of days: since when, and when this starts the workflow.
// Imported by `index.ts`.
// Start with unchangedRecords at the end, then trackSilence().
import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import type { Column, Entity } from '../../operation/entity';
import type { Fields, OperationValues } from '../../operation/field';
import { invalidValueError } from '../../operation/fields/readValue';
import { multiOptions } from '../../operation/fields/list';
import { withHint } from '../../operation/fields/notice';
import { number } from '../../operation/fields/number';
import { toColumnOptions } from '../../operation/fields/output';
import { formatKeys, readColumn, readRawValue } from '../../operation/records/records';
import { DAY_MS, HOUR_MS } from '../../shared/units';
import { parseGoFiveDate, toIsoDate } from '../../time/goFiveDate';
import { formatWallTime, toWallTime } from '../../time/zone';
import type { StatusDefinition, TriggerSource } from '../triggerSource';
import type { SeenRecord } from '../triggerState';
import { getWatchedColumns, type TriggerKind } from './triggerKind';

/** Silence of a record in the stored state, in hours and days so that it stays short. */
type StoredSilence = Pick<SeenRecord, 'unchangedSince' | 'reportedDays'>;

/** When a record that does not change starts the workflow. */
export interface SilenceRule {
	/** Number of days without a change. */
	days: number;
	/** Whether the record is reported again after each further period of so many days. */
	repeats: boolean;
	/** Keys of the columns with the date of the last change. The second one counts if the first one is null. */
	dateColumns: string[];
	entity: Entity;
	timeZone: string;
}

/** What is known about a record when a poll compares it. */
interface RecordHistory {
	/** Silence that the last poll stored. Undefined if it did not see the record. */
	before?: StoredSilence;
	/** Whether a watched column differs from the stored one. */
	isChanged: boolean;
	/** Whether the record existed before the first poll, and existing records are to be reported. */
	isIncluded: boolean;
}

const HOURS_PER_DAY = DAY_MS / HOUR_MS;

const toHours = (instantMs: number): number => Math.floor(instantMs / HOUR_MS);

/** Number of whole days from an hour to an instant. Negative if the clock was set back. */
const countDays = (sinceHour: number, nowMs: number): number =>
	Math.floor((toHours(nowMs) - sinceHour) / HOURS_PER_DAY);

/** Returns the hour of the record's last change according to GoFive. Undefined if the record does not contain it. */
function readChangeHour(record: IDataObject, rule: SilenceRule, nowMs: number): number | undefined {
	const dates = rule.dateColumns.map((key) => readColumn(record, key, rule.entity));
	const lastDate = dates.find((date) => date !== null);
	const changeMs = parseGoFiveDate(lastDate, rule.timeZone) ?? 0;
	// A date before 1970 is .NET's empty date.
	return changeMs > 0 ? toHours(Math.min(changeMs, nowMs)) : undefined;
}

/**
 * Finds the hour since which a record has not changed.
 *
 * A record counts from the poll that first sees it, or that sees its change. GoFive's own date counts in two cases: for an
 * existing record that is to be reported, and after a change if it is later than the stored hour. The latter because n8n's
 * default engine does not store a poll that found nothing, so that after a restart, the trigger sees earlier changes
 * again. In any other case, the date does not count, because it is not known whether GoFive updates it for each change.
 */
function findSilenceStart(record: IDataObject, history: RecordHistory, rule: SilenceRule, nowMs: number): number {
	const { before, isChanged, isIncluded } = history;
	const storedHour = before?.unchangedSince;
	if (storedHour !== undefined && !isChanged) return storedHour;
	const nowHour = toHours(nowMs);
	if (storedHour === undefined && !isIncluded) return nowHour;
	const changeHour = readChangeHour(record, rule, nowMs) ?? nowHour;
	const isLater = storedHour === undefined || changeHour > storedHour;
	return isLater ? changeHour : nowHour;
}

/** Returns the number of days for which a record is to be reported. 0 if it changed more recently. */
function getDueDays(sinceHour: number, { days, repeats }: SilenceRule, nowMs: number): number {
	const silentDays = countDays(sinceHour, nowMs);
	if (silentDays < days) return 0;
	return repeats ? silentDays - (silentDays % days) : days;
}

/** Continues the silence of a record, and decides whether the record is to be reported. */
export function trackSilence(
	record: IDataObject,
	history: RecordHistory,
	rule: SilenceRule,
	nowMs: number,
): { stored: StoredSilence & { unchangedSince: number }; isDue: boolean } {
	const { before } = history;
	const unchangedSince = findSilenceStart(record, history, rule, nowMs);
	const reportedDays = before?.unchangedSince === unchangedSince ? before.reportedDays : undefined;
	const dueDays = getDueDays(unchangedSince, rule, nowMs);
	const isDue = dueDays > (reportedDays ?? 0);
	return { stored: { unchangedSince, reportedDays: isDue ? dueDays : reportedDays }, isDue };
}

/** Builds the fields that follow the columns of a record in the output. */
export function describeSilence(sinceHour: number, nowMs: number, timeZone: string): IDataObject {
	const wallTime = formatWallTime(toWallTime(sinceHour * HOUR_MS, timeZone));
	return { unchangedSince: toIsoDate(wallTime, timeZone), daysWithoutChange: countDays(sinceHour, nowMs) };
}

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
function readSilence(
	{ entity, options: names }: TriggerSource,
	{ changeDateColumns }: StatusDefinition,
	values: OperationValues,
): SilenceRule {
	const { repeat, lookBack, timeZone } = values.options;
	const days = values.daysWithoutChange as number;
	if (names.includes('lookBack') && lookBack <= days) {
		throw invalidValueError(
			lookBack,
			'Look Back',
			`Enter more than ${days} days, the value of 'Days Without Change', so that the ${entity.pluralName} are watched for long enough.`,
		);
	}
	return { days, repeats: repeat, dateColumns: changeDateColumns, entity, timeZone };
}

/** Records whose watched columns have not changed for a number of days. */
export const unchangedRecords: TriggerKind = {
	value: 'unchanged',
	name: 'Unchanged',
	describe: ({ entity: { pluralName }, periodNote, status }) =>
		status && `When ${pluralName} keep the same ${status.name} for the number of days that you enter${periodNote}`,
	getFields({ status, watchableColumns }): Fields {
		if (!status) return {};
		const daysWithoutChange = number(
			'Days Without Change',
			'Number of days that the watched fields must stay unchanged before the workflow starts. By default, the count for existing records starts when you publish the workflow.',
			{ min: 1, max: MAX_DAYS, isInteger: true, default: DEFAULT_DAYS },
		);
		return {
			daysWithoutChange: withHint(daysWithoutChange, status.openAdvice),
			fieldsToWatch: multiOptions(
				'Fields to Watch',
				`A change in one of these fields restarts the count of days. Leave empty to watch the ${status.name}.`,
				toColumnOptions(watchableColumns),
			),
		};
	},
	getOptions: () => ['repeat'],
	createRule(source, values, now) {
		// Trigger On offers this kind only for sources with a status.
		const status = source.status as StatusDefinition;
		const rule = readSilence(source, status, values);
		const watchedColumns = getWatchedColumns(values, status.columns);
		return {
			watchedColumns,
			assertComparable: (records) => assertChangesVisible(source, watchedColumns, records),
			compare({ record, before, change, isOwed, isTest }) {
				// Only the existing records of a part are owed.
				const history = { before, isChanged: change === 'changed', isIncluded: isOwed };
				const { stored, isDue } = trackSilence(record, history, rule, now);
				if (!isDue && !isTest) return { stored };
				const addedFields = describeSilence(stored.unchangedSince, now, rule.timeZone);
				return { stored, report: { change: 'unchanged', addedFields } };
			},
		};
	},
};
