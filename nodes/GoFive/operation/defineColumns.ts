import { compareByName } from '../shared/text';
import type { Column, Columns, Entity, OptionList } from './types';

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
	const thing = key.replace(/Id$/, '');
	return {
		[`${thing}Name`]: { displayName: `${displayName} Name`, paths: [key], ...column, valueNames },
		...selectedOnly({
			[key]: { displayName: thing === key ? displayName : `${displayName} ID`, type: 'integer', ...column },
		}),
	};
}

/** Selects the columns whose changes can be watched: no look-ups, and for a number of rows the rows themselves. */
export function getWatchableColumns({ columns, keyColumns = [] }: Entity): Columns {
	const watchableColumns = Object.entries(columns).filter(([key, { lookup }]) => !lookup && !keyColumns.includes(key));
	return Object.fromEntries(
		watchableColumns.map(([key, { displayName, countPaths, paths = countPaths, selectedOnly }]) => [
			key,
			{ displayName: displayName.replace('Number of ', ''), paths, selectedOnly },
		]),
	);
}

/** Builds the options of a list of columns, sorted by name. */
export const toColumnOptions = (columns: Columns): Array<{ name: string; value: string }> =>
	Object.entries(columns)
		.map(([value, { displayName }]) => ({ name: displayName, value }))
		.sort(compareByName);
