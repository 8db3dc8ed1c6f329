import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { capitalize, isBlank, toText } from '../../shared/text';
import { toIsoDate } from '../../time/goFiveDate';
import type { TotalsGroup, TotalsOutput } from '../totals';
import { getValueAtPath, readRawValue, toIdText } from './records';
import type { Column, Entity, LookupTables, OptionList } from '../entity';
import type { Output } from '../field';

/** Columns of a record or of a line. */
type ColumnSet = Pick<Entity, 'columns' | 'keyColumns'>;

/** A record, and what its columns show where GoFive omits them. */
export interface Row {
	record: IDataObject;
	/** Sent values by GoFive's key: the body of a write, or the ID or the part of a read. */
	sent?: IDataObject;
	/** Fields that follow the columns in each item. */
	addedFields?: IDataObject;
}

/** What the columns of all rows need in addition. */
export interface ColumnContext {
	/** Time zone of the GoFive account, for dates without an offset. */
	timeZone: string;
	lookupTables: LookupTables;
	/** Start of the run in ms since 1970. */
	now: number;
	/** Name of the field that identifies the record. Its column is never null. */
	idField?: string;
	/** Fields of the input item. They precede the columns, and a column with the same key replaces them. */
	inputFields?: IDataObject;
}

/** How rows become output data. */
export interface RowFormat extends Omit<ColumnContext, 'lookupTables'> {
	/** Undefined if the columns of the records are not known. */
	entity: Entity | undefined;
	output: Output;
}

/** How rows are shown: as records, or as totals. */
export type NameFormat = Omit<RowFormat, 'output'> & { output: Output | TotalsOutput };

/** Fetches the names that rows show. */
export interface NameLookup {
	get(rows: Row[], format: NameFormat): Promise<LookupTables>;
}

/**
 * Returns the lines at the paths: the first list that is not empty, else an empty list. If GoFive returned nothing there,
 * not even null, the lines that were sent count.
 */
function findLines({ record, sent = {} }: Row, paths: string[]): unknown[] | undefined {
	const values = paths.map((path) => getValueAtPath(record, path));
	const lists = values.filter(Array.isArray) as unknown[][];
	const isMissing = values.every((value) => value === undefined);
	if (isMissing) return paths.map((path) => getValueAtPath(sent, path)).find(Array.isArray);
	return lists.find((lines) => lines.length > 0) ?? lists[0];
}

/**
 * Returns the value of a column. Where GoFive's record has none, it is the sent value. Null stays null, so that a change
 * that GoFive did not store does not look stored. Only a value that identifies the record is never null.
 */
function readValue({ record, sent }: Row, key: string, entity: ColumnSet, idField: string | undefined): unknown {
	const column = entity.columns[key] as Column;
	const value = readRawValue(record, key, column);
	if (!sent || (value !== undefined && value !== null)) return value;
	const isKey = key === idField || entity.keyColumns?.includes(key);
	return value === undefined || isKey ? readRawValue(sent, key, column) : value;
}

const findName = (value: unknown, valueNames: OptionList): string | undefined =>
	valueNames.find((option) => toText(option.value) === toText(value))?.name;

/** Returns the name that the record itself has in a column that Add Names adds. Undefined if it has none. */
function readOwnName(record: IDataObject, key: string, column: Column): unknown {
	const name = column.isAddedName ? readRawValue(record, key, column) : undefined;
	return isBlank(name) ? undefined : name;
}

/** Returns the name for an ID. An added name that is not known is the ID, so that reports can group by it. */
function getName(row: Row, key: string, entity: ColumnSet, context: ColumnContext): unknown {
	const column = entity.columns[key] as Column;
	const ownName = readOwnName(row.record, key, column);
	if (ownName !== undefined) return ownName;
	const id = readValue(row, column.lookup?.idColumn ?? key, entity, context.idField);
	const name = context.lookupTables[key]?.get(toText(id));
	if (column.isAddedName && isBlank(name)) return id ?? null;
	return name ?? null;
}

/** Returns the IDs of rows whose names a column shows, without rows that have a name of their own. */
export function collectLookupIds(
	rows: Row[],
	key: string,
	entity: ColumnSet,
	idField: string | undefined,
): Set<string> {
	const column = entity.columns[key] as Column;
	const ids = new Set<string>();
	for (const row of rows) {
		if (readOwnName(row.record, key, column) !== undefined) continue;
		const id = toIdText(readValue(row, column.lookup?.idColumn ?? key, entity, idField));
		if (id !== '') ids.add(id);
	}
	return ids;
}

/** Joins a list of texts. An empty list is null, like a missing one. A list with any other value is returned unchanged. */
function joinTexts(list: unknown[], separator: string): unknown {
	if (list.length === 0) return null;
	const texts = list.map(toText);
	return texts.includes('') ? list : texts.join(separator);
}

