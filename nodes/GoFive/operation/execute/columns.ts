import type { IDataObject } from 'n8n-workflow';
import { parseGoFiveDate, toIsoDate } from '../../time/goFiveDate';
import type { Column, Columns, Entity, LookupTables } from '../types';
import { isObject } from '../../shared/json';
import { toText, isBlank } from '../../shared/text';

/** What the columns of a record need beside it. */
export interface ColumnContext {
	/** Zone of the GoFive account. */
	timeZone: string;
	lookups: LookupTables;
	/** What completes the record: what was written, and what names the record that was asked for. */
	fallback?: IDataObject;
}

function getPath(record: IDataObject, path: string): unknown {
	return path.split('.').reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), record);
}

function readColumn(record: IDataObject, key: string, { paths }: Column): unknown {
	// Most columns stand under their own key, and there may be a hundred thousand records.
	if (!paths) return record[key];
	return paths.map((path) => getPath(record, path)).find((value) => value !== undefined);
}

/** The first list that is there. */
function findList(record: IDataObject, paths: string[]): unknown[] | undefined {
	return paths.map((path) => getPath(record, path)).find(Array.isArray) as unknown[] | undefined;
}

/** What was given as text for a whole number. */
function coerceInteger(value: unknown, type: Column['type']): unknown {
	return type === 'integer' && typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function columnValue(record: IDataObject, key: string, columns: Columns, context: ColumnContext): unknown {
	const column = columns[key] as Column;
	const { lookup, type, isAlwaysFilled, countOf, valueLabels: lookups } = column;
	if (countOf) return findList(record, countOf)?.length ?? null;
	if (lookup) return context.lookups[key]?.get(toText(columnValue(record, lookup.idColumn, columns, context))) ?? null;
	const rawValue = readColumn(record, key, column);
	const isMissing = rawValue === undefined || (rawValue === null && isAlwaysFilled);
	const value =
		(isMissing && context.fallback ? coerceInteger(readColumn(context.fallback, key, column), type) : rawValue) ?? null;
	if (lookups) return lookups.find((one) => toText(one.value) === toText(value))?.name ?? value;
	return type === 'date' && typeof value === 'string' ? toIsoDate(value, context.timeZone) : value;
}

/** Columns of a record; what GoFive left out is what completes it, else null. @param keys which columns, all unless given */
export function simplifyRecord(
	record: IDataObject,
	columns: Columns,
	context: ColumnContext,
	keys = Object.keys(columns),
): IDataObject {
	const simplified: Record<string, unknown> = {};
	for (const key of keys) simplified[key] = columnValue(record, key, columns, context);
	return simplified as IDataObject;
}

/** The lines of a record, each with the columns that name the record; a record without lines gives one item all the same. */
export function simplifyLines(record: IDataObject, { columns, lines }: Entity, context: ColumnContext): IDataObject[] {
	const parent = simplifyRecord(record, columns, context, lines?.parentColumns);
	const { paths = [] } = lines ?? {};
	const rows = (findList(record, paths) ?? findList(context.fallback ?? {}, paths) ?? []).filter(
		isObject,
	) as IDataObject[];
	return (rows.length > 0 ? rows : [{}]).map((row) => ({
		...parent,
		...simplifyRecord(row, lines?.columns ?? {}, { ...context, fallback: undefined }),
	}));
}

/** The instant to sort a record by, in milliseconds; undefined where it has none. */
export function getSortInstant(
	record: IDataObject,
	{ columns, sortColumn }: Entity,
	timeZone: string,
): number | undefined {
	const column = sortColumn === undefined ? undefined : columns[sortColumn];
	return column && parseGoFiveDate(readColumn(record, sortColumn as string, column), timeZone);
}

/** What a record is known by: its key, or all of it where it has none. */
export function recordKey(
	record: IDataObject,
	{ columns, keyColumns = [] }: Pick<Entity, 'columns' | 'keyColumns'>,
): string {
	const values = keyColumns.map((name) => readColumn(record, name, columns[name] as Column));
	return JSON.stringify(values.length === 0 || values.some(isBlank) ? record : values);
}
