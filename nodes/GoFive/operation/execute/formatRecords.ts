import type { IDataObject } from 'n8n-workflow';
import type { Entity, Output, OperationValues } from '../types';
import { getSortInstant, simplifyLines, simplifyRecord, type ColumnContext } from './columns';

const SIMPLIFIED_OUTPUT: Output = { mode: 'simplified' };

/** The form in which records go out. */
export const getOutput = ({ output = SIMPLIFIED_OUTPUT }: { output?: Output }): Output => output;

/** The columns that go out, in their order. */
function selectColumns({ columns }: Entity, output: Output): string[] {
	const all = Object.keys(columns);
	if (output.mode !== 'selected') return all.filter((column) => !columns[column]?.isSelectedOnly);
	return output.fields.length === 0 ? all : all.filter((column) => output.fields.includes(column));
}

/** The columns of the output that need a look-up. */
export function requiredLookups(entity: Entity, output: Output): string[] {
	return output.mode === 'raw' ? [] : selectColumns(entity, output).filter((column) => entity.columns[column]?.lookup);
}

/** Sorts records; those without a date come last. */
export function sortRecords(
	records: IDataObject[],
	entity: Entity | undefined,
	{ options }: Pick<OperationValues, 'options'>,
): IDataObject[] {
	const { sort, timeZone } = options;
	if (sort === 'asReturned' || !entity?.sortColumn) return records;
	const sign = sort === 'oldestFirst' ? 1 : -1;
	return records
		.map((record) => ({ record, instant: getSortInstant(record, entity, timeZone) }))
		.sort((a, b) =>
			a.instant === undefined || b.instant === undefined
				? Number(a.instant === undefined) - Number(b.instant === undefined)
				: sign * (a.instant - b.instant),
		)
		.map(({ record }) => record);
}

/** Gives records the chosen form: each becomes an item, or one for each of its lines. */
export function createFormatter(
	entity: Entity | undefined,
	output: Output,
	context: ColumnContext,
): (record: IDataObject) => IDataObject[] {
	if (output.mode === 'raw') return (record) => [cloneRecord(record)];
	if (entity && output.mode === 'lines') return (record) => simplifyLines(record, entity, context).map(cloneRecord);
	if (entity) {
		const keys = selectColumns(entity, output);
		return (record) => [cloneRecord(simplifyRecord(record, entity.columns, context, keys))];
	}
	// The columns are not known before, so a chosen one that is missing is null, as in all other operations.
	const { fields = [] } = output as { fields?: string[] };
	if (fields.length === 0) return (record) => [cloneRecord(record)];
	return (record) => [cloneRecord(Object.fromEntries(fields.map((field) => [field, record[field] ?? null])))];
}

/** A copy that no other item shares: equal requests are sent once, and a node behind this one may change its items. */
function cloneRecord(record: IDataObject): IDataObject {
	const nestedEntries = Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);
	if (nestedEntries.length === 0) return { ...record };
	return { ...record, ...structuredClone(Object.fromEntries(nestedEntries)) };
}

/** The item that stands for "nothing found": the simplified columns, empty, and what names the record. */
export function createEmptyRecord(entity: Entity | undefined, output: Output, idValues: IDataObject): IDataObject {
	if (!entity) return { ...idValues };
	const usedOutput = output.mode === 'raw' ? SIMPLIFIED_OUTPUT : output;
	const [emptyColumns = {}] = createFormatter(entity, usedOutput, { timeZone: 'UTC', lookups: {} })({});
	return { ...emptyColumns, ...idValues };
}