function getColumnValue(row: Row, key: string, entity: ColumnSet, context: ColumnContext): unknown {
	const { lookup, type, countPaths, valueNames, separator, compute } = entity.columns[key] as Column;
	if (compute) return compute((otherKey) => readValue(row, otherKey, entity, context.idField), context);
	if (countPaths) return findLines(row, countPaths)?.length ?? null;
	if (lookup) return getName(row, key, entity, context);
	const value = readValue(row, key, entity, context.idField) ?? null;
	if (separator !== undefined && Array.isArray(value)) return joinTexts(value, separator);
	if (valueNames) return findName(value, valueNames) ?? value;
	return type === 'date' && typeof value === 'string' ? toIsoDate(value, context.timeZone) : value;
}

/** Creates the function that returns the value of one column of a row. */
export const createColumnReader =
	(entity: ColumnSet, context: ColumnContext) =>
	(row: Row, key: string): unknown =>
		getColumnValue(row, key, entity, context);

/**
 * Creates the function that maps a row to its columns.
 * @param keys - Keys of the columns in the order of the output. Defaults to all columns.
 */
export function createSimplifier(entity: ColumnSet, context: ColumnContext, keys = Object.keys(entity.columns)) {
	// Values are assigned to a copy, since Object.fromEntries for each of 100,000 records takes four times as long.
	// The copy has all keys, so that a name that a user enters, for example `__proto__`, is an ordinary key.
	const emptyColumns: IDataObject = Object.fromEntries(keys.map((key) => [key, null]));
	const emptyRecord = { ...context.inputFields, ...emptyColumns };
	return (row: Row): IDataObject => {
		const simplified = { ...emptyRecord };
		for (const key of keys) simplified[key] = getColumnValue(row, key, entity, context) as IDataObject;
		return simplified;
	};
}

/**
 * Creates the function that returns one item per line of a record, each with the repeated columns of the record.
 * It returns one item if the record has no lines.
 */
export function createLineSimplifier(entity: Entity, context: ColumnContext) {
	const { lines } = entity;
	const simplifyParent = createSimplifier(entity, context, lines?.parentColumns);
	if (!lines) return (row: Row): IDataObject[] => [simplifyParent(row)];
	const simplifyLine = createSimplifier(lines, { ...context, inputFields: undefined });
	return (row: Row): IDataObject[] => {
		const parent = simplifyParent(row);
		const found = (findLines(row, lines.paths) ?? []).filter(isObject) as IDataObject[];
		const shown = found.length > 0 ? found : [{}];
		// The columns of a line are not completed, because it is not known which sent line it is.
		return shown.map((record) => ({ ...parent, ...simplifyLine({ record }) }));
	};
}

/**
 * Selects the keys of the record's columns to return, in the order of the entity. The key of the record is always
 * returned, and a name that Add Names adds follows its code.
 */
export function selectColumns(entity: Entity, output: Output | TotalsOutput): string[] {
	const { columns, keyColumns = [], lines } = entity;
	const all = Object.keys(columns);
	if (output.mode === 'totals') return listTotalsColumns(output, entity);
	if (output.mode === 'rows') return lines?.parentColumns ?? [];
	if (output.mode !== 'selected') return all.filter((key) => !columns[key]?.selectedOnly);
	if (output.fields.length === 0) return all;
	const selectedKeys = [...output.fields, ...keyColumns];
	return all.filter((key) => {
		const { isAddedName, lookup } = columns[key] as Column;
		return selectedKeys.includes(isAddedName ? (lookup?.idColumn ?? key) : key);
	});
}

/** Returns the keys of the columns that show a group, with the name that Add Names adds after each code. */
export function listGroupColumns({ group }: TotalsOutput, { columns }: Entity): string[] {
	const shownKeys = group?.shownColumns ?? (group ? [group.column] : []);
	const isNameOf = (code: string) => (key: string) =>
		columns[key]?.isAddedName === true && columns[key]?.lookup?.idColumn === code;
	return shownKeys.flatMap((key) => [key, ...Object.keys(columns).filter(isNameOf(key))]);
}

/** Names of the columns of the last and the next record. */
export interface LatestNames {
	/** Names by the key of the column. */
	columns: Record<string, string>;
	days: string;
	next: string;
}

/** Returns the names of the columns of the last and the next record, for example lastEventDate. */
export function getLatestNames({ columns, recordName }: NonNullable<TotalsGroup['latest']>): LatestNames {
	const name = capitalize(recordName);
	return {
		columns: Object.fromEntries(columns.map((key) => [key, `last${capitalize(key)}`])),
		days: `daysSinceLast${name}`,
		next: `next${name}Date`,
	};
}

/** Whether the items contain the last and the next record. A range with a first day may omit the last one. */
export const showsLatest = ({ group, range }: TotalsOutput, now: number): boolean =>
	group?.latest !== undefined && range?.from === undefined && range?.contains(now) !== false;

/** Returns the keys of the columns whose names totals show. */
const listTotalsColumns = (output: TotalsOutput, entity: Entity): string[] => [
	...listGroupColumns(output, entity),
	...(output.range?.from === undefined ? (output.group?.latest?.columns ?? []) : []),
];
