import type { IDataObject } from 'n8n-workflow';
import { isObject, plain } from '../../api/answer/envelope';
import { goFiveInstant, isoDate } from '../../time/goFiveDate';
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

function valueOf(record: IDataObject, key: string, { from = [key] }: Column): unknown {
	return from.map((path) => at(record, path)).find((value) => value !== undefined);
}

function shown(record: IDataObject, key: string, columns: Columns, beside: Beside): unknown {
	const column = columns[key] as Column;
	const { lookup, type, always } = column;
	if (lookup) return beside.names[key]?.get(plain(shown(record, lookup.by, columns, beside))) ?? null;
	const own = valueOf(record, key, column);
	const isLeftOut = own === undefined || (own === null && always);
	const value = (isLeftOut && beside.sent ? valueOf(beside.sent, key, column) : own) ?? null;
	return type === 'date' && typeof value === 'string' ? isoDate(value, beside.timeZone) : value;
}

/** The columns of a record; what GoFive left out is what completes it, else null. */
export function simplify(record: IDataObject, columns: Columns, beside: Beside): IDataObject {
	return Object.fromEntries(
		Object.keys(columns).map((key) => [key, shown(record, key, columns, beside)]),
	) as IDataObject;
}

/** The lines of a record, each with the columns that name the record; a record without lines gives one item all the same. */
export function simplifiedLines(record: IDataObject, { columns, lines }: Entity, beside: Beside): IDataObject[] {
	const whole = simplify(record, columns, beside);
	const names = Object.fromEntries((lines?.beside ?? []).map((name) => [name, whole[name]])) as IDataObject;
	const found = lines?.from.map((path) => at(record, path)).find(Array.isArray) as unknown[] | undefined;
	const rows = (found ?? []).filter(isObject) as IDataObject[];
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
	return JSON.stringify(values.length === 0 || values.includes(undefined) ? record : values);
}
