// What the stored records of a trigger have in common. A response that lacks it is no change of its records.
// Imported by the comparison of a poll.
// Start with findFormatError().
import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { REPORT_ADVICE } from '../api/messages';
import {
	formatKeys,
	getDisplayName,
	getIdColumns,
	getRecordId,
	getRecordKey,
	readColumn,
	readRawValue,
	toIdText,
} from '../operation/records/records';
import type { Column } from '../operation/entity';
import type { PollSettings } from './pollSettings';
import type { TriggerSource } from './triggerSource';
import type { RecordFormat, SeenRecords } from './triggerState';
import type { WatchedResult } from './watchedParts';

/** Record of a poll, with the ID under which it is stored. */
export interface IdentifiedRecord {
	id: string;
	record: IDataObject;
}

/** Records of the parts that were read, by key of the part. */
export type PartRecords = Map<string, IdentifiedRecord[]>;

type ComparedSettings = Pick<PollSettings, 'source' | 'values' | 'rule'>;

/** Number of records without a watched column that is no coincidence, because a person may empty the field of a few. */
const MIN_WITHOUT_COLUMN = 10;

const hasId = (record: IDataObject, column: string, { entity }: TriggerSource): boolean =>
	toIdText(readColumn(record, column, entity)) !== '';

/** Whether a record has the ID column, also if its value is null or 0. */
const hasIdColumn = (record: IDataObject, column: string, { entity }: TriggerSource): boolean =>
	readColumn(record, column, entity) !== undefined;

/** Whether a record has a watched column, also if its value is null. */
const hasColumn = (record: IDataObject, key: string, { watchableColumns }: TriggerSource): boolean =>
	readRawValue(record, key, watchableColumns[key] as Column) !== undefined;

/** Selects the format with which the records of a poll are compared: that of the stored records, or a first one. */
export function selectFormat(
	{ source }: ComparedSettings,
	stored: RecordFormat | undefined,
	seenBefore: SeenRecords,
	results: Map<string, WatchedResult>,
): RecordFormat | undefined {
	if (seenBefore.size > 0) return stored;
	const records = [...results.values()].flatMap((result) => (result instanceof GoFiveError ? [] : result));
	const idColumn = getIdColumns(source.entity).find((column) =>
		records.some((record) => hasId(record, column, source)),
	);
	return idColumn === undefined ? stored : { idColumn };
}

/** Identifies the records of a part that the source includes. */
function identifyPart(
	{ source, values }: ComparedSettings,
	format: RecordFormat | undefined,
	records: IDataObject[],
): IdentifiedRecord[] {
	const { entity } = source;
	const included = records.filter((record) => source.includesRecord?.(record, values) ?? true);
	const identified: IdentifiedRecord[] = [];
	for (const record of included) {
		const id = format ? getRecordKey(record, entity, format.idColumn) : getRecordId(record, entity);
		if (id !== undefined) identified.push({ id, record });
	}
	return identified;
}

/** Identifies the records of the parts that were read. */
export function identifyRecords(
	settings: ComparedSettings,
	format: RecordFormat | undefined,
	results: Map<string, WatchedResult>,
): PartRecords {
	const parts: PartRecords = new Map();
	for (const [key, result] of results)
		if (!(result instanceof GoFiveError)) parts.set(key, identifyPart(settings, format, result));
	return parts;
}

/** Creates the error of a poll whose records lack a field, so that each of them would be reported. */
function createFormatError(
	{ entity, fixedColumnNames }: TriggerSource,
	change: 'new' | 'changed',
	missing: string,
	record: IDataObject,
): GoFiveError {
	const otherFields = change === 'changed' && !fixedColumnNames ? "select other fields in 'Fields to Watch', or " : '';
	return new GoFiveError({
		kind: 'unclear',
		message: `GoFive returned ${entity.pluralName} without ${missing}`,
		description: `All of them would count as ${change}, so none starts the workflow. The trigger continues when GoFive returns the field again. To continue without it, ${otherFields}rename the trigger. ${REPORT_ADVICE} The first record contains the fields ${formatKeys(record)}.`,
	});
}

/**
 * Returns the error of a poll in which no record has the ID column that all stored records had, or in which ten records or
 * more have no watched column that all stored records had. Such a poll reports nothing and keeps the memory.
 * @param format - Format of the stored records. Undefined if it is not known.
 */
export function findFormatError(
	{ source, rule }: ComparedSettings,
	format: RecordFormat | undefined,
	seenBefore: SeenRecords,
	parts: PartRecords,
): GoFiveError | undefined {
	const records = [...parts.values()].flat().map(({ record }) => record);
	const [first] = records;
	if (!format || !first || seenBefore.size === 0) return undefined;
	const { idColumn } = format;
	// An ID of another column begins with a blank.
	const isIdExpected = ![...seenBefore.keys()].some((id) => id.startsWith(' '));
	if (isIdExpected && !records.some((record) => hasIdColumn(record, idColumn, source))) {
		const missing = `'${getDisplayName(idColumn, source.entity)}', which identified them before`;
		return createFormatError(source, 'new', missing, first);
	}
	if (records.length < MIN_WITHOUT_COLUMN) return undefined;
	const { watchedKeys = [] } = format;
	const missingKey = rule.watchedColumns.find(
		(key) => watchedKeys.includes(key) && !records.some((record) => hasColumn(record, key, source)),
	);
	if (missingKey === undefined) return undefined;
	const missing = `the watched field '${source.watchableColumns[missingKey]?.displayName}'`;
	return createFormatError(source, 'changed', missing, first);
}

/**
 * Returns the format to store. A watched column that a record lacks is not expected of the others any more, because GoFive
 * may omit empty values.
 * @param parts - Parts that were read.
 */
export function toStoredFormat(
	{ source, rule }: ComparedSettings,
	format: RecordFormat | undefined,
	parts: PartRecords,
): RecordFormat | undefined {
	if (!format) return undefined;
	const records = [...parts.values()].flat();
	const { idColumn, watchedKeys = rule.watchedColumns } = format;
	const isCommon = (key: string) => records.every(({ record }) => hasColumn(record, key, source));
	return { idColumn, watchedKeys: rule.watchedColumns.filter((key) => watchedKeys.includes(key) && isCommon(key)) };
}
