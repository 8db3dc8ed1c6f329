import type { IDataObject } from 'n8n-workflow';
import { isObject, plain } from '../../api/answer/envelope';
import { goFiveInstant, isoDate } from '../../time/goFiveDate';
import { isBlank } from '../text';
import type { Column, Columns, Entity, Names } from '../types';

/** What the columns of a record need beside it. */
export interface Beside {
	/** Zone of the GoFive account. */
	timeZone: string;
	names: Names;
	/** What completes the record: what was written, and what names the record that was asked for. */
	sent?: IDataObject;
}

function at(record: IDataObject, path: string): unknown {
	return path.split('.').reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), record);
}

function valueOf(record: IDataObject, key: string, { from }: Column): unknown {
	// Most columns stand under their own key, and there may be a hundred thousand records.
	if (!from) return record[key];
	return from.map((path) => at(record, path)).find((value) => value !== undefined);
}

/** The first list that is there. */
function listIn(record: IDataObject, paths: string[]): unknown[] | undefined {
	return paths.map((path) => at(record, path)).find(Array.isArray) as unknown[] | undefined;
}

/** What was given as text for a whole number. */
function typed(value: unknown, type: Column['type']): unknown {
	return type === 'integer' && typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function shown(record: IDataObject, key: string, columns: Columns, beside: Beside): unknown {
	const column = columns[key] as Column;
	const { lookup, type, always, counts, names } = column;
	if (counts) return listIn(record, counts)?.length ?? null;
	if (lookup) return beside.names[key]?.get(plain(shown(record, lookup.by, columns, beside))) ?? null;
	const own = valueOf(record, key, column);
	const isLeftOut = own === undefined || (own === null && always);
	const value = (isLeftOut && beside.sent ? typed(valueOf(beside.sent, key, column), type) : own) ?? null;
	if (names) return names.find((one) => plain(one.value) === plain(value))?.name ?? value;
	return type === 'date' && typeof value === 'string' ? isoDate(value, beside.timeZone) : value;
}

/** Columns of a record; what GoFive left out is what completes it, else null. @param keys which columns, all unless given */
export function simplify(
	record: IDataObject,
	columns: Columns,
	beside: Beside,
	keys = Object.keys(columns),
): IDataObject {
	const simplified: Record<string, unknown> = {};
	for (const key of keys) simplified[key] = shown(record, key, columns, beside);
	return simplified as IDataObject;
}

/** The lines of a record, each with the columns that name the record; a record without lines gives one item all the same. */
export function simplifiedLines(record: IDataObject, { columns, lines }: Entity, beside: Beside): IDataObject[] {
	const names = simplify(record, columns, beside, lines?.beside);
	const { from = [] } = lines ?? {};
	const rows = (listIn(record, from) ?? listIn(beside.sent ?? {}, from) ?? []).filter(isObject) as IDataObject[];
	return (rows.length > 0 ? rows : [{}]).map((row) => ({
		...names,
		...simplify(row, lines?.columns ?? {}, { ...beside, sent: undefined }),
	}));
}

/** The instant to sort a record by, in milliseconds; undefined where it has none. */
export function instantOf(record: IDataObject, { columns, sortBy }: Entity, timeZone: string): number | undefined {
	const column = sortBy === undefined ? undefined : columns[sortBy];
	return column && goFiveInstant(valueOf(record, sortBy as string, column), timeZone);
}

/** What a record is known by: its key, or all of it where it has none. */
export function identityOf(record: IDataObject, { columns, key = [] }: Pick<Entity, 'columns' | 'key'>): string {
	const values = key.map((name) => valueOf(record, name, columns[name] as Column));
	return JSON.stringify(values.length === 0 || values.some(isBlank) ? record : values);
}
