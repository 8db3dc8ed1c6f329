// What the stored records of a trigger have in common. A response that lacks it is no change of its records.
// Imported by the comparison of a poll.
// Start with findFormatErrors().
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
import { computeRecordDigest, detectChange } from './compareRecords';
import type { TriggerRule } from './kinds/triggerKind';
import type { PollSettings } from './pollSettings';
import type { TriggerSource } from './triggerSource';
import { getAllSeen, type RecordFormat, type SeenRecord, type SeenRecords, type TriggerState } from './triggerState';
import type { WatchedResult } from './watchedParts';

/** Record of a poll, with the ID under which it is stored. */
export interface IdentifiedRecord {
	id: string;
	record: IDataObject;
}

/** Records of the parts that were read, by key of the part. */
export type PartRecords = Map<string, IdentifiedRecord[]>;

type ComparedSettings = Pick<PollSettings, 'source' | 'values' | 'rule'>;

/** Number of records without the ID column that are no coincidence. */
const MIN_UNIDENTIFIED = 2;

/** Number of stored records that would count as changed without a watched column, and are no coincidence. */
const MIN_UNCOMPARABLE = 10;

const hasId = (record: IDataObject, column: string, { entity }: TriggerSource): boolean =>
	toIdText(readColumn(record, column, entity)) !== '';

/** Whether a record has the ID column, also if its value is null or 0. */
const hasIdColumn = (record: IDataObject, column: string, { entity }: TriggerSource): boolean =>
	readColumn(record, column, entity) !== undefined;

/** Whether a record has a watched column, also if its value is null. */
const hasColumn = (record: IDataObject, key: string, { watchableColumns }: TriggerSource): boolean =>
	readRawValue(record, key, watchableColumns[key] as Column) !== undefined;

/** Returns the keys of the watched columns that a record is expected to have. */
const getExpectedKeys = ({ watchedColumns }: TriggerRule, { watchedKeys = watchedColumns }: RecordFormat): string[] =>
	watchedColumns.filter((key) => watchedKeys.includes(key));

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

/** Returns the parts that have records, and none with a column. */
function findPartsWithout(parts: PartRecords, hasIt: (record: IDataObject) => boolean): PartRecords {
	const found = [...parts].filter(([, records]) => records.length > 0 && !records.some(({ record }) => hasIt(record)));
	return new Map(found);
}

/**
 * Returns the keys of the parts that lack a watched column, unless few of their known records would count as changed. Null
 * and a missing value are equal. The parts count together, because many of them may have one record only.
 */
function findUncomparable(
	{ source, rule }: ComparedSettings,
	key: string,
	seenBefore: SeenRecords,
	parts: PartRecords,
): string[] {
	const found = findPartsWithout(parts, (record) => hasColumn(record, key, source));
	const changed = [...found.values()].flat().filter(({ id, record }) => {
		const digest = computeRecordDigest(record, source.watchableColumns, rule.watchedColumns);
		return detectChange(id, digest, seenBefore) === 'changed';
	});
	return changed.length < MIN_UNCOMPARABLE ? [] : [...found.keys()];
}

/**
 * Returns the keys of the parts whose ID column GoFive has renamed: no record of the part has the column, and a record that
 * the last poll identified by it is missing. A part that never had the column only has new records. The parts count together.
 */
function findUnidentified(
	{ source }: ComparedSettings,
	idColumn: string,
	before: TriggerState,
	seenBefore: SeenRecords,
	parts: PartRecords,
): string[] {
	const foundIds = new Set([...parts.values()].flat().map(({ id }) => id));
	// An ID of another column begins with a blank.
	const isLost = ([id, { missedAt }]: [string, SeenRecord]) =>
		!id.startsWith(' ') && missedAt === undefined && !foundIds.has(id);
	const found = [...findPartsWithout(parts, (record) => hasIdColumn(record, idColumn, source))].filter(([key]) =>
		[...(before.parts.get(key)?.seen ?? [])].some(isLost),
	);
	const records = found.flatMap(([, partRecords]) => partRecords);
	const unknownCount = records.filter(({ id }) => !seenBefore.has(id)).length;
	// A part may also have records that never had the column, so most of them are stored.
	const isCoincidence = unknownCount < MIN_UNIDENTIFIED || unknownCount <= records.length / 2;
	return isCoincidence ? [] : found.map(([key]) => key);
}

/** Creates the error of a part whose records lack a field, so that each of them would be reported. */
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
 * Finds the parts that lack the ID column of the stored records, or a watched column that all of them had.
 * @param format - Format of the stored records. Undefined if it is not known.
 */
export function findFormatErrors(
	settings: ComparedSettings,
	format: RecordFormat | undefined,
	before: TriggerState,
	parts: PartRecords,
): Map<string, GoFiveError> {
	const errors = new Map<string, GoFiveError>();
	const seenBefore = getAllSeen(before);
	if (!format || seenBefore.size === 0) return errors;
	const { source, rule } = settings;
	const { idColumn } = format;
	const addErrors = (keys: string[], change: 'new' | 'changed', missing: string) => {
		for (const key of keys) {
			const [first] = parts.get(key) as [IdentifiedRecord];
			errors.set(key, createFormatError(source, change, missing, first.record));
		}
	};
	for (const key of getExpectedKeys(rule, format)) {
		const uncomparable = findUncomparable(settings, key, seenBefore, parts);
		addErrors(uncomparable, 'changed', `the watched field '${source.watchableColumns[key]?.displayName}'`);
	}
	const unidentified = findUnidentified(settings, idColumn, before, seenBefore, parts);
	addErrors(unidentified, 'new', `'${getDisplayName(idColumn, source.entity)}', which identified them before`);
	return errors;
}

/**
 * Returns the format to store. A watched column that a record lacks is not expected of the others any more, because GoFive
 * may omit empty values.
 * @param parts - Parts that were read, without those that lack a column.
 */
export function toStoredFormat(
	{ source, rule }: ComparedSettings,
	format: RecordFormat | undefined,
	parts: PartRecords,
): RecordFormat | undefined {
	if (!format) return undefined;
	const records = [...parts.values()].flat();
	const isCommon = (key: string) => records.every(({ record }) => hasColumn(record, key, source));
	return { idColumn: format.idColumn, watchedKeys: getExpectedKeys(rule, format).filter(isCommon) };
}
