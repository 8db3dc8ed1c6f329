// How long a record has not changed, and when this starts the workflow.
// Imported by the comparison, the settings, the state and the output of a poll.
// Start with trackSilence().
import type { IDataObject } from 'n8n-workflow';
import { readColumn } from '../../operation/records/records';
import type { Entity } from '../../operation/entity';
import { DAY_MS, HOUR_MS } from '../../shared/units';
import { parseGoFiveDate, toIsoDate } from '../../time/goFiveDate';
import { formatWallTime, toWallTime } from '../../time/zone';

/** Stored silence of a record. It is stored in hours and days, so that it stays short. */
export interface Silence {
	/** Number of hours since 1970 since which the record has not changed. */
	unchangedSince?: number;
	/** Number of days without a change for which the record was last reported. */
	reportedDays?: number;
}

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
	before?: Silence;
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
): { silence: Silence & { unchangedSince: number }; isDue: boolean } {
	const { before } = history;
	const unchangedSince = findSilenceStart(record, history, rule, nowMs);
	const reportedDays = before?.unchangedSince === unchangedSince ? before.reportedDays : undefined;
	const dueDays = getDueDays(unchangedSince, rule, nowMs);
	const isDue = dueDays > (reportedDays ?? 0);
	return { silence: { unchangedSince, reportedDays: isDue ? dueDays : reportedDays }, isDue };
}

/** Builds the fields that follow the columns of a record in the output. */
export function describeSilence(sinceHour: number, nowMs: number, timeZone: string): IDataObject {
	const wallTime = formatWallTime(toWallTime(sinceHour * HOUR_MS, timeZone));
	return { unchangedSince: toIsoDate(wallTime, timeZone), daysWithoutChange: countDays(sinceHour, nowMs) };
}
