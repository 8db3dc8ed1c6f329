import type { Column, Entity, Output } from '../types';

/**
 * Selects the keys of the record's columns to return, in the order of the entity. The key of the record is always
 * returned, and a name that Add Names adds follows its code.
 */
export function selectColumns({ columns, keyColumns = [], lines }: Entity, output: Output): string[] {
	const all = Object.keys(columns);
	if (output.mode === 'lines') return lines?.parentColumns ?? [];
	if (output.mode !== 'selected') return all.filter((key) => !columns[key]?.selectedOnly);
	if (output.fields.length === 0) return all;
	const selectedKeys = [...output.fields, ...keyColumns];
	return all.filter((key) => {
		const { isAddedName, lookup } = columns[key] as Column;
		return selectedKeys.includes(isAddedName ? (lookup?.idColumn ?? key) : key);
	});
}
