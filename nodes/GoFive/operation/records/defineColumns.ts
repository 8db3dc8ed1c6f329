import { roundAmount, toNumber } from '../../shared/numbers';
import { countDaysSince, formatUnit, getStartOfUnit, parseCalendarDate } from '../../time/calendar';
import { toWallTime } from '../../time/zone';
import type { Column, Columns, Entity, NameSource, OptionList } from '../entity';

/** Marks columns that only Selected Fields offers. A simplified record has at most ten. */
export const selectedOnly = (columns: Columns): Columns =>
	Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, { ...column, selectedOnly: true }]));

/**
 * Creates the two columns of a code with known meanings: its name, and the code itself, which only Selected Fields
 * offers.
 * @param key - Key of the code. The key of the name ends in `Name`, without the end `Id` of the code.
 * @param displayName - Name of the thing, for example "Status".
 * @param column - Settings of both columns.
 * @example
 * ```ts
 * codeColumns('statusId', 'Status', STATUSES) // statusName: "Status Name", statusId: "Status ID"
 * ```
 */
export function codeColumns(
	key: string,
	displayName: string,
	valueNames: OptionList,
	column: Partial<Column> = {},
): Columns {
	return {
		[`${key.replace(/Id$/, '')}Name`]: { displayName: `${displayName} Name`, paths: [key], ...column, valueNames },
		...selectedOnly({
			[key]: { displayName: `${displayName} ID`, type: 'integer', ...column },
		}),
	};
}

/** Returns the key of the name that belongs to a code. */
const toNameKey = (key: string): string => `${key.replace(/(?:Code|Id)$/, '')}Name`;

/** Creates the column of the name that belongs to a code. */
const createNameColumn = (key: string, { displayName, selectedOnly }: Column, source: NameSource): Column => ({
	displayName: `${displayName.replace(/ (?:Code|ID)$/, '')} Name`,
	lookup: { source, idColumn: key },
	isAddedName: true,
	selectedOnly,
});

/** Returns the keys of a line's record columns, with the key of the name after each code that declares names. */
const addNameKeys = (keys: string[], columns: Columns): string[] =>
	keys.flatMap((key) => (columns[key]?.names ? [key, toNameKey(key)] : [key]));

/** Whether the entity has a code whose name the option Add Names adds. */
export const hasNames = (entity: Entity | undefined): boolean =>
	Object.values(entity?.columns ?? {}).some(({ names }) => names !== undefined);

/**
 * Adds the names of employees and customers to an entity: a column after each code that declares a source of names. A
 * column with the same key that the entity already has is the record's own name and stays unchanged.
 * @example `staffCode` "Staff Code" is followed by `staffName` "Staff Name".
 */
export function withNames(entity: Entity): Entity {
	const { columns, lines } = entity;
	const columnsWithNames: Columns = {};
	for (const [key, column] of Object.entries(columns)) {
		columnsWithNames[key] = column;
		const nameKey = toNameKey(key);
		if (column.names && !columns[nameKey]) columnsWithNames[nameKey] = createNameColumn(key, column, column.names);
	}
	const parentColumns = addNameKeys(lines?.parentColumns ?? [], columns);
	return { ...entity, columns: columnsWithNames, lines: lines && { ...lines, parentColumns } };
}

/** Selects the columns whose changes can be watched: no look-ups, and for a number of rows the rows themselves. */
export function getWatchableColumns({ columns, keyColumns = [] }: Entity): Columns {
	const watchableColumns = Object.entries(columns).filter(([key, { lookup }]) => !lookup && !keyColumns.includes(key));
	return Object.fromEntries(
		watchableColumns.map(([key, { displayName, countPaths, paths = countPaths }]) => [
			key,
			{ displayName: displayName.replace('Number of ', ''), paths },
		]),
	);
}

/**
 * Adds columns that only Selected Fields offers, for the lists and Get of an entity. Operations that write and the trigger
 * use the entity without them.
 */
export const addSelectedColumns = (entity: Entity, columns: Columns): Entity => ({
	...entity,
	columns: { ...entity.columns, ...selectedOnly(columns) },
});

/**
 * Creates the column of the calendar days since a date: 0 is today, and a later date is negative. Null without a date.
 * @param key - Key of the column with the date.
 * @param dateName - Display name of this column.
 */
export const daysSince = (key: string, dateName: string): Column => ({
	displayName: `Days Since ${dateName}`,
	type: 'integer',
	compute(read, { now, timeZone }) {
		const instantMs = parseCalendarDate(read(key), timeZone);
		return instantMs === undefined ? null : countDaysSince(instantMs, now, timeZone);
	},
});

/**
 * Creates the column of the calendar month of a date, as Totals show it: 2026-12. Null without a date.
 * @param key - Key of the column with the date.
 */
export const monthOf = (key: string, displayName: string): Column => ({
	displayName,
	compute(read, { timeZone }) {
		const instantMs = parseCalendarDate(read(key), timeZone);
		if (instantMs === undefined) return null;
		return formatUnit(getStartOfUnit(toWallTime(instantMs, timeZone), 'month'), 'month');
	},
});

/** Creates the column of an amount multiplied by a percentage. Null if one of the two is missing. */
export const percentageOf = (amountKey: string, percentKey: string, displayName: string): Column => ({
	displayName,
	type: 'number',
	compute(read) {
		const [amount, percent] = [toNumber(read(amountKey)), toNumber(read(percentKey))];
		return amount === undefined || percent === undefined ? null : roundAmount((amount * percent) / 100);
	},
});
