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
