import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { isBlank, toText } from '../../shared/text';
import { toIsoDate } from '../../time/goFiveDate';
import { getValueAtPath } from '../recordList';
import type { Column, Columns, Entity, LookupTables } from '../types';

/** Data that the columns of a record need in addition to the record. */
export interface ColumnContext {
	/** Time zone of the GoFive account, for dates without an offset. */
	timeZone: string;
	lookupTables: LookupTables;
	/** Values in the request, by parameter name. They fill columns that GoFive omits and that define `fromInput`. */
	sentValues?: IDataObject;
}

/** Returns GoFive's own value of a column. */
export function readRawValue(record: IDataObject, key: string, { paths }: Column): unknown {
	// Most columns have no paths, and splitting a path for each of 100,000 records takes noticeable time.
	// A user may enter any name as a column of Any Endpoint, also that of an inherited property.
	if (!paths) return Object.hasOwn(record, key) ? record[key] : undefined;
	const values = paths.map((path) => getValueAtPath(record, path));
	return values.find((value) => !isBlank(value)) ?? values.find((value) => value !== undefined);
}

/** Returns the first list with rows at the paths, else an empty one, or the sent rows if there is no list. */
function findRows(record: IDataObject, paths: string[], sentRows: unknown): unknown[] | undefined {
	const lists = paths.map((path) => getValueAtPath(record, path)).filter(Array.isArray) as unknown[][];
	return lists.find((rows) => rows.length > 0) ?? lists[0] ?? (Array.isArray(sentRows) ? sentRows : undefined);
}

const getSentValue = ({ fromInput }: Pick<Column, 'fromInput'>, { sentValues }: ColumnContext): unknown =>
	fromInput === undefined ? undefined : sentValues?.[fromInput];

/**
 * Converts a string of digits to a number for an integer column. Up to 15 digits are exact in JavaScript.
 * Other values stay unchanged.
 */
function coerceInteger(value: unknown, type: Column['type']): unknown {
	return type === 'integer' && typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function getColumnValue(record: IDataObject, key: string, columns: Columns, context: ColumnContext): unknown {
	const column = columns[key] as Column;
	const { lookup, type, notNull, countPaths, valueNames } = column;
	const sentValue = getSentValue(column, context);
	if (countPaths) return findRows(record, countPaths, sentValue)?.length ?? null;
	if (lookup)
		return context.lookupTables[key]?.get(toText(getColumnValue(record, lookup.idColumn, columns, context))) ?? null;
	const recordValue = readRawValue(record, key, column);
	const isMissing = recordValue === undefined || (recordValue === null && notNull);
	const value = (isMissing ? coerceInteger(sentValue, type) : recordValue) ?? null;
	if (valueNames) return valueNames.find((option) => toText(option.value) === toText(value))?.name ?? value;
	return type === 'date' && typeof value === 'string' ? toIsoDate(value, context.timeZone) : value;
}

/**
 * Creates the function that maps a record to its columns. If GoFive omits a value, it is taken from the request if the
 * column has `fromInput`, otherwise it is null.
 * @param keys - Keys of the columns in the order of the output. Defaults to all columns.
 */
export function createSimplifier(columns: Columns, context: ColumnContext, keys = Object.keys(columns)) {
	// Values are assigned to a copy, since Object.fromEntries for each of 100,000 records takes four times as long.
	// The copy has all keys, so that a name that a user enters, for example `__proto__`, is an ordinary key.
	const emptyRecord: IDataObject = Object.fromEntries(keys.map((key) => [key, null]));
	return (record: IDataObject): IDataObject => {
		const simplified = { ...emptyRecord };
		for (const key of keys) simplified[key] = getColumnValue(record, key, columns, context) as IDataObject;
		return simplified;
	};
}

/**
 * Creates the function that returns one item per row of a record, each with the repeated columns of the record.
 * It returns one item if the record has no rows.
 */
export function createRowSimplifier({ columns, lines: rowDefinition }: Entity, context: ColumnContext) {
	const simplifyParent = createSimplifier(columns, context, rowDefinition?.parentColumns);
	if (!rowDefinition) return (record: IDataObject): IDataObject[] => [simplifyParent(record)];
	const simplifyRow = createSimplifier(rowDefinition.columns, context);
	const sentRows = getSentValue(rowDefinition, context);
	return (record: IDataObject): IDataObject[] => {
		const parent = simplifyParent(record);
		const rows = (findRows(record, rowDefinition.paths, sentRows) ?? []).filter(isObject) as IDataObject[];
		const lines = rows.length > 0 ? rows : [{}];
		return lines.map((row) => ({ ...parent, ...simplifyRow(row) }));
	};
}

/** Returns a key that is equal for rows of the same record. Undefined without key columns or if a key value is blank. */
export function getRecordKey(
	record: IDataObject,
	{ columns = {}, keyColumns = [] }: Partial<Entity>,
): string | undefined {
	const values = keyColumns.map((key) => readRawValue(record, key, columns[key] as Column));
	return values.length === 0 || values.some(isBlank) ? undefined : JSON.stringify(values);
}
